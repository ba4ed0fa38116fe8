import type { InteractiveCommand } from '../command.js';

/** `rg-diag nc`: what OpenBSD's nc does as a client, byte for byte. */
export const command: InteractiveCommand = {
  kind: 'interactive',
  name: 'nc',
  summary: "connect like OpenBSD's nc: the same options, output and exit codes",
  description: [
    'Stands in for the client of OpenBSD netcat (nc 1.219, as Debian has it) where that is not installed: it connects, ' +
      'sends standard input, and writes what comes back to standard output. Options, messages, the stream that they are ' +
      'printed on, and exit codes are those of nc, so that scripts and habits keep working. For what is open, closed ' +
      'or filtered, and why, use rg-diag probe.',
    'PORT is a number, a range (20-25, upwards whichever way it is written), or the name of a service. Several are tried ' +
      'one after the other. Every address of a name is tried until one takes the connection. Options may be bundled ' +
      '(-vzw2) and may follow operands; -- ends them.',
    'When the input has ended, nc waits for the peer to close the connection; when the peer has closed it, nc waits for the ' +
      'input to end, or for something that it cannot send. There is no timeout unless -w is given.',
    'Not covered: listening (-l, -k), proxies (-x, -X, -P), local addresses and ports (-s, -p), datagrams over unix sockets ' +
      '(-u with -U), and the options that set up sockets (-b, -D, -F, -I, -i, -M, -m, -O, -S, -T, -t, -V, -W, -Z). Each is ' +
      'refused with one sentence.',
  ],
  arguments: [
    {
      value: { name: 'DESTINATION', kind: 'text' },
      required: true,
      repeats: false,
      says: 'a host name, an IPv4 or IPv6 address, or with -U the path of a unix socket (@NAME: one without a file)',
    },
    {
      value: { name: 'PORT', kind: 'text' },
      required: false,
      repeats: true,
      says: 'a port, a range of ports, or a service; not with -U',
    },
  ],
  options: [
    { short: '4', says: 'use IPv4 only' },
    { short: '6', says: 'use IPv6 only' },
    { short: 'C', says: 'send CR LF at the end of each line' },
    { short: 'd', says: 'do not read standard input' },
    { short: 'h', says: "print nc's own help" },
    { short: 'N', says: 'shut down the sending side when the input has ended, so that the peer knows' },
    { short: 'n', says: 'look up no names, neither of hosts nor of services' },
    {
      short: 'q',
      value: { name: 'SECONDS', kind: 'number' },
      says: 'as -N, and when it is over stay for SECONDS more',
      more: 'With -u it is over as soon as the input has ended. A negative number is as good as none.',
    },
    { short: 'r', says: 'take the ports in random order' },
    { short: 'U', says: 'connect to a unix socket' },
    { short: 'u', says: 'use UDP' },
    {
      short: 'v',
      says: 'say whether it connected',
      more: 'With -u this sends datagrams with the letter X, as nc does, to see whether the port is refused: two at once, then one a second for the seconds of -w, or for three.',
    },
    {
      short: 'w',
      value: { name: 'SECONDS', kind: 'number', integer: true },
      says: 'give up connecting after SECONDS, and end a connection on which nothing happened for SECONDS',
    },
    { short: 'z', says: 'connect, and close the connection at once' },
  ],
  takesTargets: false,
  examples: [
    { command: 'rg-diag nc -vz www.example.com 443', says: 'Can this machine open a connection to that port?' },
    { command: 'rg-diag nc -vzw2 192.0.2.1 2408', says: 'The same, with two seconds to do it.' },
    {
      command: "printf 'stats\\r\\nquit\\r\\n' | rg-diag nc 127.0.0.1 11211",
      says: 'The statistics of memcached.',
    },
    { command: 'rg-diag nc -zU /run/memcached/memcached.sock', says: 'Does anybody listen on a unix socket?' },
  ],
  exitStatus: [
    { code: '0', says: 'It connected, to any port if there were several; -h.' },
    { code: '1', says: 'It connected to none, or did not understand its command line.' },
  ],
  files: [{ path: '/etc/services', says: 'The names of services.' }],
  interact: () => import('./interact.js'),
};
