import { ByteCollector } from './http-bytes.js';
import type { Framed } from './http-framing.js';
import { chunkSize, type HttpHeader, noSizeProblem, quoted } from './http-grammar.js';
import type { Judgement } from './http-judgement.js';
import { type HttpLine, LineReader } from './http-lines.js';

/** Bytes of a body that are kept: every error page of Cloudflare is shorter. */
export const keptBodyBytes = 262_144;

/** Bytes of the line with the size of a chunk: the rest of it has no meaning, and no need to be long. */
const longestSizeLine = 8192;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Reads a body up to its end: of the length that was declared, in chunks with trailers, or until the peer closes. */
export class BodyReader {
  readonly #framed: Framed;
  readonly #trailerLimit: number;
  readonly #judgement: Judgement;
  readonly #lines: LineReader;
  readonly #kept = new ByteCollector(keptBodyBytes);
  readonly #trailers: HttpHeader[] = [];
  #part: 'data' | 'size' | 'chunk-end' | 'trailers' | 'done';
  /** Bytes that are left of the data or of a chunk of them. */
  #left: number;
  #bytes = 0;
  /** The digits of a size have come to their end. */
  #sized = false;
  /** The CR behind the data of a chunk has come. */
  #returned = false;
  #trailerBytes = 0;

  constructor(framed: Framed, trailerLimit: number, judgement: Judgement) {
    this.#framed = framed;
    this.#trailerLimit = trailerLimit;
    this.#judgement = judgement;
    this.#lines = new LineReader(Math.max(trailerLimit, longestSizeLine));
    this.#left = framed.framing === 'close' ? Number.POSITIVE_INFINITY : (framed.declaredLength ?? 0);
    if (framed.framing === 'chunked') this.#part = 'size';
    else this.#part = framed.framing === 'none' || this.#left === 0 ? 'done' : 'data';
  }

  get done(): boolean {
    return this.#part === 'done';
  }

  /** Bytes of the body that came, without those that frame chunks. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The first ones of them. */
  get kept(): Uint8Array {
    return this.#kept.bytes();
  }

  get trailers(): readonly HttpHeader[] {
    return this.#trailers;
  }

  /** Takes a line, data, or what there is of them; gives the place behind that, or where the answer broke. */
  take(bytes: Uint8Array, at: number): number {
    if (this.#part === 'data') return this.#takeData(bytes, at);
    if (this.#part === 'chunk-end') return this.#takeChunkEnd(bytes, at);
    if (this.#part === 'size' && this.#isNoSize(bytes, at)) {
      this.#judgement.failAt(this.#lines.begun.bytes(), noSizeProblem);
      return at;
    }
    const { next, line, isTooLong } = this.#lines.take(bytes, at, this.#room);
    if (this.#part === 'trailers') this.#trailerBytes += next - at;
    if (isTooLong) this.#failTooLong(line?.text ?? this.#lines.begun.text());
    else if (line !== undefined) this.#read(line);
    return next;
  }

  /** The peer has closed the connection. */
  end(): void {
    const { framing, declaredLength } = this.#framed;
    if (framing === 'close') {
      this.#part = 'done';
      return;
    }
    this.#judgement.fail(
      'incomplete-answer',
      framing === 'length'
        ? `closed the connection after ${this.#bytes} of ${declaredLength} bytes of the body`
        : `closed the connection ${this.#placeInChunks}, after ${this.#bytes} bytes of the body`,
    );
  }

  get #placeInChunks(): string {
    if (this.#part === 'data') return `${this.#left} bytes before the end of a chunk`;
    return this.#part === 'trailers' ? 'in the trailers' : 'before the last chunk';
  }

  #takeData(bytes: Uint8Array, at: number): number {
    const next = Math.min(at + this.#left, bytes.length);
    this.#kept.add(bytes.subarray(at, next));
    this.#bytes += next - at;
    this.#left -= next - at;
    if (this.#left === 0) this.#part = this.#framed.framing === 'chunked' ? 'chunk-end' : 'done';
    return next;
  }

  /** Bytes that may still come before a limit is passed. */
  get #room(): number {
    if (this.#part === 'trailers') return this.#trailerLimit - this.#trailerBytes;
    return longestSizeLine - this.#lines.begun.length;
  }

  /** What comes behind the data of a chunk: nobody may wait for a line there that never ends. */
  #takeChunkEnd(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    if (byte === lineFeed) {
      if (!this.#returned) this.#judgement.note('lines end in LF alone');
      this.#returned = false;
      this.#part = 'size';
    } else if (byte === carriageReturn && !this.#returned) this.#returned = true;
    else {
      const begun = this.#returned ? Uint8Array.of(carriageReturn) : new Uint8Array(0);
      this.#judgement.failAt(begun, (text) => `expected CR LF behind the data of a chunk, found ${quoted(text)}`);
      return at;
    }
    return at + 1;
  }

  /** Whether it can no longer become the size of a chunk: what is sent without chunks may have no line that ends. */
  #isNoSize(bytes: Uint8Array, at: number): boolean {
    for (let index = at; index < bytes.length && !this.#sized; index += 1) {
      const byte = bytes[index] ?? 0;
      if (isHexDigit(byte)) continue;
      // What may follow digits, a line judges: blanks, a semicolon, the end.
      if (![0x20, 0x09, 0x3b, carriageReturn, lineFeed].includes(byte)) return true;
      this.#sized = true;
    }
    return false;
  }

  #failTooLong(text: string): void {
    if (this.#part === 'trailers') {
      this.#judgement.fail('answer-too-long', `the trailers have more than ${this.#trailerLimit} bytes`);
      return;
    }
    const detail = `the line with the size of a chunk has more than ${longestSizeLine} bytes: ${quoted(text)}`;
    this.#judgement.fail('malformed-response', detail);
  }

  #read({ text, bareLf }: HttpLine): void {
    if (bareLf) this.#judgement.note('lines end in LF alone');
    if (this.#part === 'size') this.#readSize(text);
    else if (text === '') this.#part = 'done';
    else this.#judgement.addHeader(text, this.#trailers);
  }

  #readSize(text: string): void {
    const read = chunkSize(text);
    if ('problem' in read) {
      this.#judgement.fail('malformed-response', read.problem);
      return;
    }
    this.#judgement.note(read.note);
    this.#sized = false;
    this.#left = read.size;
    this.#part = read.size === 0 ? 'trailers' : 'data';
  }
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
