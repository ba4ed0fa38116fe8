import { getopt } from '../../model/getopt.js';
import { help, usage } from './usage.js';

/** What the command line asks for. */
export interface Asked {
  readonly destination: { readonly kind: 'unix'; readonly path: string } | HostAndPorts;
  readonly udp: boolean;
  readonly numeric: boolean;
  readonly verbose: boolean;
  /** `-z`: connect, and nothing more. */
  readonly scan: boolean;
  /** `-d`: standard input is not read. */
  readonly detached: boolean;
  /** `-C`: lines are sent with CR LF. */
  readonly crlf: boolean;
  /** `-N`: when the input ends, the peer is told. */
  readonly halfClose: boolean;
  readonly shuffled: boolean;
  /** `-w`, seconds. */
  readonly timeout?: number;
  /** `-q`, seconds; not there if it is negative. */
  readonly quit?: number;
}

interface HostAndPorts {
  readonly kind: 'host';
  readonly host: string;
  readonly ports: readonly string[];
  readonly family?: 4 | 6;
}

/** Nothing is to be done: `text` goes to standard error. */
export interface Refusal {
  readonly text: string;
  readonly exitCode: 0 | 1;
}

/** The letters of nc 1.219, so that what is wrong with a command line is said as nc says it. */
const letters = '46bCDdFhI:i:klM:m:NnO:P:p:q:rSs:T:tUuV:vW:w:X:x:Zz';

/** What nc does and `rg-diag nc` does not. */
const missing: Readonly<Record<string, string>> = {
  b: 'send to broadcast addresses',
  D: 'debug sockets',
  F: 'pass sockets on',
  I: 'set the size of buffers',
  i: 'pause between lines',
  k: 'listen',
  l: 'listen',
  M: 'set the TTL',
  m: 'check the TTL',
  O: 'set the size of buffers',
  P: 'connect through proxies',
  p: 'choose the local port',
  S: 'sign TCP segments',
  s: 'choose the local address',
  T: 'set the type of service',
  t: 'answer telnet negotiation (rg-diag telnet does)',
  V: 'choose a routing table',
  W: 'count what it receives',
  X: 'connect through proxies',
  x: 'connect through proxies',
  Z: 'speak DCCP',
};

/** Reads the command line of nc, with nc's own complaints. */
export function readArguments(argv: readonly string[]): Asked | Refusal {
  const { options, operands, problem } = getopt(argv, letters);
  const given = new Set<string>();
  let family: 4 | 6 | 'unix' | undefined;
  let timeout: number | undefined;
  let quit: number | undefined;
  for (const { letter, value = '' } of options) {
    const lack = missing[letter];
    if (lack !== undefined) return refuse(`rg-diag nc does not ${lack} (-${letter}): use the nc of the system`);
    if (letter === 'h') return { text: help, exitCode: 0 };
    if (letter === 'w') {
      const seconds = strtonum(value, 0, 2_147_483);
      if (typeof seconds === 'string') return refuse(`timeout ${seconds}: ${value}`);
      timeout = seconds;
    } else if (letter === 'q') {
      const seconds = strtonum(value, -2_147_483_648, 2_147_483_647);
      if (typeof seconds === 'string') return refuse(`quit timer ${seconds}: ${value}`);
      quit = seconds;
      if (seconds >= 0) given.add('N');
    } else if (letter === '4' || letter === '6') family = letter === '4' ? 4 : 6;
    else if (letter === 'U') family = 'unix';
    else given.add(letter);
  }
  if (problem !== undefined) return { text: `nc: ${problem}\n${usage}`, exitCode: 1 };
  const [host, ...ports] = operands;
  if (host === undefined) return { text: usage, exitCode: 1 };
  if (family === 'unix') {
    if (ports.length > 0) return refuse('cannot use port with -U');
    if (given.has('u'))
      return refuse('rg-diag nc does not speak datagrams over unix sockets (-uU): use the nc of the system');
  } else if (ports.length === 0) return refuse('missing port number');
  return {
    destination:
      family === 'unix'
        ? { kind: 'unix', path: host }
        : { kind: 'host', host, ports, ...(family === undefined ? {} : { family }) },
    udp: given.has('u'),
    numeric: given.has('n'),
    verbose: given.has('v'),
    scan: given.has('z'),
    detached: given.has('d'),
    crlf: given.has('C'),
    halfClose: given.has('N'),
    shuffled: given.has('r'),
    ...(timeout === undefined ? {} : { timeout }),
    ...(quit === undefined || quit < 0 ? {} : { quit }),
  };
}

function refuse(sentence: string): Refusal {
  return { text: `nc: ${sentence}\n`, exitCode: 1 };
}

/** strtonum(3): a whole number from `least` to `most`, or what is wrong with it. */
export function strtonum(text: string, least: number, most: number): number | 'invalid' | 'too small' | 'too large' {
  if (!/^[ \t-\r]*[+-]?\d+$/.test(text)) return 'invalid';
  const number = Number(text);
  if (number < least) return 'too small';
  return number > most ? 'too large' : number;
}
