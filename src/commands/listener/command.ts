import type { Command } from '../command.js';
import type { ListenerAsked, ListenerFacts, ListenerTarget } from './facts.js';

export const command: Command<ListenerAsked, ListenerTarget, ListenerFacts> = {
  kind: 'diagnosis',
  name: 'listener',
  summary: 'look at rg-listener: process, WAN port, certificate, statistics and crashes, alone or behind a balancer',
  description: [
    'Says whether rg-listener is there and well, and what its numbers mean. Of the listener of a railgun.conf: the process, ' +
      'the pid file, who listens on the WAN port, what answers there, the certificate that it shows, its statistics and its ' +
      'panic log. Of a HOST somewhere: what answers on its WAN port, its certificate, and with --stats its statistics. Each ' +
      'of these is looked at, whatever became of the others.',
    'Without a FILE and a HOST it is the listener of /etc/railgun/railgun.conf.',
    'Several listeners are taken for those behind one load balancer, which all have the same activation token: one that does ' +
      'not answer, shows a certificate for another name or gets no requests while others do is a warning for all of them.',
    'The certificate is described, and nothing is said about trust: the authority that signs it is not published. Nothing is ' +
      'sent to the WAN port beyond a TLS handshake.',
  ],
  arguments: [
    {
      value: { name: 'HOST', kind: 'text' },
      required: false,
      repeats: true,
      says: 'host, host:port (default 2408) or [address]:port of a listener',
    },
  ],
  options: [
    {
      long: 'config',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'look at the listener of this railgun.conf, on this machine (default /etc/railgun/railgun.conf)',
    },
    {
      long: 'stats',
      value: { name: 'ADDR:PORT', kind: 'text' },
      repeats: true,
      says: 'where the statistics of the listener are (stats.listen); :PORT is on the listener itself',
      more: 'With several listeners, :PORT alone is for all of them; otherwise there is one for each, those of --config first.',
    },
    {
      long: 'pid-file',
      value: { name: 'FILE', kind: 'file' },
      says: 'the pid file, instead of pid.file in railgun.conf',
    },
    {
      long: 'panic-log',
      value: { name: 'FILE', kind: 'file' },
      says: 'the panic log, instead of stderr.file in railgun.conf',
    },
    {
      long: 'watch',
      value: { name: 'SECONDS', kind: 'number', min: 0.1 },
      says: 'look again every SECONDS, and say what happened per second in between',
      more: 'Each look is a report of its own: the first is whole, the text of a later one holds what moved since. rg-listener makes its numbers anew every stats.interval minutes: looks in between say so. There is no deadline then unless --timeout sets one: Ctrl-C ends it.',
    },
    {
      long: 'count',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: 'with --watch: look N times, instead of until it is stopped',
    },
    {
      long: 'read-timeout',
      value: { name: 'SECONDS', kind: 'number', min: 0.001 },
      says: 'give up a handshake or an answer that is not whole after SECONDS (default 5)',
    },
  ],
  takesTargets: true,
  network: true,
  concurrency: 'look at N listeners at once (default 16)',
  defaultTimeout: 30,
  sharing: 'attempts',
  examples: [
    { command: 'rg-diag listener', says: 'The listener of this machine.' },
    { command: 'rg-diag listener --watch 60 --count 5', says: 'What its numbers do within five minutes.' },
    {
      command: 'rg-diag listener 192.0.2.11 192.0.2.12 192.0.2.13 --stats :24088',
      says: 'The listeners behind a load balancer.',
    },
    { command: 'rg-diag listener -f prometheus', says: 'Every statistic for a textfile collector.' },
  ],
  files: [{ path: '/etc/railgun/railgun.conf', says: 'Looked at where no FILE and no HOST is given.' }],
  notes: [
    {
      title: 'Numbers',
      paragraphs: [
        'What the statistics are called is documented, what they mean mostly is not: what rg-diag makes of their names is ' +
          'marked as inferred. Numbers beyond 2^53, which JSON would round, are strings. At most 64 KB of an answer are read, ' +
          'and at most the last 1 MB of the panic log.',
        'Thresholds that no document has are those of rg-diag: a certificate that ends within 7 days, statistics that are ' +
          'older than three times stats.interval and a minute, more than 10 new WAN connections a minute, memory that grows ' +
          'by more than 1 % a minute, 3 requests in an interval of which none is finished or such a request in two intervals ' +
          'in a row, a crash within the last 24 hours. The stats.interval of a HOST is not known: old statistics are a note.',
      ],
    },
    {
      title: 'Permissions',
      paragraphs: [
        'railgun.conf and the panic log are often readable for root and the user railgun only, and whose socket it is that ' +
          'listens can be seen for processes of the same user only; where /proc is mounted with hidepid, so can processes: run ' +
          'it with sudo to see all of that.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  usualTimeout: ({ options }) => (options['watch'] === undefined ? 30 : undefined),
  label: ({ places }) => places.map(({ text }) => text).join(', '),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
