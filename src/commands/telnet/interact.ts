import { type Connection, dial } from '../../io/dial.js';
import { type Address, getaddrinfo } from '../../io/getaddrinfo.js';
import { pipe } from '../../io/pipe.js';
import { portOfService } from '../../io/services.js';
import type { Streams } from '../command.js';
import { readArguments } from './arguments.js';
import { createReader } from './incoming.js';
import { createWriter } from './outgoing.js';

/** Does what telnet does with a host and a port, and returns its exit code. */
export async function interact(argv: readonly string[], streams: Streams): Promise<number> {
  // Whoever closed them does not want to know.
  for (const stream of [streams.stdout, streams.stderr]) stream.on('error', () => undefined);
  const asked = readArguments(argv);
  if ('text' in asked) {
    streams[asked.stream].write(asked.text);
    return asked.exitCode;
  }
  const { host, port, family } = asked;
  const number = /^\d/.test(port) ? Number(port) : portOfService(port, 'tcp');
  const fail = (reason: string) => {
    streams.stdout.write(`Server lookup failure:  ${host}:${port}, ${reason}\n`);
    return 1;
  };
  if (number === undefined) return fail('Servname not supported for ai_socktype');
  const addresses = await getaddrinfo(host, number, { numeric: false, ...(family && { family }) });
  if (!addresses.ok) return fail(addresses.failure.detail);

  const connection = await connectToOne(addresses.value, streams);
  if (connection === undefined) return 1;
  streams.stdout.write(`Connected to ${host}.\nEscape character is '^]'.\n`);
  if ((await converse(connection, host, streams)) === 'ended') {
    streams.stderr.write('Connection closed by foreign host.\n');
  }
  connection.destroy();
  return 0;
}

/** The first of the addresses that takes a connection. */
async function connectToOne(
  addresses: readonly Address[],
  { stdout, stderr }: Streams,
): Promise<Connection | undefined> {
  for (const [index, address] of addresses.entries()) {
    stdout.write(`Trying ${address.address}...\n`);
    const connected = await dial(address, undefined);
    if (connected.ok) return connected.value;
    const isLast = index === addresses.length - 1;
    const what = isLast ? 'telnet: Unable to connect to remote host' : 'Connection failed';
    stderr.write(`${what}: ${connected.failure.detail}\n`);
  }
  return undefined;
}

/** Carries what is typed and what is answered until either side ends it (`ended`) or the user quits. */
function converse(connection: Connection, host: string, { stdin, stdout }: Streams): Promise<'ended' | 'quit'> {
  return new Promise((resolve) => {
    const isTerminal = 'isTTY' in stdin && stdin.isTTY === true;
    const typist = {
      prompt: () => stdout.write(isTerminal ? 'telnet> ' : '\ntelnet> '),
      command: (line: string) => {
        // What is typed at a terminal is already there.
        if (!isTerminal) stdout.write(`${line}\n`);
        if (isShortFor(line, 'quit') || isShortFor(line, 'close')) {
          stdout.write('Connection closed.\n', () => resolve('quit'));
          return false;
        }
        if (line === '') return true;
        if (isShortFor(line, 'status')) stdout.write(`Connected to ${host}.\nEscape character is '^]'.\n`);
        else if (line === '?' || isShortFor(line, 'help')) stdout.write(help);
        else stdout.write('?Invalid command\n');
        return true;
      },
    };
    const outgoing = createWriter(typist, isTerminal);
    const incoming = createReader((bytes) => connection.write(bytes));
    void pipe(connection, { stdin, stdout }, { until: 'either', halfClose: false, outgoing, incoming }).then(() =>
      resolve('ended'),
    );
  });
}

const help = `close   close the connection and end
quit    the same
status  say where this is connected to
?       this list
        (an empty line goes on)
`;

function isShortFor(word: string, command: string): boolean {
  return word !== '' && command.startsWith(word);
}
