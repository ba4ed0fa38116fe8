import type { Command } from '../command.js';
import type { MemcachedAsked, MemcachedFacts, MemcachedTarget } from './facts.js';

export const command: Command<MemcachedAsked, MemcachedTarget, MemcachedFacts> = {
  kind: 'diagnosis',
  name: 'memcached',
  summary: 'look at memcached servers: reachable, fast, large enough and fit for Railgun',
  description: [
    'Asks memcached servers for their version, statistics and settings, and says how well they serve: round trip, hit ratio, ' +
      'memory, evictions, connections; and whether they are fit for Railgun, which keeps the pages that it compares in ' +
      'memcached: enough memory, items large enough for its pages, answers within its timeout.',
    'Only commands that read are sent, and none that locks the server. A peer that is silent, that is full, that wants a ' +
      'password or that is not a memcached at all is named as that, and fails.',
    'Every address of a name is looked at. 64 MB of memory or less and evictions warn.',
  ],
  arguments: [
    {
      value: { name: 'SERVER', kind: 'text' },
      required: false,
      repeats: true,
      says: 'host, host:port (default 11211), [address]:port, unix:/path or /path',
    },
  ],
  options: [
    {
      long: 'tls',
      says: 'speak TLS with the server, and verify its certificate',
    },
    {
      long: 'auth-file',
      value: { name: 'FILE', kind: 'file' },
      says: 'send the user and password in FILE to a server that asks for them; - is standard input',
      more: "The file has memcached's own form, user:password; its first line is used. Nothing is sent to a server that does not ask for it, or over TLS that did not verify. Sent in the clear to another machine it is a warning.",
    },
    {
      long: 'warning',
      short: 'w',
      value: { name: 'SECONDS', kind: 'number' },
      says: 'warn if the round trip takes longer',
    },
    {
      long: 'critical',
      short: 'c',
      value: { name: 'SECONDS', kind: 'number' },
      says: 'fail if the round trip takes longer',
    },
    {
      long: 'watch',
      value: { name: 'SECONDS', kind: 'number', min: 0.1 },
      says: 'look again every SECONDS, and say what happened per second in between',
      more: 'Each look is a report of its own. There is no deadline then unless --timeout sets one: Ctrl-C ends it.',
    },
    {
      long: 'count',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: 'with --watch: look N times, instead of until it is stopped',
    },
    {
      long: 'read-timeout',
      value: { name: 'SECONDS', kind: 'number', min: 0.001 },
      says: 'give up an answer that is not whole after SECONDS (default 5)',
    },
    {
      long: 'limit',
      value: { name: 'BYTES', kind: 'number', min: 1, integer: true },
      says: "memcached.limit in railgun.conf (default 1000000, as in the package's file)",
      more: 'The documentation gives 100,000 as the default of rg-listener itself.',
    },
    {
      long: 'stream-size',
      value: { name: 'BYTES', kind: 'number', min: 1, integer: true },
      says: 'stream.size in railgun.conf (default 250000)',
    },
    {
      long: 'memcached-timeout',
      value: { name: 'MS', kind: 'number', min: 1 },
      says: 'memcached.timeout in railgun.conf, in milliseconds (default 100)',
    },
  ],
  takesTargets: true,
  network: true,
  trust: true,
  concurrency: 'look at N servers at once (default 16)',
  defaultTimeout: 30,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag memcached 127.0.0.1:11211', says: "Railgun's memcached on this machine." },
    { command: 'rg-diag memcached /tmp/memcached.sock', says: 'The same on a unix socket.' },
    { command: 'rg-diag memcached cache.example.com --watch 5', says: 'What happens per second, until Ctrl-C.' },
    {
      command: 'rg-diag memcached 192.0.2.7 --tls --ca-file ca.pem --auth-file /etc/memcached.auth',
      says: 'Over TLS, with a password.',
    },
    {
      command: 'rg-diag memcached --targets servers.txt -w 0.01 -c 0.1 -f nagios',
      says: 'A health check of many servers.',
    },
  ],
  notes: [
    {
      title: 'Numbers',
      paragraphs: [
        'The round trip is that of one version command; with many servers at once it includes the wait for this machine. Numbers in stats and settings are numbers, unless they are larger than 2^53, ' +
          'which JSON would round: those are strings. At most 1 MB of each answer is read.',
        "Metrics are named as in Prometheus' memcached_exporter, after rg_diag_.",
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  usualTimeout: ({ options }) => (options['watch'] === undefined ? 30 : undefined),
  label: (target) => target.text,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
