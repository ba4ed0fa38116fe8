import { type Connection, dial, stillTrying } from '../../io/dial.js';
import type { DatagramStream } from '../../io/dial-datagram.js';
import { type Address, getaddrinfo } from '../../io/getaddrinfo.js';
import type { Outcome } from '../../model/failure.js';
import type { Streams } from '../command.js';
import { type Asked, readArguments } from './arguments.js';
import { portsOf, shuffled } from './ports.js';
import { talk } from './talk.js';

/** Does what nc does with the same command line, and returns its exit code. */
export async function interact(argv: readonly string[], streams: Streams): Promise<number> {
  const asked = readArguments(argv);
  if ('text' in asked) {
    say(streams, asked.text);
    return asked.exitCode;
  }
  return asked.destination.kind === 'unix'
    ? toSocket(asked.destination.path, asked, streams)
    : toHost(asked.destination, asked, streams);
}

async function toSocket(path: string, asked: Asked, streams: Streams): Promise<number> {
  const connected = await dial({ kind: 'unix', path }, undefined);
  if (!connected.ok) {
    say(streams, `nc: ${path}: ${connected.failure.detail}\n`);
    return 1;
  }
  await talk(connected.value, asked, streams);
  return 0;
}

/** One port after the other; the last one that took a connection decides, as with nc. */
async function toHost(
  { host, family, ports: words }: Extract<Asked['destination'], { kind: 'host' }>,
  asked: Asked,
  streams: Streams,
): Promise<number> {
  const ports = portsOf(words, asked.udp ? 'udp' : 'tcp');
  if ('problem' in ports) {
    say(streams, `nc: ${ports.problem}\n`);
    return 1;
  }
  let exitCode = 1;
  for (const port of asked.shuffled ? shuffled(ports) : ports) {
    const addresses = await getaddrinfo(host, port, { numeric: asked.numeric, ...(family && { family }) });
    if (!addresses.ok) {
      say(streams, `nc: getaddrinfo for host "${host}" port ${port}: ${addresses.failure.detail}\n`);
      return 1;
    }
    for (const address of addresses.value) {
      const end = await attempt(address, host, asked, streams);
      if (end === 'quit') return 0;
      if (end === 'unconnected') continue;
      exitCode = end === 'refused' ? 1 : 0;
      break;
    }
  }
  return exitCode;
}

/** `refused`: a UDP port that was "connected" to, which always works, and then turned out to be closed. */
type End = 'unconnected' | 'refused' | 'over' | 'quit';

async function attempt(address: Address, host: string, asked: Asked, streams: Streams): Promise<End> {
  const { port } = address;
  const protocol = asked.udp ? 'udp' : 'tcp';
  const place = asked.numeric || host === address.address ? host : `${host} (${address.address})`;
  const connected = await connectTo(address, asked);
  if (!connected.ok) {
    const { detail } = connected.failure;
    const how = detail === stillTrying ? 'timed out' : 'failed';
    if (asked.verbose) say(streams, `nc: connect to ${place} port ${port} (${protocol}) ${how}: ${detail}\n`);
    return 'unconnected';
  }
  const connection = connected.value;
  if (asked.verbose) {
    if ('isRefused' in connection && (await connection.isRefused(asked.timeout ?? 3))) {
      connection.destroy();
      return 'refused';
    }
    const { serviceOf } = await import('../../io/services.js');
    const service = asked.numeric ? undefined : serviceOf(port, protocol);
    say(streams, `Connection to ${place} ${port} port [${protocol}/${service ?? '*'}] succeeded!\n`);
  }
  return talk(connection, asked, streams);
}

async function connectTo(address: Address, { udp, timeout }: Asked): Promise<Outcome<Connection | DatagramStream>> {
  // To nc, no seconds are as many as it takes.
  if (!udp) return dial(address, timeout === 0 ? undefined : timeout);
  const { dialDatagram } = await import('../../io/dial-datagram.js');
  return dialDatagram(address);
}

function say({ stderr }: Streams, text: string): void {
  // Whoever closed it does not want to know.
  if (stderr.listenerCount('error') === 0) stderr.on('error', () => undefined);
  stderr.write(text);
}
