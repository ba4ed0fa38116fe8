import { SAMPLE_BYTES } from './cf-railgun-block.js';
import {
  afterBlanks,
  continuesWord,
  DIRECT,
  endsWord,
  isBlank,
  isWord,
  parse,
  RailgunParts,
} from './cf-railgun-grammar.js';
import { ReasonCache } from './cf-railgun-reasons.js';

/** What stands at an anchor. */
export const NOTHING = 0;
/** A value, to be counted here. */
export const VALUE = 1;
/** A value behind its name that has an anchor of its own, where it is counted. */
export const NAMED = 2;
/** A name with nothing behind it: empty, `-`, `null`. */
export const ABSENT = 3;
/** A name with something behind it that is no value. */
export const MALFORMED = 4;

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

/**
 * Says what stands at one anchor of a log, from the bytes around it alone: at most `LOOK_BEHIND` before it and less than 1
 * KiB after it. That is why the result never depends on how a file is cut.
 */
export class RailgunPlace {
  readonly parts = new RailgunParts();
  readonly reasons: ReasonCache;
  /** What was found: window[start, end). */
  start = 0;
  end = 0;
  /** A name stands before it. */
  named = false;
  readonly #window: Uint8Array;
  /** Where the value begins that the last name announced. */
  #announced = -1;

  constructor(window: Uint8Array) {
    this.#window = window;
    this.reasons = new ReasonCache(window);
  }

  /** Before another block is put into the window. */
  forget(): void {
    this.#announced = -1;
  }

  /** Reads nothing at or after `limit`. */
  look(at: number, limit: number): number {
    const window = this.#window;
    if (!isBlank(window[at] as number)) return this.#lookAtName(at - 6, limit);
    // The index stops at blanks after "ct" and after ten hex digits, of which none is a "t".
    const isDirect = ((window[at - 1] as number) | 0x20) === 0x74;
    const start = at - (isDirect ? 6 : 10);
    if (continuesWord(window[start - 1] as number) || !this.#parsesAt(start, limit)) return NOTHING;
    if (isDirect && !this.#isDirectAlone(limit)) return NOTHING;
    this.start = start;
    this.end = this.parts.end;
    this.named = start === this.#announced;
    return VALUE;
  }

  #parsesAt(start: number, limit: number): boolean {
    return parse(this.#window, start, limit, this.parts) && endsWord(this.#window, this.parts.end, limit);
  }

  /** Whether the `direct (reason)` in `parts` counts without a name: the reason is published, or it is a whole field. */
  #isDirectAlone(limit: number): boolean {
    const { reasonAt, reasonEnd, wordAt: start, end } = this.parts;
    if (reasonAt < 0) return false;
    return (
      this.reasons.find(reasonAt, reasonEnd).published || (this.#beginsField(start) && this.#endsField(end, limit))
    );
  }

  #beginsField(start: number): boolean {
    const window = this.#window;
    let at = start - 1;
    while (window[at] === 0x20 && start - at <= 64) at -= 1;
    const c = window[at];
    if (c === COLON) return at < start - 1;
    return c === NEWLINE || c === TAB || c === QUOTE || c === APOSTROPHE || c === COMMA || c === EQUALS;
  }

  #endsField(end: number, limit: number): boolean {
    const window = this.#window;
    let at = end;
    while (at < limit && window[at] === 0x20 && at - end < 64) at += 1;
    if (at >= limit) return true;
    const c = window[at];
    if (c === NEWLINE || c === RETURN || c === TAB) return true;
    return c === QUOTE || c === APOSTROPHE || c === COMMA || c === 0x7d || c === BACKSLASH;
  }

  /** `at` is where the name would begin. */
  #lookAtName(at: number, limit: number): number {
    const window = this.#window;
    if (((window[at] as number) | 0x20) !== 0x63 || ((window[at + 1] as number) | 0x20) !== 0x66) return NOTHING;
    if (window[at + 2] !== MINUS && window[at + 2] !== 0x5f) return NOTHING;
    if (!isWord(window, at + 3, limit, 'railgun')) return NOTHING;
    const signAt = afterBlanks(window, afterQuotes(window, at + 10, limit), limit);
    const sign = signAt < limit ? window[signAt] : 0;
    if (sign !== COLON && sign !== EQUALS) return NOTHING;
    const valueAt = afterBlanks(window, signAt + 1, limit);
    if (valueAt < limit && isBlank(window[valueAt] as number)) return NOTHING;
    // Nothing, and then the next field: `cf_railgun= status=200`, `cf_railgun:<tab>status:200`.
    const isGap = valueAt > signAt + 1 && (window[valueAt - 1] === TAB || (sign === EQUALS && signAt === at + 10));
    const kind = this.#lookAtValue(valueAt, limit);
    return isGap && kind === MALFORMED ? ABSENT : kind;
  }

  /** What follows a name: a value, perhaps in quotes (also escaped ones) or in a list of one. */
  #lookAtValue(at: number, limit: number): number {
    const window = this.#window;
    let open = at;
    if (open < limit && window[open] === 0x5b) open = afterBlanks(window, open + 1, limit);
    while (open < limit && open - at < 8 && window[open] === BACKSLASH) open += 1;
    const quote = open < limit ? (window[open] as number) : 0;
    const isQuoted = quote === QUOTE || quote === APOSTROPHE;
    this.start = isQuoted ? afterBlanks(window, open + 1, limit) : open;
    this.named = true;
    if (this.#parsesAt(this.start, limit)) {
      this.#announced = this.start;
      this.end = this.parts.end;
      return this.parts.form !== DIRECT || this.#isDirectAlone(limit) ? NAMED : VALUE;
    }
    this.end = this.#endOfSample(isQuoted ? quote : QUOTE, limit);
    return isAbsent(window, this.start, this.end, isQuoted) ? ABSENT : MALFORMED;
  }

  /** Up to the closing quote, a tab or the end of the line, without the blanks before that. */
  #endOfSample(quote: number, limit: number): number {
    const window = this.#window;
    const most = Math.min(limit, this.start + SAMPLE_BYTES);
    let at = this.start;
    while (at < most && !endsSample(window[at] as number, quote)) at += 1;
    while (at > this.start && (isBlank(window[at - 1] as number) || window[at - 1] === BACKSLASH)) at -= 1;
    return at;
  }
}

function afterQuotes(window: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && at - from < 8) {
    const c = window[at];
    if (c !== BACKSLASH && c !== QUOTE && c !== APOSTROPHE) break;
    at += 1;
  }
  return at;
}

function endsSample(c: number, quote: number): boolean {
  return c === NEWLINE || c === RETURN || c === TAB || c === quote;
}

/** Whether window[start, end), which is no value, stands for none. Without quotes another field may follow it. */
function isAbsent(window: Uint8Array, start: number, end: number, isQuoted: boolean): boolean {
  if (start === end) return true;
  const c = window[start];
  if (c === MINUS) return isQuoted ? end === start + 1 : endsWord(window, start + 1, end);
  return !isQuoted && (c === COMMA || c === 0x5d || c === 0x7d || isWord(window, start, end, 'null'));
}
