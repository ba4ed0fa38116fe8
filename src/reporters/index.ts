import type { CreateReporter, View } from './reporter.js';

interface FormatRow {
  readonly format: string;
  readonly says: string;
  /** Whether every command has it; the others are named by the commands that do. */
  readonly everywhere: boolean;
  /** Whether it has a place for reports, or for streamed records only. */
  readonly saysReports: boolean;
  /** It is for something else altogether: what a report says goes to standard error, also where all is well. */
  readonly isForContent?: true;
  /** Whether it has a place for the text of a ticket. */
  readonly hasTicket: boolean;
  load(view: Pick<View, 'colour'>): Promise<CreateReporter>;
}

/** Every output format: name → what it is for, lazy loader. */
export const formats: readonly FormatRow[] = [
  {
    format: 'text',
    says: 'for a person',
    everywhere: true,
    saysReports: true,
    hasTicket: true,
    load: async (view) => (await import('./text.js')).loadText(view),
  },
  {
    format: 'json',
    says: 'one document',
    everywhere: true,
    saysReports: true,
    hasTicket: true,
    load: async () => (await import('./json.js')).createJson,
  },
  {
    format: 'ndjson',
    says: 'one object a line, as each target finishes',
    everywhere: true,
    saysReports: true,
    hasTicket: true,
    load: async () => (await import('./ndjson.js')).createNdjson,
  },
  {
    format: 'nagios',
    says: 'a Monitoring Plugins status line with perfdata',
    everywhere: true,
    saysReports: true,
    hasTicket: true,
    load: async () => (await import('./nagios.js')).createNagios,
  },
  {
    format: 'prometheus',
    says: 'text exposition format 0.0.4',
    everywhere: true,
    saysReports: true,
    hasTicket: false,
    load: async () => (await import('./prometheus.js')).createPrometheus,
  },
  {
    format: 'html',
    says: 'one self-contained page',
    everywhere: true,
    saysReports: true,
    hasTicket: true,
    load: async () => (await import('./html.js')).createHtml,
  },
  {
    format: 'csv',
    says: 'one row for each record',
    everywhere: false,
    saysReports: false,
    hasTicket: false,
    load: async () => (await import('./csv.js')).createCsv,
  },
  {
    format: 'sarif',
    says: 'SARIF 2.1.0, findings beside the lines that they are about',
    everywhere: false,
    saysReports: true,
    hasTicket: false,
    load: async () => (await import('./sarif.js')).createSarif,
  },
  {
    format: 'har',
    says: 'the HTTP archive itself, sanitised; what there is to say goes to standard error',
    everywhere: false,
    saysReports: false,
    isForContent: true,
    hasTicket: false,
    load: async () => (await import('./har.js')).createHar,
  },
];
