import type { InteractiveCommand } from '../command.js';

/** `rg-diag telnet`: does it connect, and what does it say to what I type. */
export const command: InteractiveCommand = {
  kind: 'interactive',
  name: 'telnet',
  summary: 'connect like telnet: says what it tries, then carries lines there and back',
  description: [
    'Stands in for telnet where that is not installed, for what people use it for: to see whether a port can be connected ' +
      'to, and to type at what listens there. It prints what the telnet of Debian (GNU inetutils) prints, on the same ' +
      'stream, with the same exit codes. Every address of a name is tried until one takes the connection.',
    'Lines are sent when Enter was pressed, with CR LF at their end. Options that the peer wants to negotiate are all ' +
      'refused, and its commands are taken out of what it says.',
    'It ends when the input ends (Ctrl-D), when the peer closes the connection, or with Ctrl-C. Ctrl-] and Enter bring a ' +
      'prompt for commands: quit ends it, ? lists the others, an empty line goes on.',
    'Not covered: logging in (-a, -l), the prompt that telnet without a host shows, terminal types, and all else that ' +
      'needs negotiation. There is no timeout; rg-diag nc -vz -w SECONDS has one.',
  ],
  arguments: [
    {
      value: { name: 'HOST', kind: 'text' },
      required: true,
      repeats: false,
      says: 'a host name, or an IPv4 or IPv6 address',
    },
    {
      value: { name: 'PORT', kind: 'text' },
      required: false,
      repeats: false,
      says: 'a port or the name of a service (default telnet, which is 23)',
    },
  ],
  options: [
    { short: '4', says: 'use IPv4 only' },
    { short: '6', says: 'use IPv6 only' },
  ],
  takesTargets: false,
  examples: [
    { command: 'rg-diag telnet www.example.com 443', says: 'Can this machine open a connection to that port?' },
    { command: 'rg-diag telnet 127.0.0.1 11211', says: 'Type stats, or quit, at memcached.' },
  ],
  exitStatus: [
    { code: '0', says: 'It connected, however that ended.' },
    { code: '1', says: 'It did not connect.' },
    { code: '64', says: 'It did not understand its command line.' },
  ],
  files: [{ path: '/etc/services', says: 'The names of services.' }],
  interact: () => import('./interact.js'),
};
