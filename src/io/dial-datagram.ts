import { createSocket, type Socket } from 'node:dgram';
import { Duplex } from 'node:stream';
import type { Outcome } from '../model/failure.js';
import type { Destination } from '../model/network.js';
import { classify } from './classify.js';
import { systemMessage } from './system-message.js';

/** The most that goes into one datagram, as with nc: what is longer is cut into several. */
const longest = 16_384;

/** Bytes that wait to be read: as many as Linux itself keeps for a socket. */
const mostUnread = 212_992;

/**
 * "Connects" a UDP socket, which only fixes the peer: that a port is refused shows when something was sent. The C
 * library's words are the `detail` of a failure.
 */
export function dialDatagram(to: Extract<Destination, { kind: 'ip' }>): Promise<Outcome<DatagramStream>> {
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = createSocket(to.family === 6 ? 'udp6' : 'udp4');
    const failed = (error: NodeJS.ErrnoException) => {
      socket.close();
      const failure = { ...classify(error, 'connect'), detail: systemMessage(error) };
      resolve({ ok: false, failure, ms: performance.now() - started });
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      resolve({ ok: true, value: new DatagramStream(socket), ms: performance.now() - started });
    });
    socket.connect(to.port, to.address);
  });
}

/** A connected UDP socket as a stream: every write is a datagram, and every datagram that comes is read. */
export class DatagramStream extends Duplex {
  readonly #socket: Socket;
  #probing: ((error: NodeJS.ErrnoException) => void) | undefined;

  #isFull = false;

  constructor(socket: Socket) {
    super({ readableHighWaterMark: mostUnread });
    this.#socket = socket;
    socket.on('message', (message) => {
      // What nobody reads in time is lost, as it is when the buffer of the system is full.
      if (!this.#isFull) this.#isFull = !this.push(message);
    });
    socket.on('error', (error) => (this.#probing === undefined ? this.destroy(error) : this.#probing(error)));
    this.on('error', () => undefined);
  }

  /**
   * Whether the port is refused: sends the datagram `X` twice at once, and once more a second for `seconds`. Silence
   * means that it is open, or that nobody says otherwise.
   */
  isRefused(seconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      let left = seconds;
      const finish = (refused: boolean) => {
        clearInterval(timer);
        this.#probing = undefined;
        resolve(refused);
      };
      this.#probing = (error) => {
        if (error.code === 'ECONNREFUSED') finish(true);
      };
      const send = () => this.#socket.send('X', (error) => error && this.#probing?.(error));
      const timer = setInterval(() => {
        send();
        left--;
        // An error of this last one comes at once or too late.
        if (left <= 0) setImmediate(finish, false);
      }, 1000);
      this.#socket.send('X', (error) => error && finish(true));
      send();
      if (seconds === 0) setImmediate(finish, false);
    });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const rest = chunk.subarray(longest);
    this.#socket.send(chunk.subarray(0, longest), (error) => {
      if (error !== null || rest.length === 0) done(error);
      else this._write(rest, _encoding, done);
    });
  }

  override _read(): void {
    this.#isFull = false;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.close();
    done(error);
  }
}
