import type { Command } from '../command.js';
import type { BundleAsked, BundleFacts, BundleTarget } from './facts.js';

const parts = [
  'configuration',
  'memcached-conf',
  'log',
  'panic-log',
  'origin-log',
  'checks',
  'route',
  'dns',
  'versions',
  'har',
];

export const command: Command<BundleAsked, BundleTarget, BundleFacts> = {
  kind: 'diagnosis',
  name: 'bundle',
  summary: 'make the folder that Cloudflare support asks for: complete, in the types it takes, with no secret in it',
  description: [
    'Gathers what support asks for into a new folder: REPORT.html and TICKET.txt to begin with, the two files of rg-listener and ' +
      'memcached.conf, extracts of logs, what every check of rg-diag doctor found, the route, DNS answers, versions, HTTP archives ' +
      'that were given, and manifest.json, which says of every file how it was made, or why it is missing.',
    'Secrets are masked: by their names, by their shapes, and every one that is known by its value too. After writing, everything is read again ' +
      'and searched for each of them: as it is, escaped or URL-encoded as a whole or in part, in base64, in hexadecimal and in UTF-16, ' +
      'and broken into lines or cut off. Where one is left, nothing is handed over, the place is named, and the exit code is 2. Addresses and names stay, because support needs them, unless --anonymise is given.',
    'A part that fails, hangs or may not be read is missing in the folder, and the manifest says why: what is there is worth sending.',
    'Nothing is sent anywhere.',
  ],
  arguments: [
    {
      value: { name: 'HOST', kind: 'text' },
      required: false,
      repeats: true,
      says: 'a host, or a URL, that the case is about; beside those that the map names',
    },
  ],
  options: [
    {
      long: 'config',
      value: { name: 'FILE', kind: 'file' },
      says: 'the railgun.conf of this machine (default /etc/railgun/railgun.conf, where it is there)',
    },
    {
      long: 'for',
      value: { name: 'CODE', kind: 'number', min: 500, integer: true },
      says: 'gather what support asks for in cases of this error, say 522, and say what only a person can add',
    },
    {
      long: 'dir',
      value: { name: 'DIR', kind: 'text' },
      says: 'the folder to make (default rg-diag-bundle- and the time, in the current one); it must not be there yet',
    },
    { long: 'dry-run', says: 'say what would be gathered, from where and how large, and write nothing' },
    { long: 'archive', says: 'make a .tar.gz beside the folder too; support takes none of HTTP archives' },
    {
      long: 'anonymise',
      says: 'put labels in the place of addresses and names, the same in all files',
      more: 'Which label stands for what is written beside the folder, not into it, for its owner only (mode 0600). Mail addresses get labels too, and files whose names have a name in them other names. Loopback addresses, and those of Cloudflare, stay.',
    },
    {
      long: 'skip',
      value: { name: 'PART', kind: 'choice', choices: parts },
      repeats: true,
      says: 'leave out a kind of part',
    },
    {
      long: 'only',
      value: { name: 'PART', kind: 'choice', choices: parts },
      repeats: true,
      says: 'leave out all other kinds of parts',
    },
    {
      long: 'log',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'a log of rg-listener (default /var/log/syslog or /var/log/messages, with those that were rotated)',
    },
    {
      long: 'origin-log',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'a log of the web server',
    },
    {
      long: 'since',
      value: { name: 'TIME', kind: 'text' },
      says: 'leave out what was logged before TIME: 15m, 2h, 3d, or a time (default 24h)',
    },
    {
      long: 'log-size',
      value: { name: 'BYTES', kind: 'number', min: 1, integer: true },
      says: 'take at most the last BYTES of each log (default 5000000)',
    },
    {
      long: 'har',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'an HTTP archive of a browser, which is sanitised',
    },
    { long: 'zone', value: { name: 'NAME', kind: 'text' }, says: 'the zone, for the ticket: its name or ID' },
    {
      long: 'ray',
      value: { name: 'RAY', kind: 'text' },
      repeats: true,
      says: 'a CF-RAY of a request that failed, for the ticket',
    },
    { long: 'what', value: { name: 'TEXT', kind: 'text' }, says: 'what happened, in a sentence, for the ticket' },
    {
      long: 'ip',
      value: { name: 'ADDR', kind: 'text' },
      repeats: true,
      says: 'the address of the origin of every HOST, instead of what the map or the name says',
    },
    {
      long: 'mode',
      value: { name: 'MODE', kind: 'choice', choices: ['off', 'flexible', 'full', 'strict', 'origin-pull'] },
      says: 'the SSL/TLS mode of the zone: off, flexible, full, strict or origin-pull (default strict)',
    },
    {
      long: 'edge-profile',
      value: { name: 'YEAR', kind: 'choice', choices: ['2023', '2026'] },
      says: 'the edge’s timers and limits as published in 2023 or 2026 (default 2026)',
    },
    {
      long: 'read-timeout',
      value: { name: 'SECONDS', kind: 'number', min: 0.001 },
      says: 'wait SECONDS for an answer instead of as long as the edge does',
    },
  ],
  takesTargets: false,
  network: true,
  trust: true,
  defaultTimeout: 300,
  usualConnectTimeout: 'as long as the edge waits',
  sharing: 'targets',
  examples: [
    { command: 'rg-diag bundle', says: 'On the machine of rg-listener: all that support asks for.' },
    {
      command: 'rg-diag bundle www.example.com --ip 203.0.113.7 --for 522',
      says: 'For a case about error 522, without Railgun.',
    },
    { command: 'rg-diag bundle --dry-run', says: 'What would be gathered, and how large it is.' },
    {
      command: 'rg-diag bundle --har on.har --har paused.har --for 520 --zone example.com --ray 8a1b2c3d4e5f6071-AMS',
      says: 'With the two HTTP archives that cases about error 520 need.',
    },
  ],
  files: [
    { path: '/etc/railgun/railgun.conf', says: 'Looked for where no FILE is given.' },
    { path: '/etc/memcached.conf, /etc/sysconfig/memcached', says: 'Taken where they are there.' },
    { path: '/var/log/syslog, /var/log/messages', says: 'Read for lines of rg-listener, where they are there.' },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  // What the user typed may have a password in it.
  label: ({ places }) => (places.length === 0 ? 'this machine' : places.map(({ shown }) => shown).join(', ')),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
  act: (asked) => (asked.dryRun === true ? undefined : import('./act.js')),
};
