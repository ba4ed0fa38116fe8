import { getopt } from '../../model/getopt.js';

export interface Asked {
  readonly host: string;
  /** A number or the name of a service. */
  readonly port: string;
  readonly family?: 4 | 6;
}

/** Nothing is to be done. */
export interface Refusal {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly exitCode: 1 | 64;
}

/** Those of inetutils' telnet, so that what is wrong with a command line is said as telnet says it. */
const letters = '468b:acdEe:Kl:Ln:rxk:X:V?';

/** Reads the command line of telnet, with telnet's own complaints. */
export function readArguments(argv: readonly string[]): Asked | Refusal {
  const short = argv.map((word) => ({ '--ipv4': '-4', '--ipv6': '-6' })[word] ?? word);
  const { options, operands, problem } = getopt(short, letters);
  let family: 4 | 6 | undefined;
  for (const { letter } of options) {
    if (letter !== '4' && letter !== '6') {
      return refuse(`rg-diag telnet has no option -${letter}: use the telnet of the system`, 64);
    }
    family = letter === '4' ? 4 : 6;
  }
  if (problem !== undefined) {
    return refuse(`${problem}\nTry 'telnet --help' or 'telnet --usage' for more information.`, 64);
  }
  const [host, port = 'telnet', ...more] = operands;
  if (more.length > 0) return refuse('too many arguments', 1);
  if (host === undefined) return refuse('rg-diag telnet needs a host: rg-diag telnet HOST [PORT]', 64);
  // A dash before the port makes telnet begin to negotiate, which is left out.
  const text = port.replace(/^-/, '');
  if (host === '' || port === '') {
    const usage = 'usage: telnet [-4] [-6] [-l user] [-b addr] [-a] host-name [port]\n';
    return { stream: 'stdout', text: usage, exitCode: 1 };
  }
  const wrong = problemOf(text);
  if (wrong !== undefined) return { stream: 'stdout', text: `${wrong}\n`, exitCode: 1 };
  return { host, port: text, ...(family && { family }) };
}

function problemOf(port: string): string | undefined {
  if (!/^\d/.test(port)) return undefined;
  // A number that does not fit into 64 bits is not looked at further.
  if (!/^\d+$/.test(port) && Number.parseInt(port, 10) <= 2 ** 63) return `Invalid port name '${port}'.`;
  return Number(port) >= 1 && Number(port) <= 65_535 ? undefined : `Port number ${port} is out of range.`;
}

function refuse(sentence: string, exitCode: 1 | 64): Refusal {
  return { stream: 'stderr', text: `telnet: ${sentence}\n`, exitCode };
}
