import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import type { Failure, FailureCode } from '../model/failure.js';
import { classify } from './classify.js';
import { gzipMagic } from './gzip-magic.js';

/** Compressed bytes that are inflated at a time: a thousandfold bomb then holds 8 MB, not the whole file. */
const pieceBytes = 1 << 13;

/** Bytes that zlib inflates in one call: more, and calls are rarer; less, and less lies idle. */
const outputBytes = 1 << 17;

/** Compressed bytes of a member that are kept, so that they can be inflated again if there is damage after them. */
const keptBytes = 16 << 20;

/** What keeping a piece costs beside its bytes: a pipe may deliver them one by one. */
const pieceOverhead = 256;

/** Far beyond any header; what goes on longer is none. */
const headerBytes = 1 << 17;

export interface Gunzipper {
  /**
   * Inflates one chunk and hands over what comes out. Resolves with the failure that ends the input. The chunk belongs
   * to the gunzipper: it must not be written to afterwards.
   */
  push(chunk: Uint8Array): Promise<Failure | undefined>;
  /** To be called at the end of the input: a failure if the data ends too early. */
  end(): Promise<Failure | undefined>;
}

type Take = (chunk: Uint8Array) => void | Promise<void>;

/**
 * Inflates gzip (several members, NUL padding after them) and hands over everything that can be inflated, also of a
 * file that is cut off or damaged further on. Stops early, without a failure, when `signal` is aborted.
 *
 * Cut off: nothing is lost. Damaged in the first 16 MB of a member: what is lost of the data before the damage is at
 * most what the one compressed byte stands for at which zlib notices it; further on, at most what 8 KB stand for. zlib
 * notices late: the end of what is handed over may already be wrong. Nothing after the damage is handed over, and no
 * further member after one whose checksum is wrong.
 */
export function createGunzipper(take: Take, signal: AbortSignal): Gunzipper {
  return new MemberReader(take, signal);
}

/** Takes the members apart, because node:zlib says neither where one ends nor what is wrong after it. */
class MemberReader implements Gunzipper {
  readonly #take: Take;
  readonly #signal: AbortSignal;
  #part: 'header' | 'body' | 'trailer' | 'padding' = 'header';
  /** The beginning of a header or trailer whose end has not come yet. */
  #held: Uint8Array = new Uint8Array(0);
  #member: MemberBody | undefined;
  #isFirst = true;
  #failure: Failure | undefined;

  constructor(take: Take, signal: AbortSignal) {
    this.#take = take;
    this.#signal = signal;
  }

  async push(chunk: Uint8Array): Promise<Failure | undefined> {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      let rest = chunk.subarray(at, at + pieceBytes);
      while (rest.length > 0) {
        if (this.#failure !== undefined || this.#signal.aborted) return this.#failure;
        rest = await this.#consume(rest);
      }
    }
    return this.#failure;
  }

  async end(): Promise<Failure | undefined> {
    this.#member?.close();
    if (this.#failure !== undefined || this.#signal.aborted || this.#part === 'padding') return this.#failure;
    return failure('truncated-input', `the compressed data ends too early, in the ${this.#part} of a gzip member`);
  }

  /** Returns what it left over: it belongs to the next part. */
  async #consume(bytes: Uint8Array): Promise<Uint8Array> {
    if (this.#part === 'body') return this.#consumeBody(bytes);
    if (this.#part === 'padding') return this.#consumePadding(bytes);
    const held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const length = this.#part === 'header' ? this.#readHeader(held) : this.#readTrailer(held);
    this.#held = length === undefined ? held : new Uint8Array(0);
    return held.subarray(length ?? held.length);
  }

  #consumePadding(bytes: Uint8Array): Uint8Array {
    const end = bytes.findIndex((byte) => byte !== 0);
    if (end < 0) return bytes.subarray(bytes.length);
    this.#part = 'header';
    return bytes.subarray(end);
  }

  /** The length of the header, or nothing as long as it is not whole. */
  #readHeader(bytes: Uint8Array): number | undefined {
    const length = headerLength(bytes);
    if (length === 'wrong') {
      const detail = this.#isFirst
        ? 'the header of the compressed data is damaged'
        : 'there is something after the compressed data that is neither padding nor gzip';
      this.#failure = failure('corrupt-input', detail);
      return undefined;
    }
    if (length === undefined) return undefined;
    this.#isFirst = false;
    this.#member = new MemberBody(this.#take, this.#signal);
    this.#part = 'body';
    return length;
  }

  async #consumeBody(bytes: Uint8Array): Promise<Uint8Array> {
    const { used, ended, failure } = await (this.#member as MemberBody).push(bytes);
    this.#failure = failure;
    if (ended) this.#part = 'trailer';
    if (ended || failure !== undefined) this.#member?.close();
    return bytes.subarray(used);
  }

  #readTrailer(bytes: Uint8Array): number | undefined {
    if (bytes.length < 8) return undefined;
    const { crc, size } = this.#member as MemberBody;
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
    if (view.getUint32(0, true) !== crc) {
      this.#failure = failure('corrupt-input', 'the data does not match its checksum');
    } else if (view.getUint32(4, true) !== size % 2 ** 32) {
      this.#failure = failure('corrupt-input', 'the data is not as long as its gzip member says');
    }
    this.#member = undefined;
    this.#part = 'padding';
    return 8;
  }
}

/** The length of a member's header (RFC 1952, 2.3); nothing: not whole yet. */
function headerLength(bytes: Uint8Array): number | 'wrong' | undefined {
  const begin = bytes.subarray(0, gzipMagic.length);
  if (!begin.every((byte, index) => byte === gzipMagic[index])) return 'wrong';
  const tooShort = bytes.length > headerBytes ? 'wrong' : undefined;
  if (bytes.length < 10) return tooShort;
  const flags = bytes[3] ?? 0;
  if ((flags & 0xe0) !== 0) return 'wrong';
  let at = 10;
  if ((flags & 4) !== 0) {
    if (bytes.length < 12) return tooShort;
    at = 12 + littleEndian(bytes, 10);
  }
  for (const text of [8, 16]) {
    if ((flags & text) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return tooShort;
    at = end + 1;
  }
  if ((flags & 2) === 0) return at <= bytes.length ? at : tooShort;
  if (at + 2 > bytes.length) return tooShort;
  return (crc32(bytes.subarray(0, at)) & 0xffff) === littleEndian(bytes, at) ? at + 2 : 'wrong';
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

interface Pushed {
  /** Bytes of the input that belong to the member. */
  readonly used: number;
  readonly ended: boolean;
  readonly failure?: Failure;
}

/**
 * The deflated data of one member. When zlib meets damage it throws away what it had inflated in that call. What there
 * was is then inflated again, up to the damage and from there byte by byte, as long as it is short enough to be kept.
 */
class MemberBody {
  crc = 0;
  size = 0;
  readonly #take: Take;
  readonly #signal: AbortSignal;
  readonly #inflater = new Inflater();
  /** Every piece so far; nothing once there were more than `keptBytes`. */
  #kept: Uint8Array[] | undefined = [];
  #keptBytes = 0;

  constructor(take: Take, signal: AbortSignal) {
    this.#take = take;
    this.#signal = signal;
  }

  async push(piece: Uint8Array): Promise<Pushed> {
    const inflated = await this.#inflater.inflate(piece);
    if (inflated.error !== undefined) {
      await this.#approach(piece);
      return { used: piece.length, ended: false, failure: classify(inflated.error, 'input') };
    }
    this.#keep(piece);
    await this.#handOver(inflated.output);
    return inflated;
  }

  close(): void {
    this.#inflater.close();
  }

  async #handOver(output: readonly Uint8Array[]): Promise<void> {
    for (const chunk of output) {
      if (this.#signal.aborted) return;
      this.crc = crc32(chunk, this.crc);
      this.size += chunk.length;
      await this.#take(chunk);
    }
  }

  #keep(piece: Uint8Array): void {
    this.#keptBytes += piece.length + pieceOverhead;
    if (this.#keptBytes > keptBytes) this.#kept = undefined;
    this.#kept?.push(piece);
  }

  async #approach(damaged: Uint8Array): Promise<void> {
    if (this.#kept === undefined) return;
    const again = new Inflater();
    for (const piece of this.#kept) {
      if (this.#signal.aborted) break;
      await again.inflate(piece);
    }
    for (let at = 0; at < damaged.length && !this.#signal.aborted; at += 1) {
      const { output, error } = await again.inflate(damaged.subarray(at, at + 1));
      await this.#handOver(output);
      if (error !== undefined) break;
    }
    again.close();
  }
}

interface Inflated {
  readonly output: readonly Uint8Array[];
  readonly used: number;
  readonly ended: boolean;
  readonly error: Error | undefined;
}

/** A stream of node:zlib, asked and answered one piece at a time. */
class Inflater {
  readonly #stream: InflateRaw = createInflateRaw({ chunkSize: outputBytes });
  #output: Uint8Array[] = [];
  #ended = false;
  #error: Error | undefined;
  #settled: () => void = () => undefined;

  constructor() {
    this.#stream.on('data', (data: Uint8Array) => this.#output.push(data));
    this.#stream.on('end', () => {
      this.#ended = true;
      this.#settled();
    });
    this.#stream.on('error', (error) => {
      this.#error = error;
      this.#settled();
    });
  }

  async inflate(piece: Uint8Array): Promise<Inflated> {
    const before = this.#stream.bytesWritten;
    await new Promise<void>((resolve) => {
      // Where the deflated data ends within the piece, the stream ends and never says that the piece was written.
      this.#settled = resolve;
      this.#stream.write(piece, () => resolve());
    });
    while (this.#stream.readableLength > 0) this.#stream.read();
    const output = this.#output;
    this.#output = [];
    return { output, used: this.#stream.bytesWritten - before, ended: this.#ended, error: this.#error };
  }

  close(): void {
    this.#stream.destroy();
  }
}

function failure(code: FailureCode, detail: string): Failure {
  return { code, step: 'input', blame: 'us', detail };
}
