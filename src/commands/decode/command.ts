import type { Command, Given } from '../command.js';
import type { DecodeAsked, DecodeFacts, DecodeTarget, Form } from './facts.js';

const forms: readonly Form[] = ['compressed', 'stream', 'normal', 'direct', 'origin', 'flags', 'ray'];

export const command: Command<DecodeAsked, DecodeTarget, DecodeFacts> = {
  kind: 'diagnosis',
  name: 'decode',
  summary: 'decode Cf-Railgun and CF-RAY values, one by one or out of logs of any size',
  description: [
    'Decodes the value of a Cf-Railgun header into compression ratio, origin time, flags and version of the listener, ' +
      'and says whether compression worked, why not, and what to check next. Every form of the header is understood, ' +
      'with or without its name, quotes and extra blanks; so are a bare flags word such as 0031 or 0x31, and CF-RAY values.',
    'With -i it finds every Cf-Railgun value in a log, whatever the format of the log is (access log, JSON lines, ' +
      'output of curl -i, one value a line; plain or gzip), and sums them up. Without a value and without -i it reads ' +
      'standard input.',
    'A value that can be decoded exits 0, whatever its form, except that an internal error at Cloudflare and a ' +
      'persistent direct in a log are warnings. --expect makes any other form a failure.',
  ],
  arguments: [
    {
      value: { name: 'VALUE', kind: 'text' },
      required: false,
      repeats: true,
      says: 'a header value, flags word or ray id',
    },
  ],
  options: [
    {
      long: 'input',
      short: 'i',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'read a log of any size, plain or gzip; - is standard input; each file is a report of its own',
    },
    {
      long: 'expect',
      value: { name: 'FORM', kind: 'choice', choices: forms },
      says: `fail unless every value has this form: ${forms.join(', ')}`,
    },
    {
      long: 'each',
      says: 'stream every decoded value as a record of its own (formats ndjson, the default then, and csv)',
      more: 'The columns of csv are the keys of a record. Values that are not there are empty in csv and absent in ndjson.',
    },
  ],
  formats: ['csv'],
  takesTargets: true,
  concurrency: 'read a log with N threads (default and most: the number of cores)',
  sharing: 'threads',
  examples: [
    {
      command: 'rg-diag decode "151df128a1 2.05 0.009465 0031 5360"',
      says: 'What one header says.',
    },
    {
      command: 'curl -sI https://www.example.com | rg-diag decode -i - --expect compressed -f nagios',
      says: 'A health check: critical unless the answer came compressed through Railgun.',
    },
    {
      command: 'rg-diag decode -i access.log -i access.log.1.gz',
      says: 'What two logs hold, the second one compressed.',
    },
    {
      command: 'rg-diag decode --each -f csv -i access.log -o values.csv',
      says: 'Every value as a row of a table.',
    },
  ],
  notes: [
    {
      title: 'Reading logs',
      paragraphs: [
        'A value is found by its own shape, by the name of the header, or, where neither is there, in the column in which ' +
          'the first value of the file stood. What stands there and is not a value counts as malformed; an empty column ' +
          'or - does not. Bare flags words are not looked for in logs.',
        'Percentiles are nearest rank. The memory that is used does not grow with the log.',
        'There is no deadline unless --timeout sets one: a log on standard input may be one that is still written, and ' +
          'a scheduled run waits for a writer that hangs.',
      ],
    },
  ],
  ask,
  label: (target) => (target.kind === 'value' ? target.value : target.path === '-' ? 'standard input' : target.path),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
  defaultFormat: (asked) => (asked.each ? 'ndjson' : 'text'),
};

function ask({ args, options, targets, format, stdinIsTerminal }: Given): ReturnType<typeof command.ask> {
  const values = [...args.filter((value) => value !== '-'), ...targets];
  const inputs = [
    ...((options['input'] as readonly string[] | undefined) ?? []),
    ...args.filter((value) => value === '-'),
  ];
  if (values.length === 0 && inputs.length === 0 && options['targets'] === undefined) {
    if (stdinIsTerminal()) {
      return {
        problem: 'nothing to decode: no VALUE given',
        hint: 'Give a header value in quotes, or a log with -i FILE; -i - reads what you type.',
      };
    }
    inputs.push('-');
  }
  const readers = [...inputs, options['targets']].filter((path) => path === '-');
  if (readers.length > 1) return { problem: 'standard input can be read only once' };
  const [id = '', second = '', third] = args;
  if (third !== undefined && /^[0-9a-f]{10}$/i.test(id) && /^(\d+\.\d+|stream|normal|origin)$/i.test(second)) {
    return {
      problem: 'the value was split at its blanks',
      hint: `Put it in quotes: rg-diag decode "${args.join(' ')}"`,
    };
  }
  const each = options['each'] === true || format === 'csv';
  if (each && format !== undefined && format !== 'ndjson' && format !== 'csv') {
    return { problem: `--each cannot be written as ${format}`, hint: 'Use --format ndjson or --format csv.' };
  }
  const expect = options['expect'] as Form | undefined;
  return {
    asked: { ...(expect !== undefined && { expect }), ...(each && { each }) },
    targets: [
      ...values.map((value): DecodeTarget => ({ kind: 'value', value })),
      ...inputs.map((path): DecodeTarget => ({ kind: 'log', path })),
    ],
  };
}
