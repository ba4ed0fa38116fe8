/**
 * Bytes that come in pieces of any size, kept up to a bound. The room for them doubles, up to that bound: one byte at a time
 * costs linear time too.
 */
export class ByteCollector {
  readonly #most: number;
  #room = new Uint8Array(0);
  #length = 0;

  /** @param most bytes; what comes beyond them is dropped */
  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    const length = Math.min(this.#length + bytes.length, this.#most);
    if (length > this.#room.length) {
      const room = new Uint8Array(Math.min(Math.max(length, 2 * this.#room.length, 256), this.#most));
      room.set(this.#room.subarray(0, this.#length));
      this.#room = room;
    }
    this.#room.set(bytes.subarray(0, length - this.#length), this.#length);
    this.#length = length;
  }

  /** What was kept so far. Not a copy: it stays as it is until `clear`. */
  bytes(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  /** The same as text: one character for each byte. */
  text(): string {
    return latin1(this.bytes());
  }

  clear(): void {
    this.#length = 0;
  }
}

/** One character for each byte, as headers are read (ISO 8859-1). */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
