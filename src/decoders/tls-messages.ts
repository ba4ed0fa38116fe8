/** The types of handshake messages that are looked at (RFC 8446 §4, RFC 5246 §7.4, RFC 8879). */
export const messageType = {
  serverHello: 2,
  certificate: 11,
  certificateRequest: 13,
  serverHelloDone: 14,
  finished: 20,
  compressedCertificate: 25,
} as const;

/** One handshake message without its header. */
export interface TlsMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

/**
 * Puts handshake messages together from the contents of records: a message may be spread over several, and a record
 * may hold several. `capacity` is the most that will be added; nothing is copied twice.
 */
export class MessageAssembler {
  readonly #bytes: Uint8Array;
  #start = 0;
  #end = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  add(content: Uint8Array): void {
    this.#bytes.set(content, this.#end);
    this.#end += content.length;
  }

  /** The next message that is whole. */
  next(): TlsMessage | undefined {
    if (this.#end - this.#start < 4) return undefined;
    const [type = 0, high = 0, middle = 0, low = 0] = this.#bytes.subarray(this.#start, this.#start + 4);
    const end = this.#start + 4 + (high * 65_536 + middle * 256 + low);
    if (end > this.#end) return undefined;
    const body = this.#bytes.subarray(this.#start + 4, end);
    this.#start = end;
    return { type, body };
  }
}

/** Reads fields of a message one after the other; `undefined` from the first one on that is not there. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all has been read. */
  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** A number of `width` bytes, the highest first. */
  number(width: 1 | 2 | 3): number | undefined {
    return this.take(width)?.reduce((number, byte) => number * 256 + byte, 0);
  }

  take(length: number): Uint8Array | undefined {
    if (this.#at + length > this.#bytes.length) {
      this.#at = Number.POSITIVE_INFINITY;
      return undefined;
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Bytes behind their own length, which is `width` bytes wide. */
  vector(width: 1 | 2 | 3): Uint8Array | undefined {
    const length = this.number(width);
    return length === undefined ? undefined : this.take(length);
  }
}
