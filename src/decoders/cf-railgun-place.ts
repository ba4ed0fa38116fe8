import { SAMPLE_BYTES } from './cf-railgun-block.js';
import {
  afterBlanks,
  beginsBetween,
  continuesWord,
  DIRECT,
  endsBetween,
  endsNamed,
  endsUnquoted,
  endsWord,
  fillsField,
  hasName,
  isBlank,
  isKeyAt,
  isMark,
  isWord,
  NamedField,
  parse,
  RailgunParts,
  readName,
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
/** Something that is no value, behind a name or where a value begins that does not fill its field. */
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
 * Says what stands at one anchor of a log, from the bytes around it alone: at most `LOOK_BEHIND` before it and less than 3
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
  readonly #field = new NamedField();

  constructor(window: Uint8Array) {
    this.#window = window;
    this.reasons = new ReasonCache(window);
  }

  /**
   * Reads nothing at or after `limit`.
   *
   * @param separator what separates the fields of the log, -1 for nothing
   */
  look(at: number, limit: number, separator: number): number {
    const window = this.#window;
    if (!isBlank(window[at] as number)) return this.#lookAtName(at - 6, limit);
    // The index stops at blanks after "ct" and after ten hex digits, of which none is a "t".
    const isDirect = ((window[at - 1] as number) | 0x20) === 0x74;
    const start = at - (isDirect ? 6 : 10);
    if (continuesWord(window[start - 1] as number) || !this.#parsesAt(start, limit)) return NOTHING;
    if (isDirect && !this.#isDirectAlone(limit)) return NOTHING;
    const { end } = this.parts;
    this.start = start;
    this.end = end;
    this.named = hasName(window, start, limit, this.#field);
    if (fillsField(window, start, end, limit, separator, this.#field)) return VALUE;
    // At the name it was looked at too.
    if (this.named) return NOTHING;
    const before = window[start - 1] as number;
    this.end = this.#endOfSample(end, limit, before === QUOTE || before === APOSTROPHE ? before : separator);
    return MALFORMED;
  }

  #parsesAt(start: number, limit: number): boolean {
    return parse(this.#window, start, limit, this.parts) && endsWord(this.#window, this.parts.end, limit);
  }

  /** The line that is nothing but `direct`, which begins at `start`. */
  takeDirect(start: number): void {
    parse(this.#window, start, start + 6, this.parts);
    this.start = start;
    this.end = start + 6;
    this.named = false;
  }

  /**
   * Whether the `direct` in `parts` counts without a name: its reason is published, or it is a whole field; without a
   * reason, it is a whole line.
   */
  #isDirectAlone(limit: number): boolean {
    const { reasonAt, reasonEnd, wordAt: start, end } = this.parts;
    if (reasonAt < 0) {
      return beginsBetween(this.#window, start, NEWLINE) && endsBetween(this.#window, end, limit, NEWLINE);
    }
    return (
      this.reasons.find(reasonAt, reasonEnd).published || (this.#beginsField(start) && this.#endsField(end, limit))
    );
  }

  #beginsField(start: number): boolean {
    const window = this.#window;
    let at = start - 1;
    while (window[at] === 0x20 && start - at <= 64) at -= 1;
    const c = window[at];
    if (isMark(window, at - 2)) return true;
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
    const field = this.#field;
    if (!readName(window, at, limit, field)) return NOTHING;
    this.start = field.start;
    this.named = true;
    const isValue = parse(window, field.start, limit, this.parts);
    const isWord = isValue && endsWord(window, this.parts.end, limit);
    if (isWord && endsNamed(window, this.parts.end, limit, field)) {
      this.end = this.parts.end;
      return this.parts.form !== DIRECT || this.#isDirectAlone(limit) ? NAMED : VALUE;
    }
    this.end = this.#endOfNamed(isValue ? this.parts.end : field.start, limit);
    return !isWord && (field.isGap || this.#isAbsent(limit)) ? ABSENT : MALFORMED;
  }

  /** Whether the field, which is no value, stands for none. Without quotes another field may follow it. */
  #isAbsent(limit: number): boolean {
    const { start, end } = this;
    const { quote, isList } = this.#field;
    const window = this.#window;
    if (start === end) return true;
    const c = window[start];
    if (c === MINUS && (quote !== 0 ? end === start + 1 : endsWord(window, start + 1, end))) return true;
    if (quote === 0 && (c === 0x7b || c === 0x5b || isWord(window, start, end, 'null'))) return true;
    return isList && this.#hasNext(limit);
  }

  /** Whether another element follows in the list that the field begins. */
  #hasNext(limit: number): boolean {
    const window = this.#window;
    let at = this.end;
    while (at < limit && at - this.end < 80 && (isBlank(window[at] as number) || window[at] === BACKSLASH)) at += 1;
    if (this.#field.quote !== 0 && at < limit && window[at] === this.#field.quote) {
      at = afterBlanks(window, at + 1, limit);
    }
    return at < limit && window[at] === COMMA;
  }

  /** The end of the field behind a name, looked for from `from` on. */
  #endOfNamed(from: number, limit: number): number {
    const window = this.#window;
    const { quote, isEquals } = this.#field;
    if (quote !== 0) return this.#endOfSample(from, limit, quote);
    const most = Math.min(limit, this.start + SAMPLE_BYTES);
    let at = from;
    while (at < most && !endsUnquoted(window, at, limit)) {
      if (isEquals && at > from && window[at - 1] === 0x20 && isKeyAt(window, at, limit)) break;
      at += 1;
    }
    return this.#trimmed(at);
  }

  /** Up to `mark`, a tab or the end of the line, without the blanks before that. */
  #endOfSample(from: number, limit: number, mark: number): number {
    const window = this.#window;
    const most = Math.min(limit, this.start + SAMPLE_BYTES);
    let at = from;
    while (at < most && !endsSample(window[at] as number, mark)) at += 1;
    return this.#trimmed(at);
  }

  #trimmed(end: number): number {
    const window = this.#window;
    let at = end;
    while (at > this.start && (isBlank(window[at - 1] as number) || window[at - 1] === BACKSLASH)) at -= 1;
    return at;
  }
}

function endsSample(c: number, mark: number): boolean {
  return c === NEWLINE || c === RETURN || c === TAB || c === mark;
}
