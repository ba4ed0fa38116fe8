/**
 * The grammar of a `Cf-Railgun` value, over bytes: the only one. `decode` runs it over one value and the log scanner over
 * every place in a log where a value may begin, so the two cannot disagree.
 *
 * ```
 * compressed  id ratio time flags [version]
 * stream, normal, origin
 *             id keyword [time] [flags] [version]   ·   id flags keyword [time] [version]
 * direct      direct [ (reason) ]
 * ```
 * Fields stand 1 to 64 blanks (spaces, tabs) apart; keywords and digits in any case. Everything is ASCII, as header values
 * are: no other byte is part of a value. The longest value is shorter than 400 bytes.
 */

/** The forms of a header, in the order of `RailgunParts.form`. */
export const headerForms = ['compressed', 'stream', 'normal', 'direct', 'origin'] as const;

export type HeaderForm = (typeof headerForms)[number];

export const COMPRESSED = 0;
export const STREAM = 1;
export const NORMAL = 2;
export const DIRECT = 3;
export const ORIGIN = 4;

/** What can be missing or wrong; `end` is anything after a complete value. */
export type RailgunField = 'id' | 'ratioPercent' | 'originTimeSeconds' | 'flags' | 'version' | 'reason' | 'end';

/** No value is as long as this, in bytes. */
export const LONGEST_VALUE = 512;

/** Blanks between two fields, at most: without a bound a value could be longer than any look-ahead. */
const MOST_BLANKS = 64;
const LONGEST_REASON = 80;
const ID_DIGITS = 10;

/** In a table of byte kinds: not a hex digit (those are 0 to 15, their value), but part of a word. */
const WORD = 16;
/** In a table of byte kinds: ends a word. */
const BREAK = 32;

/** A kind for each byte, so that random hex digits cost no branches that the processor cannot foretell. */
function byteKinds(): Uint8Array {
  const kinds = new Uint8Array(256).fill(BREAK);
  for (const c of 'ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ_.-') kinds[c.charCodeAt(0)] = WORD;
  for (const c of '0123456789abcdefABCDEF') kinds[c.charCodeAt(0)] = Number.parseInt(c, 16);
  return kinds;
}

/**
 * What `parse` found. It is filled again for every value, so that scanning allocates nothing. Numbers are -1 where the
 * field is absent; the `…At` and `…End` positions mean something only where the field is present.
 */
export class RailgunParts {
  /** Index in `headerForms`, -1 unless the value is complete. */
  form = -1;
  /** The first byte after the value. */
  end = 0;
  idAt = -1;
  /** The keyword (`stream`, `direct` …). */
  wordAt = -1;
  wordEnd = 0;
  ratio = -1;
  ratioAt = 0;
  ratioEnd = 0;
  /** Seconds. */
  time = -1;
  timeAt = 0;
  timeEnd = 0;
  flags = -1;
  flagsAt = 0;
  flagsEnd = 0;
  /** The four hex digits as a number, only to count them; `versionAt` is where to read them. */
  version = -1;
  versionAt = 0;
  reasonAt = -1;
  reasonEnd = 0;
  /** Where the value is incomplete: what was needed, and where. */
  needed: RailgunField = 'id';
  neededAt = 0;
  /** Out-parameter of `decimal`: a wider return value would have to be allocated. */
  number = -1;
  readonly kinds = byteKinds();

  clear(): void {
    this.form = -1;
    this.idAt = -1;
    this.wordAt = -1;
    this.ratio = -1;
    this.time = -1;
    this.flags = -1;
    this.version = -1;
    this.reasonAt = -1;
  }
}

/**
 * Reads one value that begins at `at` and reads no byte at or after `end`. True where a complete value is there; what
 * follows it (`out.end`) is the caller's to judge, except that the last field ends there as a word.
 */
export function parse(bytes: Uint8Array, at: number, end: number, out: RailgunParts): boolean {
  out.clear();
  if (!isId(bytes, at, end, out.kinds)) {
    return wordAt(bytes, at, end, 'direct') ? parseDirect(bytes, at, end, out) : stop(out, 'id', at);
  }
  out.idAt = at;
  const second = afterBlanks(bytes, at + ID_DIGITS, end);
  const ratioEnd = decimal(bytes, second, end, out, false);
  const third = ratioEnd < 0 ? ratioEnd : afterBlanks(bytes, ratioEnd, end);
  if (third > ratioEnd) {
    out.ratio = out.number;
    out.ratioAt = second;
    out.ratioEnd = ratioEnd;
    const timeEnd = decimal(bytes, third, end, out, true);
    if (timeEnd > 0) return parseCompressed(bytes, third, timeEnd, end, out);
    out.ratio = -1;
  }
  return parseKeyword(bytes, at + ID_DIGITS, second, end, out);
}

/** What may come next after a complete value: the field that `decode` names when something else is there. */
export function nextField(parts: RailgunParts): RailgunField {
  if (parts.form === DIRECT) return parts.reasonAt < 0 ? 'reason' : 'end';
  if (parts.version >= 0) return 'end';
  if (parts.flags >= 0) return 'version';
  return parts.time >= 0 ? 'flags' : 'originTimeSeconds';
}

/** `id ratio time` are read; the flags must follow. */
function parseCompressed(bytes: Uint8Array, timeAt: number, timeEnd: number, end: number, out: RailgunParts): boolean {
  if (!isApart(bytes, timeEnd, end)) return stop(out, 'originTimeSeconds', timeAt);
  out.time = out.number;
  out.timeAt = timeAt;
  out.timeEnd = timeEnd;
  const at = afterBlanks(bytes, timeEnd, end);
  const flagsEnd = at > timeEnd ? flagsAt(bytes, at, end, out) : -1;
  if (flagsEnd < 0) return stop(out, 'flags', at);
  return complete(out, COMPRESSED, versionAfter(bytes, flagsEnd, end, out));
}

/** `id` is read, and what follows at `second` is no ratio and time. */
function parseKeyword(bytes: Uint8Array, idEnd: number, second: number, end: number, out: RailgunParts): boolean {
  if (second === idEnd || second === end) return stop(out, 'ratioPercent', second);
  const form = keywordAt(bytes, second, end, out);
  if (form >= 0) return parseTail(bytes, form, out.wordEnd, end, out);
  if (parseFlagsThenKeyword(bytes, second, end, out)) return true;
  const ratioEnd = decimal(bytes, second, end, out, false);
  if (ratioEnd < 0 || !isApart(bytes, ratioEnd, end)) return stop(out, 'ratioPercent', second);
  out.ratio = out.number;
  out.ratioAt = second;
  out.ratioEnd = ratioEnd;
  return stop(out, 'originTimeSeconds', afterBlanks(bytes, ratioEnd, end));
}

/** The layout of Claire's comment: `id flags normal [version]`. */
function parseFlagsThenKeyword(bytes: Uint8Array, at: number, end: number, out: RailgunParts): boolean {
  const flagsEnd = flagsAt(bytes, at, end, out);
  const next = flagsEnd < 0 ? flagsEnd : afterBlanks(bytes, flagsEnd, end);
  const form = next > flagsEnd ? keywordAt(bytes, next, end, out) : -1;
  if (form >= 0) return parseTail(bytes, form, out.wordEnd, end, out);
  out.flags = -1;
  return false;
}

/** After the keyword: each field is told from the others by its shape, and each may be missing. */
function parseTail(bytes: Uint8Array, form: number, wordEnd: number, end: number, out: RailgunParts): boolean {
  let last = wordEnd;
  let next = afterBlanks(bytes, last, end);
  const timeEnd = next > last ? decimal(bytes, next, end, out, true) : -1;
  if (timeEnd > 0) {
    out.time = out.number;
    out.timeAt = next;
    out.timeEnd = timeEnd;
    last = timeEnd;
    next = afterBlanks(bytes, last, end);
  }
  if (out.flags < 0 && next > last) {
    const flagsEnd = flagsAt(bytes, next, end, out);
    if (flagsEnd < 0) return complete(out, form, last);
    last = flagsEnd;
  }
  return complete(out, form, out.flags < 0 ? last : versionAfter(bytes, last, end, out));
}

function parseDirect(bytes: Uint8Array, at: number, end: number, out: RailgunParts): boolean {
  const wordEnd = at + 6;
  out.wordAt = at;
  out.wordEnd = wordEnd;
  const open = afterBlanks(bytes, wordEnd, end);
  if (open === wordEnd || open >= end || bytes[open] !== 0x28) return complete(out, DIRECT, wordEnd);
  const most = Math.min(end, open + 1 + LONGEST_REASON + 1);
  let close = open + 1;
  while (close < most && isReason(bytes[close])) close += 1;
  if (close >= most || bytes[close] !== 0x29) return stop(out, 'reason', Math.min(close, open + 1 + LONGEST_REASON));
  let first = open + 1;
  let last = close;
  while (first < last && bytes[first] === 0x20) first += 1;
  while (last > first && bytes[last - 1] === 0x20) last -= 1;
  if (first === last) return stop(out, 'reason', close);
  out.reasonAt = first;
  out.reasonEnd = last;
  return complete(out, DIRECT, close + 1);
}

function complete(out: RailgunParts, form: number, end: number): true {
  out.form = form;
  out.end = end;
  return true;
}

function stop(out: RailgunParts, needed: RailgunField, at: number): false {
  out.needed = needed;
  out.neededAt = at;
  return false;
}

/** The end of 1 to 4 hex digits at `at`, or -1; the value goes to `out.flags`. */
function flagsAt(bytes: Uint8Array, at: number, end: number, out: RailgunParts): number {
  const flagsEnd = hexWord(bytes, at, end, out);
  if (flagsEnd === at || flagsEnd - at > 4 || !isBreak(bytes, flagsEnd, end, out.kinds)) return -1;
  out.flags = out.number;
  out.flagsAt = at;
  out.flagsEnd = flagsEnd;
  return flagsEnd;
}

/** The end of the version after the field that ends at `last`, or `last` where none is there. */
function versionAfter(bytes: Uint8Array, last: number, end: number, out: RailgunParts): number {
  const at = afterBlanks(bytes, last, end);
  if (at === last) return last;
  const versionEnd = hexWord(bytes, at, end, out);
  if (versionEnd - at !== 4 || !isBreak(bytes, versionEnd, end, out.kinds)) return last;
  out.version = out.number;
  out.versionAt = at;
  return versionEnd;
}

/** The end of the hex digits at `at`, of which at most 5 are looked at; their value goes to `out.number`. */
function hexWord(bytes: Uint8Array, at: number, end: number, out: RailgunParts): number {
  const { kinds } = out;
  const most = Math.min(end, at + 5);
  let value = 0;
  let p = at;
  while (p < most) {
    const digit = kinds[bytes[p] as number] as number;
    if (digit >= WORD) break;
    value = (value << 4) | digit;
    p += 1;
  }
  out.number = value;
  return p;
}

/** Whether ten hex digits stand at `at` and no more. Written out, because this is asked most often. */
function isId(bytes: Uint8Array, at: number, end: number, kinds: Uint8Array): boolean {
  if (end - at < ID_DIGITS) return false;
  const kind = (i: number) => kinds[bytes[at + i] as number] as number;
  const all = kind(0) | kind(1) | kind(2) | kind(3) | kind(4) | kind(5) | kind(6) | kind(7) | kind(8) | kind(9);
  return all < WORD && isApart(bytes, at + ID_DIGITS, end);
}

const powersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/**
 * The end of a decimal number at `at` (1 to 5 digits, a point and 1 to 9 digits; without `point` those may be missing),
 * or -1; the value goes to `out.number`. An integer below 2^53 over a power of ten that is exact: one division, rounded
 * once, is the same as `Number(text)`.
 */
function decimal(bytes: Uint8Array, at: number, end: number, out: RailgunParts, point: boolean): number {
  const { kinds } = out;
  let p = at;
  let mantissa = 0;
  let digit = digitAt(bytes, p, end, kinds);
  while (digit < 10) {
    mantissa = mantissa * 10 + digit;
    p += 1;
    if (p - at > 5) return -1;
    digit = digitAt(bytes, p, end, kinds);
  }
  if (p === at) return -1;
  let decimals = 0;
  if (p < end && bytes[p] === 0x2e) {
    p += 1;
    digit = digitAt(bytes, p, end, kinds);
    while (digit < 10) {
      mantissa = mantissa * 10 + digit;
      p += 1;
      decimals += 1;
      if (decimals > 9) return -1;
      digit = digitAt(bytes, p, end, kinds);
    }
    if (decimals === 0) return -1;
  } else if (point) {
    return -1;
  }
  if (digit !== BREAK) return -1;
  out.number = mantissa / (powersOfTen[decimals] as number);
  return p;
}

/** The kind of the byte at `at`: below 10 for a decimal digit, `BREAK` at the end. */
function digitAt(bytes: Uint8Array, at: number, end: number, kinds: Uint8Array): number {
  return at < end ? (kinds[bytes[at] as number] as number) : BREAK;
}

/** Whether a field that another must follow ends at `at`: at a blank, or because the value was cut off. */
function isApart(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || isBlank(bytes[at]);
}

function isBreak(bytes: Uint8Array, at: number, end: number, kinds: Uint8Array): boolean {
  return at >= end || kinds[bytes[at] as number] === BREAK;
}

/** The form whose keyword stands at `at` as a whole word, or -1. */
function keywordAt(bytes: Uint8Array, at: number, end: number, out: RailgunParts): number {
  let form = -1;
  if (wordAt(bytes, at, end, 'stream')) form = STREAM;
  else if (wordAt(bytes, at, end, 'normal')) form = NORMAL;
  else if (wordAt(bytes, at, end, 'origin')) form = ORIGIN;
  if (form >= 0) {
    out.wordAt = at;
    out.wordEnd = at + 6;
  }
  return form;
}

/** Whether the lower-case `word` stands at `at` in any case and ends there. */
export function wordAt(bytes: Uint8Array, at: number, end: number, word: string): boolean {
  if (end - at < word.length) return false;
  // From the end: an id can begin like "direct", but its sixth digit is no "t".
  for (let i = word.length - 1; i >= 0; i -= 1) {
    if (((bytes[at + i] as number) | 0x20) !== word.charCodeAt(i)) return false;
  }
  return endsWord(bytes, at + word.length, end);
}

/** The first byte after the blanks at `at`; `at` itself where there are none, or more than a value may have. */
export function afterBlanks(bytes: Uint8Array, at: number, end: number): number {
  let p = at;
  while (p < end && isBlank(bytes[p])) {
    p += 1;
    if (p - at > MOST_BLANKS) return at;
  }
  return p;
}

/** Whether the byte at `at` cannot continue a word: the end, or none of letters, digits, `_`, `.` and `-`. */
export function endsWord(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return true;
  const c = bytes[at] as number;
  if (c <= 0x22) return true;
  const isLetter = (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a;
  return !(isLetter || (c >= 0x30 && c <= 0x39) || c === 0x5f || c === 0x2e || c === 0x2d);
}

export function isBlank(c: number | undefined): boolean {
  return c === 0x20 || c === 0x09;
}

/** Plain text without quotes and parentheses. */
function isReason(c: number | undefined): boolean {
  return c !== undefined && c >= 0x20 && c <= 0x7e && c !== 0x22 && c !== 0x27 && c !== 0x28 && c !== 0x29;
}
