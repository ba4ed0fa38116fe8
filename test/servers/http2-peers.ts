import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Issued } from './authority.js';

/** A server that agrees on HTTP/2 in the handshake, and then says exactly what it is told to. */
export interface Http2Peer {
  readonly port: number;
  close(): Promise<void>;
}

export interface Http2PeerOptions {
  /** The leaf first. */
  readonly chain: readonly Issued[];
  /** What it says as soon as the handshake is done; absent: SETTINGS, as it has to. */
  readonly greeting?: Uint8Array | string;
  /** What it says when the headers of the first request are there; absent: nothing. */
  readonly answer?: Uint8Array;
  /** Closes the connection after what it says last. */
  readonly closes?: true;
}

const types = { data: 0, headers: 1, reset: 3, settings: 4, goaway: 7, continuation: 9 } as const;

/** The preface of a client, before its first frame. */
const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** The stream of the first request of a client. */
const first = 1;

export async function startHttp2Peer({ chain, greeting, answer, closes }: Http2PeerOptions): Promise<Http2Peer> {
  const sockets = new Set<TLSSocket>();
  const identity = { cert: chain.map(({ pem }) => pem).join(''), key: chain[0]?.key ?? '' };
  const server = createServer({ ...identity, ALPNProtocols: ['h2'] }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const say = (bytes: Uint8Array | string) => (closes ? socket.end(bytes) : socket.write(bytes));
    if (answer === undefined) {
      socket.resume();
      say(greeting ?? settings);
      return;
    }
    socket.write(greeting ?? settings);
    let held: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      if (held.length < preface.length) return;
      if (!typesOf(held.subarray(preface.length)).includes(types.headers)) return;
      socket.removeAllListeners('data').resume();
      socket.write(frame(types.settings, 1, 0, Buffer.alloc(0)));
      say(answer);
    });
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** The types of all frames that are there in whole. */
function typesOf(bytes: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at + 9 <= bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    if (end > bytes.length) break;
    found.push(bytes.readUInt8(at + 3));
    at = end;
  }
  return found;
}

function frame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** SETTINGS without any. */
export const settings = frame(types.settings, 0, 0, Buffer.alloc(0));

/** GOAWAY with a code: 11 is ENHANCE_YOUR_CALM. */
export const goaway = (code: number) => frame(types.goaway, 0, 0, Buffer.concat([word(0), word(code)]));

/** RST_STREAM of the first request: 2 is INTERNAL_ERROR, 7 REFUSED_STREAM. */
export const resetStream = (code: number) => frame(types.reset, 0, first, word(code));

/** DATA of the first request. */
export const data = (text: string, isLast = true) => frame(types.data, isLast ? 1 : 0, first, Buffer.from(text));

/** The headers of an answer to the first request, in as many frames as they need. */
export function headers(pairs: readonly (readonly [name: string, value: string])[], isLast = false): Buffer {
  const block = Buffer.concat(pairs.map(([name, value]) => Buffer.concat([zero, literal(name), literal(value)])));
  const largest = 16_384;
  const parts: Buffer[] = [];
  for (let at = 0; at === 0 || at < block.length; at += largest) {
    const endsHeaders = at + largest >= block.length ? 4 : 0;
    const flags = endsHeaders | (isLast && at === 0 ? 1 : 0);
    const type = at === 0 ? types.headers : types.continuation;
    parts.push(frame(type, flags, first, block.subarray(at, at + largest)));
  }
  return Buffer.concat(parts);
}

/** A literal without indexing (RFC 7541, 6.2.2), its name and its value without Huffman's code. */
const zero = Buffer.from([0]);

function literal(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([integer(bytes.length), bytes]);
}

/** An integer with a prefix of seven bits (RFC 7541, 5.1). */
function integer(value: number): Buffer {
  if (value < 127) return Buffer.from([value]);
  const bytes = [127];
  let rest = value - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
