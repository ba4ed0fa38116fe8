import type { Command } from '../command.js';
import type { LogsAsked, LogsFacts, LogsTarget } from './facts.js';

export const command: Command<LogsAsked, LogsTarget, LogsFacts> = {
  kind: 'diagnosis',
  name: 'logs',
  summary: 'read the logs of rg-listener: what went wrong, how often, for which hosts, and what to do about it',
  description: [
    'Finds every line of rg-listener in syslogs (with and without a year, RFC 5424, rsyslog ISO), in the JSON of ' +
      'journalctl and in bare lines, plain or gzip, of any size, or asks journalctl itself (--journal); groups them by cause, and ' +
      'says how often and when each was seen, for which hosts, which error visitors get from it, what to do about it, and which rg-diag command tests it now.',
    'All files are one log: they are read in the order of their times, whatever the order they are given in. Lines of ' +
      'other programs are counted and left alone; lines of rg-listener that are not known are counted, and a few are shown.',
    'What rg-listener logs with log.level = 5 gives the way of each request: which ones went no further, and in which ' +
      'step, and which took longest.',
    'One error that visitors saw is a warning; --warning and --critical allow more or fewer. With --since or --until a ' +
      'log is well in which only other programs wrote in that time: with log.level = 0 rg-listener logs errors only. Where ' +
      'nothing at all was written in it, the result is unknown. Without FILE and --journal it reads standard input.',
  ],
  arguments: [
    {
      value: { name: 'FILE', kind: 'file' },
      required: false,
      repeats: true,
      says: 'a log, plain or gzip; - is standard input',
    },
  ],
  options: [
    {
      long: 'journal',
      says: 'read what journalctl has of rg-listener, besides any FILE',
      more: 'It is asked for the entries of railgun and rg-listener only, and for the time of --since and --until; where there is none, for the last entry of any program, so that a silent rg-listener can be told from a journal in which nothing was written. Whoever may not read all of the journal is told so.',
    },
    {
      long: 'journal-dir',
      value: { name: 'DIR', kind: 'file' },
      says: 'the same of the journal in DIR, say a copy from another machine',
    },
    {
      long: 'since',
      value: { name: 'TIME', kind: 'text' },
      says: 'leave out what is older: 15m, 2h, 3d, yesterday, or a date and time',
      more: 'Spelled as an RFC 3339 time (2026-11-20T12:00:00Z); as a date with or without a time (2026-11-20, "2026-11-20 12:00"), local where no zone is given; as a time of today (12:00); as so long ago (90s, 15m, 2h, 3d, 1w); or as now, today or yesterday, the beginning of the day. A line without a time is as old as the one before it.',
    },
    {
      long: 'until',
      value: { name: 'TIME', kind: 'text' },
      says: 'leave out what is later; TIME as with --since',
    },
    {
      long: 'follow',
      short: 'F',
      says: 'go on reading what is added, as tail -F does',
      more: 'Files that are renamed and made anew, cut to nothing, or not there yet are followed by name. The first report is about what is there; after that comes one for each interval in which rg-listener logged something or one of its requests was silent for too long. It ends at --timeout or on Ctrl-C.',
    },
    {
      long: 'interval',
      value: { name: 'SECONDS', kind: 'number', min: 0.1 },
      says: 'with --follow: report every SECONDS (default 10)',
    },
    {
      long: 'lan-timeout',
      value: { name: 'SECONDS', kind: 'number', min: 1 },
      says: 'lan.timeout of this rg-listener (default 30)',
      more: 'With log.level = 5: a request of which nothing more is logged for so long has hung, and origins are slow that take nearly as long.',
    },
    {
      long: 'warning',
      short: 'w',
      value: { name: 'COUNT', kind: 'number', integer: true },
      says: 'warn if visitors saw more errors than COUNT (default 0)',
    },
    {
      long: 'critical',
      short: 'c',
      value: { name: 'COUNT', kind: 'number', integer: true },
      says: 'fail if visitors saw more errors than COUNT',
    },
  ],
  takesTargets: false,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag logs /var/log/syslog', says: 'What rg-listener logged.' },
    { command: 'rg-diag logs /var/log/syslog* --since yesterday', says: 'The same with the rotated files.' },
    { command: 'rg-diag logs --journal --since 2h', says: 'From the journal of systemd.' },
    {
      command: 'ssh www.example.com journalctl -t railgun -t rg-listener -o json | rg-diag logs -',
      says: 'From the journal of another machine.',
    },
    { command: 'rg-diag logs --follow /var/log/syslog', says: 'As it happens, until Ctrl-C.' },
    {
      command: 'rg-diag logs /var/log/syslog --since 5m -w 0 -c 100 -f nagios',
      says: 'A health check: a warning for any error of the last five minutes, critical beyond a hundred.',
    },
  ],
  notes: [
    {
      title: 'Times',
      paragraphs: [
        'Times without a zone are local: set TZ to the zone of the machine that wrote the log. Reports give UTC. A syslog ' +
          'without years is taken to be as old as the file (or as --now says), and a great step back is New Year.',
        'A syslog has whole seconds: so has the way of a request.',
      ],
    },
    {
      title: 'Limits',
      paragraphs: [
        'The memory that is used does not grow with the log. Of each cause the most frequent hosts and addresses are kept, ' +
          'of the requests that went no further and of the slowest ones a few each; all are counted.',
        'There is no deadline unless --timeout sets one.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  usualTimeout: () => undefined,
  label: ({ paths, journal }) => {
    const names = [...(journal === undefined ? [] : [journal.name]), ...paths.map(nameOf)];
    return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
  },
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}
