import { type HttpHeader, quoted, type StatusLine, statusLine } from './http-grammar.js';
import type { Judgement } from './http-judgement.js';
import { type HttpLine, LineReader } from './http-lines.js';
import { strangerProblem } from './http-stranger.js';

const prefix = 'HTTP/';
/** Bytes; real ones have less than a hundred. */
const longestStatusLine = 8192;
const mostInterim = 16;

/** Reads status lines and headers: those of interim answers (1xx), which are passed over, and those of the final one. */
export class HeadReader {
  readonly #limit: number;
  readonly #judgement: Judgement;
  readonly #lines: LineReader;
  readonly #interim: number[] = [];
  #statusLine: StatusLine | undefined;
  #headers: HttpHeader[] = [];
  #bytes = 0;
  #done = false;

  constructor(limit: number, judgement: Judgement) {
    this.#limit = limit;
    this.#judgement = judgement;
    this.#lines = new LineReader(limit);
  }

  /** The head of the final answer is whole. */
  get done(): boolean {
    return this.#done;
  }

  /** Of the final answer. */
  get statusLine(): StatusLine | undefined {
    return this.#statusLine !== undefined && this.#statusLine.status >= 200 ? this.#statusLine : undefined;
  }

  get headers(): readonly HttpHeader[] {
    return this.#headers;
  }

  /** Bytes of the head that came, without those of interim answers. */
  get bytes(): number {
    return this.#bytes;
  }

  get interim(): readonly number[] {
    return this.#interim;
  }

  /** Takes a line or what there is of it; gives the place behind that, or where the answer broke. */
  take(bytes: Uint8Array, at: number): number {
    if (this.#isStranger(bytes, at)) {
      this.#judgement.failAt(this.#lines.begun.bytes(), strangerProblem);
      return at;
    }
    const { next, line, isTooLong } = this.#lines.take(bytes, at, this.#room);
    this.#bytes += next - at;
    if (isTooLong) this.#failTooLong();
    else if (line !== undefined) this.#read(line);
    return next;
  }

  /** The peer has closed the connection. */
  end(): void {
    if (this.#bytes > 0) {
      const where = this.#statusLine === undefined ? 'status line' : 'headers';
      const detail = `closed the connection before the end of the ${where}: ${this.#bytes} bytes came`;
      this.#judgement.fail('incomplete-answer', detail);
    } else if (this.#interim.length > 0) {
      const detail = `closed the connection behind an interim answer ${this.#interim.at(-1)}, without a final one`;
      this.#judgement.fail('incomplete-answer', detail);
    } else this.#judgement.fail('connection-closed', 'closed the connection without an answer');
  }

  /** Whether it can no longer become a status line. */
  #isStranger(bytes: Uint8Array, at: number): boolean {
    if (this.#statusLine !== undefined) return false;
    const begun = this.#lines.begun.length;
    for (let index = begun; index < prefix.length; index += 1) {
      const byte = bytes[at + index - begun];
      if (byte === undefined) return false;
      if (byte !== prefix.charCodeAt(index)) return true;
    }
    return false;
  }

  /** Bytes that may still come before a limit is passed. */
  get #room(): number {
    const most = this.#statusLine === undefined ? Math.min(this.#limit, longestStatusLine) : this.#limit;
    return most - this.#bytes;
  }

  #failTooLong(): void {
    if (this.#statusLine === undefined && this.#limit > longestStatusLine) {
      this.#judgement.fail('malformed-response', `the status line has more than ${longestStatusLine} bytes`);
      return;
    }
    const whole = this.#statusLine === undefined ? 'the status line' : `header ${this.#headers.length + 1}`;
    const detail = `status line and headers may have ${this.#limit} bytes together, and after ${this.#bytes} bytes ${whole} had not ended`;
    this.#judgement.fail('answer-too-long', detail);
  }

  #read({ text, bareLf }: HttpLine): void {
    if (bareLf) this.#judgement.note('lines end in LF alone');
    if (this.#statusLine === undefined) this.#readStatusLine(text);
    else if (text !== '') this.#judgement.addHeader(text, this.#headers);
    else if (this.#statusLine.status < 200) this.#passInterim(this.#statusLine.status);
    else this.#finish(this.#statusLine);
  }

  #readStatusLine(text: string): void {
    const read = statusLine(text);
    if ('problem' in read) {
      this.#judgement.fail('malformed-response', read.problem);
    } else if (read.status === 101) {
      const detail = `status 101, though no other protocol was asked for: ${quoted(text)}`;
      this.#judgement.fail('unexpected-answer', detail);
    } else {
      const { note, ...line } = read;
      this.#judgement.note(note);
      this.#statusLine = line;
    }
  }

  #passInterim(status: number): void {
    if (this.#interim.length === mostInterim) {
      const detail = `more than ${mostInterim} interim answers, the last one with status ${status}`;
      this.#judgement.fail('malformed-response', detail);
      return;
    }
    this.#interim.push(status);
    this.#statusLine = undefined;
    this.#headers = [];
    this.#bytes = 0;
  }

  #finish({ version, status, reason }: StatusLine): void {
    this.#done = true;
    if (this.#headers.length > 0) return;
    const detail = `there is no header behind the status line ${quoted(`${version} ${status} ${reason}`)}`;
    this.#judgement.fail('malformed-response', detail);
  }
}
