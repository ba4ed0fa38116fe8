import { Duplex } from 'node:stream';

/**
 * Stands before a stream, forwards both ways, and keeps a copy of what comes from the peer: its first `cap` bytes, until
 * `stop` is called. Whoever destroys it destroys the stream.
 */
export class Tap extends Duplex {
  readonly #inner: Duplex;
  readonly #cap: number;
  #chunks: Buffer[] | undefined = [];
  #kept = 0;
  #cut = false;

  constructor(inner: Duplex, cap: number, onFull: () => void) {
    super({ allowHalfOpen: true });
    this.#inner = inner;
    this.#cap = cap;
    inner.on('data', (chunk: Buffer) => {
      this.#keep(chunk, onFull);
      if (!this.push(chunk)) inner.pause();
    });
    inner.on('end', () => this.push(null));
    inner.on('error', (error) => this.destroy(error));
    inner.on('close', () => this.destroy());
    inner.pause();
  }

  /** The copy so far, and whether there was more; nothing is kept from then on. */
  stop(): { readonly bytes: Buffer; readonly cut: boolean } {
    const bytes = Buffer.concat(this.#chunks ?? []);
    this.#chunks = undefined;
    return { bytes, cut: this.#cut };
  }

  #keep(chunk: Buffer, onFull: () => void): void {
    if (this.#chunks === undefined || this.#cut) return;
    const room = this.#cap - this.#kept;
    this.#chunks.push(chunk.subarray(0, room));
    this.#kept += Math.min(room, chunk.length);
    if (chunk.length <= room) return;
    this.#cut = true;
    onFull();
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#inner.writable) this.#inner.write(chunk, done);
    else done();
  }

  override _final(done: () => void): void {
    this.#inner.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#inner.destroy();
    done(error);
  }
}
