import type { Command } from '../command.js';
import type { ProbeAsked, ProbeFacts, ProbeTarget } from './facts.js';

export const command: Command<ProbeAsked, ProbeTarget, ProbeFacts> = {
  kind: 'diagnosis',
  name: 'probe',
  summary: 'tell open, closed, filtered and unreachable ports apart, over TCP, UDP, TLS and unix sockets',
  description: [
    'Connects to ports of a host, at every address that its name has, and says of each whether it is open, closed ' +
      '(refused), filtered (no answer in time) or unreachable (the system says that there is no way), as the error code ' +
      'of the system tells it. A unix socket is given as unix:/path.',
    'Ports are numbers, ranges such as 8000-8100, lists with commas, and names of /etc/services, behind the host with a ' +
      'colon or after it. All of them must be open for exit code 0, unless --any says that one is enough.',
    'Nothing is sent or read unless --send, --expect, --banner or --tls asks for it.',
  ],
  arguments: [
    {
      value: { name: 'HOST[:PORT]', kind: 'text' },
      required: false,
      repeats: false,
      says: 'a name, an IPv4 address, [IPv6], or unix:/path',
    },
    {
      value: { name: 'PORTS', kind: 'text' },
      required: false,
      repeats: true,
      says: 'numbers, ranges (8000-8100), lists (80,443), service names (https)',
    },
  ],
  options: [
    {
      long: 'udp',
      short: 'u',
      says: 'use UDP instead of TCP',
      more: 'A datagram is sent, empty unless --send fills it. An answer makes the port open, an ICMP port unreachable makes it closed. Silence is reported as filtered: an open port whose service does not answer such a datagram looks the same.',
    },
    {
      long: 'tls',
      says: 'do a TLS handshake after connecting',
      more: 'A handshake that fails is a failure. A certificate that does not verify is a note only, and its names are not looked at: rg-diag cert does that. What --send, --expect and --banner do then goes through TLS.',
    },
    {
      long: 'send',
      value: { name: 'TEXT', kind: 'text' },
      says: 'send TEXT when connected, and read the answer; knows \\r \\n \\t \\0 \\xNN \\\\',
    },
    {
      long: 'expect',
      value: { name: 'TEXT', kind: 'text' },
      says: 'fail unless the answer holds TEXT (escapes as for --send)',
      more: 'It is looked for in the first 65536 bytes, and reading ends when it is found.',
    },
    {
      long: 'banner',
      says: 'read what an open port says, and show it',
      more: 'Reads what comes within 0.2 seconds of the first byte, and at most 4096 bytes. A port that says nothing is not a failure.',
    },
    {
      long: 'read-timeout',
      value: { name: 'SECONDS', kind: 'number', min: 0.001 },
      says: 'wait for a banner or an answer for SECONDS (default 3)',
    },
    { long: 'any', says: 'be content when one of the ports is open, as nc is' },
    {
      long: 'warning',
      short: 'w',
      value: { name: 'SECONDS', kind: 'number' },
      says: 'warn when connecting takes longer than SECONDS',
    },
    {
      long: 'critical',
      short: 'c',
      value: { name: 'SECONDS', kind: 'number' },
      says: 'fail when connecting takes longer than SECONDS',
    },
  ],
  takesTargets: true,
  network: true,
  trust: true,
  concurrency: 'make N attempts at once (default 1024)',
  atOnce: 1024,
  defaultTimeout: 30,
  sharing: 'attempts',
  examples: [
    { command: 'rg-diag probe www.example.com 80 443', says: 'Whether visitors could connect, at every address.' },
    { command: 'rg-diag probe 192.0.2.1 8000-8100 --connect-timeout 1', says: 'Which ports of a range are open.' },
    {
      command: 'rg-diag probe mail.example.com:smtp --expect "220 " -w 0.5 -c 2 -f nagios',
      says: 'A health check: the mail server greets, and soon.',
    },
    {
      command: String.raw`rg-diag probe cache.example.com 11211 --send 'version\r\n' --expect VERSION`,
      says: 'Whether memcached answers.',
    },
    { command: 'rg-diag probe unix:/run/php/php-fpm.sock', says: 'Whether something listens on a unix socket.' },
    { command: 'rg-diag probe --targets hosts.txt 443 --tls', says: 'A TLS handshake with every host of a list.' },
  ],
  notes: [
    {
      title: 'Targets',
      paragraphs: [
        'A line of --targets is HOST[:PORT] [PORTS...] or unix:/path. The ports of the command line are for the lines that ' +
          'have none of their own. With --targets the first argument is a host too, unless it is a number, a range or a list.',
      ],
    },
    {
      title: 'Time',
      paragraphs: [
        'An attempt to connect, and a TLS handshake, are given up after --connect-timeout, by default 5 seconds. UDP waits ' +
          'for an answer for --read-timeout, else --connect-timeout, else 3 seconds. --timeout ends the whole run: attempts ' +
          'that are under way then count as not answered, and those not begun are counted as untried.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: ({ label }) => label,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
