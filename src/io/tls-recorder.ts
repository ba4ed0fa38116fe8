import type { Duplex } from 'node:stream';
import type { ReadFlight, TlsFlight } from '../model/tls.js';
import { Tap } from './tap.js';

/** The most that a server may send before the handshake is over: OpenSSL takes chains of 100 kB. */
export const recordedBytes = 1_000_000;

/** Records what a server sends in a handshake, with what decrypts it, and reads it once. */
export class TlsRecorder {
  /** The stream to shake hands over, in place of the one that it was made for. */
  readonly stream: Tap;
  readonly #read: ReadFlight;
  #secret: Uint8Array | undefined;
  #flight: TlsFlight | undefined;
  #bytes: Uint8Array | undefined;

  /** `onFull` is called when the server has sent more than `recordedBytes`. */
  constructor(stream: Duplex, read: ReadFlight, onFull: () => void) {
    this.stream = new Tap(stream, recordedBytes, onFull);
    this.#read = read;
  }

  /** Takes a line of the `keylog` event: label, client random, secret. */
  note(line: Buffer): void {
    const [label, , secret = ''] = line.toString('latin1').trim().split(' ');
    if (label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET') this.#secret = Buffer.from(secret, 'hex');
  }

  /** What was sent so far; the first call ends the recording. */
  flight(): TlsFlight {
    if (this.#flight !== undefined) return this.#flight;
    const { bytes, cut } = this.stream.stop();
    this.#bytes = bytes.subarray(0, 80);
    this.#flight = this.#read({ bytes, cut, ...(this.#secret !== undefined && { secret: this.#secret }) });
    return this.#flight;
  }

  /** The first bytes of what was sent. */
  firstBytes(): Uint8Array {
    this.flight();
    return this.#bytes ?? new Uint8Array();
  }
}
