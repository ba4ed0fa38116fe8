import type { Command } from '../command.js';
import type { HarSanitizeAsked, HarSanitizeFacts, HarSanitizeTarget } from './facts.js';

export const command: Command<HarSanitizeAsked, HarSanitizeTarget, HarSanitizeFacts> = {
  kind: 'diagnosis',
  name: 'har sanitize',
  summary: 'mask the secrets of an HTTP archive, and prove that none is left before it is handed over',
  description: [
    'Reads an HTTP archive (HAR) as a browser saves it, masks what is secret in it, and writes it to standard output, or to the ' +
      'file that --output names. Cookies are masked whatever their names; headers, parameters of addresses, post data and ' +
      'values in bodies (JSON, forms, multipart, HTML, XML) by their names; of JSON Web Tokens the signature. Scripts are left out as a whole.',
    'The archive is parsed, and so is what is in it: what is written is a valid HAR again, and nothing but what was masked is different.',
    'Then it is read again, and every value that was masked is looked for: as it was, escaped, URL-encoded, in base64, in hexadecimal and ' +
      'in UTF-16. Where one is left, nothing is handed over: the places are named, and the exit code is 2.',
  ],
  arguments: [
    {
      value: { name: 'FILE', kind: 'file' },
      required: false,
      repeats: false,
      says: 'an HTTP archive, plain or gzip; - (and no FILE) is standard input',
    },
  ],
  options: [
    {
      long: 'jwt',
      value: { name: 'PART', kind: 'choice', choices: ['signature', 'whole'] },
      says: 'what of a JSON Web Token is masked: its signature or the whole (default signature)',
      more: 'Without its signature a token opens nothing, and what it says helps to find out what went wrong. It can also say who somebody is: then mask the whole.',
    },
  ],
  formats: ['har'],
  takesTargets: false,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag har sanitize www.example.com.har -o sanitized.har', says: 'What may be sent to support.' },
    { command: 'rg-diag har sanitize www.example.com.har -f text', says: 'What would be masked, and where.' },
    {
      command: 'rg-diag har sanitize - --jwt whole < a.har > b.har',
      says: 'From a pipe, with nothing left of tokens.',
    },
  ],
  notes: [
    {
      title: 'Output',
      paragraphs: [
        'The format is har unless --format names another. Then it is the report that is written, to standard output or to the ' +
          'file that --output names, and the archive is not handed over. With the format har the report goes to standard error, in short.',
        'A file is replaced as a whole, and only after nothing secret was found in what it is to hold.',
      ],
    },
    {
      title: 'Limits',
      paragraphs: [
        'Masked values of less than six bytes, and such as are ordinary words, are not looked for elsewhere: they are ' +
          'found in everything. The report says how many. What is secret and goes by no name that says so (a page with a bank ' +
          'statement) is not recognised: look at what you send. Sizes are left as they were measured.',
        'An archive may have 250 MB; a longer one is refused. It takes several times as much memory.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  usualTimeout: () => undefined,
  label: ({ path }) => (path === '-' ? 'standard input' : path),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
  defaultFormat: () => 'har',
};
