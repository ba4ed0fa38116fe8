import type { Command } from '../command.js';
import type { ExplainAsked, ExplainFacts, ExplainTarget } from './facts.js';

export const command: Command<ExplainAsked, ExplainTarget, ExplainFacts> = {
  kind: 'diagnosis',
  name: 'explain',
  summary: 'explain Cloudflare errors, cache statuses, Railgun values and log lines, offline',
  description: [
    'Says what a code or text means, whose side it usually is, its causes, what to check with which command, what to send ' +
      'to Cloudflare support, and where the published pages disagree and which of them is newer. It needs no network.',
    'TEXT can be a code (522, 1016, error 520), an HTTP status line, CF-Cache-Status, Cf-Railgun and CF-RAY values or ' +
      'headers, a line of the log of rg-listener or nginx, a line of an access log with a status from 500 on, a message of ' +
      'curl or of a browser. With -i it reads a saved error page of Cloudflare (HTML, JSON or Markdown), the output of curl -i, or lines ' +
      'of a log. Without TEXT and without -i it reads standard input.',
    'A listed code wins over other readings; whatever else the text could be by its shape is named.',
  ],
  arguments: [
    {
      value: { name: 'TEXT', kind: 'text' },
      required: false,
      repeats: true,
      says: 'a code, a header, a line of a log or a message; several words that make one are taken together',
    },
  ],
  options: [
    {
      long: 'input',
      short: 'i',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'explain what is in a file, plain or gzip; - is standard input; each file is a report of its own',
      more: 'Only its beginning is looked at: 64 KiB of text and a thousand lines.',
    },
    {
      long: 'report',
      value: { name: 'SAVED', kind: 'file' },
      repeats: true,
      says: 'judge what another command has measured, and --json or -f ndjson saved, by the rules of today',
      more: 'Offline, on any machine. Every report in it gives one, with the exit code that its command would have; - is standard input.',
    },
  ],
  takesTargets: true,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag explain 522', says: 'What error 522 means, and what to do.' },
    { command: 'rg-diag explain error 1016', says: 'A code that stands in the body of a page with status 530.' },
    {
      command: 'curl -si -H "Accept: application/json" https://www.example.com | rg-diag explain',
      says: 'The error that a site shows just now.',
    },
    {
      command: 'rg-diag explain "memcached: connection failed"',
      says: 'A line of the log of rg-listener.',
    },
    { command: 'rg-diag explain "CF-Cache-Status: STALE"', says: 'A header.' },
    { command: 'rg-diag explain -v 520', says: 'With the source of every statement.' },
    { command: 'rg-diag explain --report saved.json', says: 'What somebody else has measured, judged here.' },
  ],
  exitStatus: [
    { code: '0', says: 'explained, whatever it means; with --report, what the saved facts are judged to be' },
    { code: '3', says: 'not recognised, a code that no source lists, or a file that cannot be read' },
  ],
  notes: [
    {
      title: 'Sources',
      paragraphs: [
        'What is said comes from published pages of Cloudflare, from its source code, and from those of the programs whose ' +
          'messages are recognised. --verbose shows the source of every statement. Timers and limits are those of 2026, with ' +
          'those of 2023 beside them.',
        'In the formats for programs, the remedy of the findings explain/conditions, explain/causes, explain/checks, ' +
          'explain/support and explain/conflicts is a list with one entry a line, and cites names the sources.',
        'What it says of curl and nginx presumes that they talked to the origin itself, past Cloudflare.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: (target) =>
    target.kind === 'text' ? target.text.slice(0, 200) : target.path === '-' ? 'standard input' : target.path,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
