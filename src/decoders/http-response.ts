import type { Failure } from '../model/failure.js';
import { BodyReader } from './http-body.js';
import { framingOf, type HttpFraming } from './http-framing.js';
import type { HttpHeader, StatusLine } from './http-grammar.js';
import { HeadReader } from './http-head.js';
import { Judgement } from './http-judgement.js';

/** An answer as it came, whole or as far as it got: nothing is repaired, decompressed or left out. */
export interface HttpResponse extends Omit<StatusLine, 'version'> {
  /** `HTTP/2` where it came over that: then nothing here has read it. */
  readonly version: StatusLine['version'] | 'HTTP/2';
  /** In their order; what is folded over lines is joined with blanks. */
  readonly headers: readonly HttpHeader[];
  /** The status line, the headers and the empty line behind them. */
  readonly headerBytes: number;
  /** The statuses of interim answers (1xx) that came before this one; at most 16. */
  readonly interim: readonly number[];
  /** Absent: the headers did not come to their end, or leave it open how the body ends. */
  readonly framing?: HttpFraming;
  /** Content-Length. */
  readonly declaredLength?: number;
  /** Bytes of the body that came, without those that frame chunks. */
  readonly bodyBytes: number;
  /** The first 256 KB of them. Facts leave it out: it is no JSON. */
  readonly body: Uint8Array;
  readonly trailers: readonly HttpHeader[];
  /** The peer means to keep the connection for another request. */
  readonly keepAlive: boolean;
  /** Bytes that came behind the end of the answer. */
  readonly extraBytes: number;
  /** The answer came to its end. */
  readonly whole: boolean;
  /** What was accepted though it should not be so, without full stops; at most 16. */
  readonly notes: readonly string[];
}

/** Reads one answer out of what comes over a connection. */
export interface ResponseReader {
  push(bytes: Uint8Array): void;
  /** The peer has closed the connection in good order. A reset or a timeout is a failure of its own: then this is not called. */
  end(): void;
  readonly state: 'head' | 'body' | 'whole' | 'broken';
  /** Bytes that were pushed. */
  readonly received: number;
  /** Why the answer is broken; absent in the other states. */
  readonly problem: Failure | undefined;
  /** Everything so far; nothing before the status line of a final answer has come. */
  response(): HttpResponse | undefined;
}

export interface ResponseOptions {
  /** That of the request: HEAD is answered without a body. */
  readonly method: string;
  /** Bytes that a head may have, and so the trailers. */
  readonly headerLimit: number;
}

/**
 * A reader of one answer in HTTP/1.0 or HTTP/1.1 (RFC 9112). What it finds depends on the bytes alone and not on how they are
 * cut; its cost is linear; it keeps a head, a line and 256 KB of the body at most; it never throws.
 *
 * `problem` is one of `connection-closed` (not a byte came), `malformed-response`, `answer-too-long` (a head beyond the
 * limit), `incomplete-answer` (closed too early) and `unexpected-answer` (status 101).
 */
export function createResponseReader(options: ResponseOptions): ResponseReader {
  return new Reader(options);
}

class Reader implements ResponseReader {
  readonly #options: ResponseOptions;
  readonly #judgement = new Judgement();
  readonly #head: HeadReader;
  #framing: HttpFraming | undefined;
  #declaredLength: number | undefined;
  #keepAlive = false;
  #body: BodyReader | undefined;
  #received = 0;
  #extraBytes = 0;
  #ended = false;

  constructor(options: ResponseOptions) {
    this.#options = options;
    this.#head = new HeadReader(options.headerLimit, this.#judgement);
  }

  get state(): ResponseReader['state'] {
    if (this.#judgement.isBroken) return 'broken';
    if (this.#body === undefined) return 'head';
    return this.#body.done ? 'whole' : 'body';
  }

  get received(): number {
    return this.#received;
  }

  get problem(): Failure | undefined {
    return this.#judgement.problem;
  }

  response(): HttpResponse | undefined {
    const { statusLine, headers, bytes, interim } = this.#head;
    if (statusLine === undefined) return undefined;
    return {
      ...statusLine,
      headers: [...headers],
      headerBytes: bytes,
      interim: [...interim],
      ...(this.#framing !== undefined && { framing: this.#framing }),
      ...(this.#declaredLength !== undefined && { declaredLength: this.#declaredLength }),
      bodyBytes: this.#body?.bytes ?? 0,
      body: this.#body?.kept ?? new Uint8Array(0),
      trailers: [...(this.#body?.trailers ?? [])],
      keepAlive: this.#keepAlive,
      extraBytes: this.#extraBytes,
      whole: this.state === 'whole',
      notes: this.#judgement.notes,
    };
  }

  push(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#received += bytes.length;
    for (let at = 0; at < bytes.length; ) at = this.#take(bytes, at);
  }

  end(): void {
    if (this.state === 'head' && !this.#ended) this.#head.end();
    else if (this.state === 'body' && !this.#ended) this.#body?.end();
    this.#ended = true;
  }

  #take(bytes: Uint8Array, at: number): number {
    if (this.#judgement.isBroken) {
      this.#judgement.takeBroken(bytes.subarray(at));
      return bytes.length;
    }
    if (this.#body === undefined) {
      const next = this.#head.take(bytes, at);
      if (this.#head.done) this.#beginBody();
      return next;
    }
    if (!this.#body.done) return this.#body.take(bytes, at);
    this.#extraBytes += bytes.length - at;
    return bytes.length;
  }

  #beginBody(): void {
    const { statusLine, headers } = this.#head;
    if (statusLine === undefined || this.#judgement.isBroken) return;
    const framed = framingOf(this.#options.method, statusLine, headers);
    if ('problem' in framed) {
      this.#judgement.fail('malformed-response', framed.problem);
      return;
    }
    for (const note of framed.notes) this.#judgement.note(note);
    this.#framing = framed.framing;
    this.#declaredLength = framed.declaredLength;
    this.#keepAlive = framed.keepAlive;
    this.#body = new BodyReader(framed, this.#options.headerLimit, this.#judgement);
  }
}
