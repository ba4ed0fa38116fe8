/**
 * The grammar of a `Cf-Railgun` value, over bytes: the only one. `decode` runs it over one value, and the log scanner over
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
 *
 * Gigabytes of logs want this in WebAssembly. So the file keeps to what TypeScript and AssemblyScript have in common, and
 * scripts/build-anchor-index.mjs compiles it too, with other types in the place of the next three lines.
 */
type i32 = number;
type f64 = number;
type Bytes = Uint8Array;

// The indexes of `headerForms` in cf-railgun-fields.ts.
export const COMPRESSED: i32 = 0;
export const STREAM: i32 = 1;
export const NORMAL: i32 = 2;
export const DIRECT: i32 = 3;
export const ORIGIN: i32 = 4;

// The indexes of `railgunFields` in cf-railgun-fields.ts.
const NEEDS_ID: i32 = 0;
const NEEDS_RATIO: i32 = 1;
const NEEDS_TIME: i32 = 2;
const NEEDS_FLAGS: i32 = 3;
const NEEDS_VERSION: i32 = 4;
const NEEDS_REASON: i32 = 5;
const NEEDS_END: i32 = 6;

/** No value is as long as this, in bytes. */
export const LONGEST_VALUE: i32 = 512;

/** Blanks between two fields, at most: without a bound a value could be longer than any look-ahead. */
const MOST_BLANKS: i32 = 64;
const LONGEST_REASON: i32 = 80;
const ID_DIGITS: i32 = 10;

/**
 * What `parse` found. It is filled again for every value, so that scanning allocates nothing. Numbers are -1 where the
 * field is absent; the `…At` and `…End` positions mean something only where the field is present.
 */
export class RailgunParts {
  /** Index in `headerForms`, -1 unless the value is complete. */
  form: i32 = -1;
  /** The first byte after the value. */
  end: i32 = 0;
  idAt: i32 = -1;
  /** The keyword (`stream`, `direct` …). */
  wordAt: i32 = -1;
  wordEnd: i32 = 0;
  /** Percent. */
  ratio: f64 = -1;
  ratioAt: i32 = 0;
  ratioEnd: i32 = 0;
  /** Seconds. */
  time: f64 = -1;
  timeAt: i32 = 0;
  timeEnd: i32 = 0;
  flags: i32 = -1;
  flagsAt: i32 = 0;
  flagsEnd: i32 = 0;
  /** The four hex digits as a number, only to count them; `versionAt` is where to read them. */
  version: i32 = -1;
  versionAt: i32 = 0;
  reasonAt: i32 = -1;
  reasonEnd: i32 = 0;
  /** Where the value is incomplete: what was needed (index in `railgunFields`), and where. */
  needed: i32 = 0;
  neededAt: i32 = 0;
  /** What `decimal` and `hexWord` read, beside the position that they return. */
  number: f64 = -1;
  word: i32 = -1;
}

/**
 * Reads one value that begins at `at` and reads no byte at or after `end`. True where a complete value is there; what
 * follows it (`out.end`) is the caller's to judge, except that the last field ends there as a word.
 */
export function parse(bytes: Bytes, at: i32, end: i32, out: RailgunParts): boolean {
  out.form = -1;
  out.idAt = -1;
  out.wordAt = -1;
  out.ratio = -1;
  out.time = -1;
  out.flags = -1;
  out.version = -1;
  out.reasonAt = -1;
  if (!isId(bytes, at, end)) {
    return isWord(bytes, at, end, 'direct') ? parseDirect(bytes, at, end, out) : stop(out, NEEDS_ID, at);
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

/** What may come next after a complete value (index in `railgunFields`): what is missing when something else is there. */
export function nextField(parts: RailgunParts): i32 {
  if (parts.form === DIRECT) return parts.reasonAt < 0 ? NEEDS_REASON : NEEDS_END;
  if (parts.version >= 0) return NEEDS_END;
  if (parts.flags >= 0) return NEEDS_VERSION;
  return parts.time >= 0 ? NEEDS_FLAGS : NEEDS_TIME;
}

/** `id ratio time` are read; the flags must follow. */
function parseCompressed(bytes: Bytes, timeAt: i32, timeEnd: i32, end: i32, out: RailgunParts): boolean {
  if (!isApart(bytes, timeEnd, end)) return stop(out, NEEDS_TIME, timeAt);
  out.time = out.number;
  out.timeAt = timeAt;
  out.timeEnd = timeEnd;
  const at = afterBlanks(bytes, timeEnd, end);
  const flagsEnd = at > timeEnd ? flagsAt(bytes, at, end, out) : -1;
  if (flagsEnd < 0) return stop(out, NEEDS_FLAGS, at);
  return complete(out, COMPRESSED, versionAfter(bytes, flagsEnd, end, out));
}

/** `id` is read, and what follows at `second` is no ratio and time. */
function parseKeyword(bytes: Bytes, idEnd: i32, second: i32, end: i32, out: RailgunParts): boolean {
  if (second === idEnd || second === end) return stop(out, NEEDS_RATIO, second);
  const form = keywordAt(bytes, second, end, out);
  if (form >= 0) return parseTail(bytes, form, out.wordEnd, end, out);
  if (parseFlagsThenKeyword(bytes, second, end, out)) return true;
  const ratioEnd = decimal(bytes, second, end, out, false);
  if (ratioEnd < 0 || !isApart(bytes, ratioEnd, end)) return stop(out, NEEDS_RATIO, second);
  out.ratio = out.number;
  out.ratioAt = second;
  out.ratioEnd = ratioEnd;
  return stop(out, NEEDS_TIME, afterBlanks(bytes, ratioEnd, end));
}

/** The layout of Claire's comment: `id flags normal [version]`. */
function parseFlagsThenKeyword(bytes: Bytes, at: i32, end: i32, out: RailgunParts): boolean {
  const flagsEnd = flagsAt(bytes, at, end, out);
  const next = flagsEnd < 0 ? flagsEnd : afterBlanks(bytes, flagsEnd, end);
  const form = next > flagsEnd ? keywordAt(bytes, next, end, out) : -1;
  if (form >= 0) return parseTail(bytes, form, out.wordEnd, end, out);
  out.flags = -1;
  return false;
}

/** After the keyword: each field is told from the others by its shape, and each may be missing. */
function parseTail(bytes: Bytes, form: i32, wordEnd: i32, end: i32, out: RailgunParts): boolean {
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

function parseDirect(bytes: Bytes, at: i32, end: i32, out: RailgunParts): boolean {
  const wordEnd = at + 6;
  out.wordAt = at;
  out.wordEnd = wordEnd;
  const open = afterBlanks(bytes, wordEnd, end);
  if (open === wordEnd || open >= end || (bytes[open] as i32) !== 0x28) return complete(out, DIRECT, wordEnd);
  let close = open + 1;
  while (close < end && close - open <= LONGEST_REASON && isReason(bytes[close] as i32)) close += 1;
  if (close >= end || (bytes[close] as i32) !== 0x29) return stop(out, NEEDS_REASON, close);
  let first = open + 1;
  let last = close;
  while (first < last && (bytes[first] as i32) === 0x20) first += 1;
  while (last > first && (bytes[last - 1] as i32) === 0x20) last -= 1;
  if (first === last) return stop(out, NEEDS_REASON, close);
  out.reasonAt = first;
  out.reasonEnd = last;
  return complete(out, DIRECT, close + 1);
}

function complete(out: RailgunParts, form: i32, end: i32): boolean {
  out.form = form;
  out.end = end;
  return true;
}

function stop(out: RailgunParts, needed: i32, at: i32): boolean {
  out.needed = needed;
  out.neededAt = at;
  return false;
}

/** The end of 1 to 4 hex digits at `at`, or -1; the value goes to `out.flags`. */
function flagsAt(bytes: Bytes, at: i32, end: i32, out: RailgunParts): i32 {
  const flagsEnd = hexWord(bytes, at, end, out);
  if (flagsEnd === at || flagsEnd - at > 4 || !endsWord(bytes, flagsEnd, end)) return -1;
  out.flags = out.word;
  out.flagsAt = at;
  out.flagsEnd = flagsEnd;
  return flagsEnd;
}

/** The end of the version after the field that ends at `last`, or `last` where none is there. */
function versionAfter(bytes: Bytes, last: i32, end: i32, out: RailgunParts): i32 {
  const at = afterBlanks(bytes, last, end);
  if (at === last) return last;
  const versionEnd = hexWord(bytes, at, end, out);
  if (versionEnd - at !== 4 || !endsWord(bytes, versionEnd, end)) return last;
  out.version = out.word;
  out.versionAt = at;
  return versionEnd;
}

/** The end of the hex digits at `at`, of which at most 5 are looked at; their value goes to `out.word`. */
function hexWord(bytes: Bytes, at: i32, end: i32, out: RailgunParts): i32 {
  let value: i32 = 0;
  let p = at;
  while (p < end && p - at < 5 && isHex(bytes[p] as i32)) {
    const c = bytes[p] as i32;
    // A letter has bit 6 and is 9 more than its low bits.
    value = (value << 4) | ((c & 15) + (c >> 6) * 9);
    p += 1;
  }
  out.word = value;
  return p;
}

/** Whether ten hex digits stand at `at` and no more. */
function isId(bytes: Bytes, at: i32, end: i32): boolean {
  if (end - at < ID_DIGITS) return false;
  for (let i: i32 = 0; i < ID_DIGITS; i += 1) {
    if (!isHex(bytes[at + i] as i32)) return false;
  }
  return isApart(bytes, at + ID_DIGITS, end);
}

/**
 * The end of a decimal number at `at` (1 to 5 digits, a point and 1 to 9 digits; without `point` those may be missing),
 * or -1; the value goes to `out.number`. An integer below 2^53 over a power of ten that is exact: one division, rounded
 * once, is the same as `Number(text)`. Until then the parts are counted as integers, which is faster.
 */
function decimal(bytes: Bytes, at: i32, end: i32, out: RailgunParts, point: boolean): i32 {
  let whole: i32 = 0;
  let fraction: i32 = 0;
  let unit: i32 = 1;
  let p = at;
  while (p < end && isDigit(bytes[p] as i32)) {
    whole = whole * 10 + ((bytes[p] as i32) - 0x30);
    p += 1;
    if (p - at > 5) return -1;
  }
  if (p === at) return -1;
  if (p < end && (bytes[p] as i32) === 0x2e) {
    p += 1;
    const first = p;
    while (p < end && isDigit(bytes[p] as i32)) {
      if (p - first === 9) return -1;
      fraction = fraction * 10 + ((bytes[p] as i32) - 0x30);
      unit *= 10;
      p += 1;
    }
    if (p === first) return -1;
  } else if (point) {
    return -1;
  }
  if (!endsWord(bytes, p, end)) return -1;
  out.number = ((whole as f64) * (unit as f64) + (fraction as f64)) / (unit as f64);
  return p;
}

/** The form whose keyword stands at `at` as a whole word, or -1. */
function keywordAt(bytes: Bytes, at: i32, end: i32, out: RailgunParts): i32 {
  let form: i32 = -1;
  if (isWord(bytes, at, end, 'stream')) form = STREAM;
  else if (isWord(bytes, at, end, 'normal')) form = NORMAL;
  else if (isWord(bytes, at, end, 'origin')) form = ORIGIN;
  if (form >= 0) {
    out.wordAt = at;
    out.wordEnd = at + 6;
  }
  return form;
}

/** Whether the lower-case `word` stands at `at` in any case and ends there. */
export function isWord(bytes: Bytes, at: i32, end: i32, word: string): boolean {
  if (end - at < word.length) return false;
  for (let i: i32 = 0; i < word.length; i += 1) {
    if (((bytes[at + i] as i32) | 0x20) !== word.charCodeAt(i)) return false;
  }
  return endsWord(bytes, at + word.length, end);
}

/** The first byte after the blanks at `at`; `at` itself where there are none, or more than a value may have. */
export function afterBlanks(bytes: Bytes, at: i32, end: i32): i32 {
  let p = at;
  while (p < end && isBlank(bytes[p] as i32)) {
    p += 1;
    if (p - at > MOST_BLANKS) return at;
  }
  return p;
}

/** Whether the byte at `at` cannot continue a word: the end, or none of letters, digits, `_`, `.` and `-`. */
export function endsWord(bytes: Bytes, at: i32, end: i32): boolean {
  if (at >= end) return true;
  const c = bytes[at] as i32;
  return c <= 0x22 || !(isLetter(c) || isDigit(c) || c === 0x5f || c === 0x2e || c === 0x2d);
}

/**
 * Whether no value begins after this byte in a log, because it would be in the middle of a word, a path, a number or a
 * call: letters, digits and `_.%/+-(`.
 */
export function continuesWord(c: i32): boolean {
  if (c <= 0x22) return false;
  if (isLetter(c) || isDigit(c) || c === 0x5f) return true;
  return c === 0x25 || c === 0x28 || c === 0x2b || c === 0x2d || c === 0x2e || c === 0x2f;
}

export function isBlank(c: i32): boolean {
  return c === 0x20 || c === 0x09;
}

/** Whether a field that another must follow ends at `at`: at a blank, or because the value was cut off. */
function isApart(bytes: Bytes, at: i32, end: i32): boolean {
  return at >= end || isBlank(bytes[at] as i32);
}

/** Without branches, because the processor cannot foretell them: a pair is negative in both only between its bounds. */
function isHex(c: i32): boolean {
  const low = c | 0x20;
  return (((0x2f - c) & (c - 0x3a)) | ((0x60 - low) & (low - 0x67))) < 0;
}

function isDigit(c: i32): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isLetter(c: i32): boolean {
  return (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a;
}

/** Plain text without quotes and parentheses. */
function isReason(c: i32): boolean {
  return c >= 0x20 && c <= 0x7e && c !== 0x22 && c !== 0x27 && c !== 0x28 && c !== 0x29;
}
