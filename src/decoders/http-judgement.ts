import type { Failure, FailureCode } from '../model/failure.js';
import { ByteCollector } from './http-bytes.js';
import { type HttpHeader, headerLine } from './http-grammar.js';

const mostNotes = 16;
/** Bytes kept of what nobody understands, to show them: more than a message shows. */
const longestSample = 64;

/** What the readers of the parts of one answer find wrong with it: the first defect breaks it, oddities are noted. */
export class Judgement {
  readonly #notes = new Set<string>();
  #problem: Failure | undefined;
  #sample: { readonly bytes: ByteCollector; readonly says: (text: string) => string } | undefined;

  get isBroken(): boolean {
    return this.#problem !== undefined || this.#sample !== undefined;
  }

  get problem(): Failure | undefined {
    if (this.#sample === undefined) return this.#problem;
    return failure('malformed-response', this.#sample.says(this.#sample.bytes.text()));
  }

  get notes(): readonly string[] {
    return [...this.#notes];
  }

  fail(code: FailureCode, detail: string): void {
    if (!this.isBroken) this.#problem = failure(code, detail);
  }

  /**
   * The answer is broken at a byte in the middle of a line, which may never end. `says` makes the detail of the bytes from
   * `begun` on, as many as come of the first 64: written late, it is the same however they are cut.
   */
  failAt(begun: Uint8Array, says: (text: string) => string): void {
    if (this.isBroken) return;
    const bytes = new ByteCollector(longestSample);
    bytes.add(begun);
    this.#sample = { bytes, says };
  }

  /** Takes what came behind the place where the answer broke. */
  takeBroken(bytes: Uint8Array): void {
    this.#sample?.bytes.add(bytes);
  }

  note(note: string | undefined): void {
    if (note !== undefined && this.#notes.size < mostNotes) this.#notes.add(note);
  }

  /** Reads a line of headers or trailers and adds it to them. */
  addHeader(text: string, headers: HttpHeader[]): void {
    const read = headerLine(text);
    if ('problem' in read) {
      this.fail('malformed-response', read.problem);
      return;
    }
    if ('fold' in read) {
      const last = headers.at(-1);
      if (last === undefined) {
        this.fail('malformed-response', 'the first header line begins with a blank');
        return;
      }
      headers[headers.length - 1] = { name: last.name, value: `${last.value} ${read.fold}` };
      this.note('a header is folded over several lines');
      return;
    }
    this.note(read.note);
    headers.push({ name: read.name, value: read.value });
  }
}

function failure(code: FailureCode, detail: string): Failure {
  return { code, step: 'exchange', blame: 'target', detail };
}
