import type { Command } from '../command.js';
import type { DoctorAsked, DoctorFacts, DoctorTarget } from './facts.js';

export const command: Command<DoctorAsked, DoctorTarget, DoctorFacts> = {
  kind: 'diagnosis',
  name: 'doctor',
  summary: 'check everything that applies, and say what is most likely wrong, what follows from it, and what to do',
  description: [
    'Finds the configuration of rg-listener where the package puts it, derives every check that applies, and runs them side by ' +
      'side under one deadline: the two files, each memcached server, rg-listener itself, its recent log, and of each host that ' +
      'the map names the origin (as Cloudflare’s edge and as rg-listener would meet it), its certificate and /cdn-cgi/trace.',
    'Then it ranks what was found: the cause first, what follows from it beneath, the lines of the log that bear it out, what to ' +
      'do, and the one command that checks it again.',
    'Without Railgun on the machine it tells whether an origin is all right behind Cloudflare: rg-diag doctor www.example.com --ip 203.0.113.7.',
    'Every check is another command of rg-diag, run as it would be from a shell: --dry-run prints the lines and contacts nobody.',
  ],
  arguments: [
    {
      value: { name: 'HOST', kind: 'text' },
      required: false,
      repeats: true,
      says: 'a host, or a URL, that visitors ask for; beside those that the map names',
    },
  ],
  options: [
    {
      long: 'config',
      value: { name: 'FILE', kind: 'file' },
      says: 'the railgun.conf of this machine (default /etc/railgun/railgun.conf, where it is there)',
    },
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
    {
      long: 'log',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'a log of rg-listener (default /var/log/syslog or /var/log/messages, where they are there, else the journal)',
    },
    {
      long: 'since',
      value: { name: 'TIME', kind: 'text' },
      says: 'leave out what was logged before TIME: 15m, 2h, 3d, or a time (default 24h)',
    },
    {
      long: 'skip',
      value: {
        name: 'CHECK',
        kind: 'choice',
        choices: ['configuration', 'memcached', 'listener', 'logs', 'origin', 'certificate', 'trace', 'machine'],
      },
      repeats: true,
      says: 'leave out a kind of check',
    },
    {
      long: 'dry-run',
      says: 'say which checks there are, as lines to type, and run none',
      more: 'Nothing was checked then, so the exit status is 3.',
    },
  ],
  takesTargets: false,
  network: true,
  trust: true,
  concurrency: 'run N checks at once (default 8)',
  atOnce: 8,
  defaultTimeout: 'the edge’s timers added up',
  usualConnectTimeout: 'as long as the edge waits',
  usualTimeout: async ({ options }) => (await import('./ask.js')).timeoutFor(options),
  sharing: 'attempts',
  examples: [
    { command: 'rg-diag doctor', says: 'On the machine of rg-listener: what is most likely wrong.' },
    {
      command: 'rg-diag doctor www.example.com --ip 203.0.113.7',
      says: 'Whether an origin is all right behind Cloudflare, without Railgun.',
    },
    { command: 'rg-diag doctor --dry-run', says: 'What would be checked, line by line.' },
    {
      command: 'rg-diag doctor --read-timeout 10 --connect-timeout 5 -t 40 -f nagios',
      says: 'All of it as one health check.',
    },
  ],
  files: [
    { path: '/etc/railgun/railgun.conf', says: 'Looked for where no FILE is given.' },
    { path: '/var/log/syslog, /var/log/messages', says: 'Read for lines of rg-listener, where they are there.' },
    { path: '/var/log/journal, /run/log/journal', says: 'Read through journalctl where there is no such log.' },
    { path: '/etc/hosts, /etc/resolv.conf', says: 'Read for what they say of the hosts that are checked.' },
  ],
  notes: [
    {
      title: 'What is contacted',
      paragraphs: [
        'The hosts that were named and those of the map, at most 50 of them together; their origins, where --ip, --connect-to, the ' +
          'map or DNS say they are; the memcached servers and rg-listener of the configuration; and Cloudflare, for /cdn-cgi/trace ' +
          'and where the name of a host leads there. Lines of the map for default or a wildcard name no host: name one that they are for.',
        '--ip and --connect-to are about the hosts that were named, -4 and -6 about everything that is looked up by its name or asked as an ' +
          'origin. Where insecure.origin is 1, the origins in the map are asked without TLS, unless --mode is given.',
      ],
    },
    {
      title: 'The machine itself',
      paragraphs: [
        'Without asking anybody: lines of /etc/hosts for a host that is checked, the name servers in /etc/resolv.conf, and routes other than ' +
          'the default one that lead into the ranges of Cloudflare (/proc/net/route, /proc/net/ipv6_route). --skip machine leaves it out.',
        'railgun.conf and the logs of the system are often readable for root only: run it with sudo to have them checked.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: ({ hosts }) => (hosts.length === 0 ? 'this machine' : hosts.join(', ')),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
  anew: () => import('./anew.js'),
};
