import { connect, type Socket } from 'node:net';
import type { Answer } from './edge.js';
import { type Peer, type Place, peer } from './peers.js';

// What an origin does with a request, for `startEdge`: a text or bytes there are sent, and the connection closed.

/** Says the bytes, and then nothing more; the connection stays. */
export const staying =
  (bytes: string | Uint8Array = ''): Answer =>
  (socket) => {
    if (bytes.length > 0) socket.write(bytes);
  };

/**
 * Milliseconds between bytes and a reset: where both are there at once, libuv reports the end of a connection instead.
 */
const untilReset = 80;

const resetLater = (socket: Socket) => {
  const timer = setTimeout(() => socket.resetAndDestroy(), untilReset);
  socket.on('close', () => clearTimeout(timer));
};

/** Says the bytes, and resets the connection. Without TLS only. */
export const resetting =
  (bytes: string | Uint8Array = ''): Answer =>
  (socket) => {
    if (bytes.length === 0) socket.resetAndDestroy();
    else socket.write(bytes, () => resetLater(socket));
  };

/** Says the bytes after `ms` milliseconds; the connection stays. */
export const late =
  (ms: number, bytes: string | Uint8Array): Answer =>
  (socket) => {
    const timer = setTimeout(() => socket.write(bytes), ms);
    socket.on('close', () => clearTimeout(timer));
  };

/** Says the beginning, and then the drop over and over, one every `interval` milliseconds. */
export const dripping =
  (beginning: string, drop: string, interval = 50): Answer =>
  (socket) => {
    socket.write(beginning);
    const timer = setInterval(() => socket.write(drop), interval);
    socket.on('close', () => clearInterval(timer));
  };

/** Says the same over and over, as fast as it is taken. */
export const flooding =
  (bytes: string): Answer =>
  (socket) => {
    const many = bytes.repeat(Math.ceil(16_384 / bytes.length));
    const flood = () => {
      while (!socket.destroyed && socket.write(many));
    };
    socket.on('drain', flood);
    flood();
  };

/** A status line, `bytes` bytes of headers in lines of at most 1000, and a body. */
export function largeHeaders(bytes: number): string {
  const status = 'HTTP/1.1 200 OK\r\n';
  const length = 'Content-Length: 2\r\n';
  let left = bytes - status.length - length.length - 2;
  let lines = '';
  for (let count = 0; left > 0; count++) {
    const name = `Set-Cookie: c${count}=`;
    const size = Math.min(left, left < 2000 ? left : 1000);
    lines += `${name}${'x'.repeat(Math.max(0, size - name.length - 2))}\r\n`;
    left -= Math.max(size, name.length + 2);
  }
  return `${status}${length}${lines}\r\nok`;
}

// What stands on a port where TLS is expected.

/** What a server does when the first bytes of the client (its ClientHello) are there. */
const afterHello = (act: (socket: Socket) => void, place?: Place): Promise<Peer> =>
  peer((socket) => {
    socket.once('data', () => act(socket));
    socket.once('end', () => socket.end());
  }, place);

/** Refuses the handshake with a fatal alert: 40 is handshake_failure, 70 protocol_version, 112 unrecognized_name. */
export const alertingPeer = (alert: number) =>
  afterHello((socket) => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));

/** Takes the ClientHello, and closes. */
export const hangingUpPeer = () => afterHello((socket) => socket.end());

/** Takes the ClientHello, and resets the connection. */
export const handshakeResettingPeer = () => afterHello((socket) => socket.resetAndDestroy());

/** Answers the ClientHello with the ServerHello of SSL 3.0, which nobody offers. */
export const oldProtocolPeer = () =>
  afterHello((socket) => {
    const random = Buffer.alloc(32, 7);
    const hello = Buffer.concat([Buffer.from([3, 0]), random, Buffer.from([0, 0x00, 0x2f, 0])]);
    const message = Buffer.concat([Buffer.from([2, 0, 0, hello.length]), hello]);
    socket.write(Buffer.concat([Buffer.from([0x16, 3, 0, 0, message.length]), message]));
  });

/** Says these words as soon as somebody connects, as a server of SSH or mail does, and then listens. */
export const bannerPeer = (words: string) => peer((socket) => socket.write(words));

/**
 * Stands before a server on the same machine, and passes on only so many bytes of what it says; then it closes, resets,
 * or passes nothing more.
 */
export const cuttingPeer = (port: number, bytes: number, then: 'close' | 'reset' | 'silence') =>
  peer((socket) => {
    const upstream = connect(port, '127.0.0.1');
    let left = bytes;
    upstream.on('error', () => socket.destroy());
    upstream.on('data', (chunk: Buffer) => {
      if (left <= 0) return;
      const part = chunk.subarray(0, left);
      left -= part.length;
      socket.write(part, () => {
        if (left > 0 || then === 'silence') return;
        if (then === 'close') socket.end();
        else resetLater(socket);
      });
    });
    socket.on('data', (chunk: Buffer) => upstream.write(chunk));
    socket.on('end', () => socket.end());
    socket.on('close', () => upstream.destroy());
  });
