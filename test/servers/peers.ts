import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** A TCP server on loopback that misbehaves in one way, or what stands where none is. */
export interface Peer {
  readonly address: string;
  readonly port: number;
  /** Resolves when the first client has connected. */
  readonly connected: Promise<void>;
  /** What came from all clients so far. */
  readonly received: () => Buffer;
  close(): Promise<void>;
}

type Greet = (socket: Socket) => void;

/** Options of where a peer listens; absent: 127.0.0.1, and any port that is free. */
export interface Place {
  readonly address?: string;
  readonly port?: number;
}

/** Whatever `greet` does to every client; the client's side may end first without ending the server's. */
export async function peer(greet: Greet, { address = '127.0.0.1', port = 0 }: Place = {}): Promise<Peer> {
  const sockets = new Set<Socket>();
  const received: Buffer[] = [];
  let arrived = (): void => undefined;
  const connected = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    arrived();
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => received.push(chunk));
    greet(socket);
  });
  server.listen(port, address);
  await once(server, 'listening');
  return {
    address,
    port: (server.address() as AddressInfo).port,
    connected,
    received: () => Buffer.concat(received),
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Nobody listens. The port was free a moment ago, and is not handed out again so soon. */
export async function closedPort(place?: Place): Promise<Peer> {
  const gone = await peer(() => undefined, place);
  await gone.close();
  return { ...gone, close: async () => undefined };
}

/** Accepts and says nothing. */
export const silentPeer = (place?: Place) => peer(() => undefined, place);

/** Accepts and resets the connection, after these bytes where there are some. */
export const resettingPeer = (bytes: string | Uint8Array = '', place?: Place) =>
  peer((socket) => {
    if (bytes.length === 0) socket.resetAndDestroy();
    else socket.write(bytes, () => socket.once('data', () => socket.resetAndDestroy()));
  }, place);

/** Accepts and closes, after these bytes where there are some. */
export const closingPeer = (bytes: string | Uint8Array = '', place?: Place) =>
  peer((socket) => {
    socket.end(bytes);
    socket.once('end', () => socket.destroy());
  }, place);

/** Ends its side at once, and still reads: what it is told shows in `received`. */
export const halfClosingPeer = (place?: Place) => peer((socket) => socket.end(), place);

/** Says the bytes one by one, over and over, one every `interval` milliseconds. */
export const drippingPeer = (bytes: string | Uint8Array = 'x', interval = 20, place?: Place) =>
  peer((socket) => {
    const drops = Buffer.from(bytes);
    let next = 0;
    const timer = setInterval(
      () => socket.write(drops.subarray(next % drops.length, (next++ % drops.length) + 1)),
      interval,
    );
    socket.on('close', () => clearInterval(timer));
  }, place);

/** Says the bytes over and over, as fast as they are taken, after a beginning. */
export const endlessPeer = (
  bytes: string | Uint8Array = 'x'.repeat(16_384),
  beginning: string | Uint8Array = '',
  place?: Place,
) =>
  peer((socket) => {
    socket.write(beginning);
    const flood = () => {
      while (!socket.destroyed && socket.write(bytes));
    };
    socket.on('drain', flood);
    flood();
  }, place);

/** Says these bytes, and then listens. */
export const greetingPeer = (bytes: string | Uint8Array, place?: Place) => peer((socket) => socket.write(bytes), place);

/** Says the parts one after the other, each when the system has sent the one before. */
export const splittingPeer = (parts: readonly (string | Uint8Array)[], place?: Place) =>
  peer((socket) => {
    const say = (index: number): void => {
      const part = parts[index];
      if (part !== undefined) socket.write(part, () => setImmediate(say, index + 1));
    };
    say(0);
  }, place);

/** Bytes of no protocol: what a terminal, a status line and a label must never get as they are, and no UTF-8. */
export const garbage = Buffer.concat([
  Buffer.from('\x1b[31m|"\'\\\x00\x07\u202e\u2066\x85\x9b\r\n{"a":1}\n'),
  Buffer.from([0xff, 0xfe, 0x80, 0xc0, 0x0a]),
]);

/** Says garbage, whatever it is asked. */
export const garbagePeer = (place?: Place) =>
  peer((socket) => {
    socket.write(garbage);
    socket.on('data', () => socket.write(garbage));
  }, place);

/**
 * Listens, but its backlog is full: the kernel drops every further attempt to connect, as a firewall does. No root is
 * needed for it.
 */
export async function fullBacklog(address = '127.0.0.1'): Promise<Peer> {
  // Node accepts as long as its event loop runs: this one waits for its input instead.
  const program = `
const server = require('node:net').createServer();
server.listen({ host: '${address}', port: 0, backlog: 1 }, () => {
  console.log(server.address().port);
  require('node:fs').readSync(0, Buffer.alloc(1));
  process.exit();
});`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  const filling = [createConnection(port, address), createConnection(port, address)];
  await Promise.all(filling.map((socket) => once(socket, 'connect')));
  return {
    address,
    port,
    connected: Promise.resolve(),
    received: () => Buffer.alloc(0),
    async close() {
      for (const socket of filling) socket.destroy();
      child.stdin.end();
      await once(child, 'close');
    },
  };
}
