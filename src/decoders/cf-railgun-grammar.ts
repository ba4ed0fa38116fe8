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
 * scripts/build-webassembly.mjs compiles it too, with other types in the place of the next three lines.
 */
type i32 = number;
type f64 = number;
type Bytes = Uint8Array;

// The indexes of `headerForms` in cf-railgun.ts.
export const COMPRESSED: i32 = 0;
export const STREAM: i32 = 1;
export const NORMAL: i32 = 2;
export const DIRECT: i32 = 3;
export const ORIGIN: i32 = 4;

// The indexes of `railgunFields` in cf-railgun.ts.
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

/** What stands around the value behind a name. */
export class NamedField {
  /** Where the value begins, behind blanks and quotes. */
  start: i32 = 0;
  /** The opening quote, 0 where there is none, and how many backslashes stand before it. */
  quote: i32 = 0;
  escapes: i32 = 0;
  isEquals: boolean = false;
  isList: boolean = false;
  /** Blanks that may stand for a missing value: `cf_railgun= status=200`, `cf_railgun:<tab>status:200`. */
  isGap: boolean = false;
}

/** Blanks after a value, at most: as many end its field. */
const MOST_TRAILING: i32 = 1024;

/**
 * Whether a name begins at `at`: `Cf-Railgun` as the whole key, and `:` or `=`. Before it may stand the beginning of the
 * line, a blank, a quote, one of `,;|{[<>`, an escaped newline, and nginx's prefixes.
 */
export function readName(bytes: Bytes, at: i32, limit: i32, out: NamedField): boolean {
  if (((bytes[at] as i32) | 0x20) !== 0x63 || ((bytes[at + 1] as i32) | 0x20) !== 0x66) return false;
  if ((bytes[at + 2] as i32) !== 0x2d && (bytes[at + 2] as i32) !== 0x5f) return false;
  if (!isWord(bytes, at + 3, limit, 'railgun') || !beginsKey(bytes, at)) return false;
  let signAt = at + 10;
  while (signAt < limit && signAt - at < 18 && isQuoteOrEscape(bytes[signAt] as i32)) signAt += 1;
  signAt = afterBlanks(bytes, signAt, limit);
  const sign: i32 = signAt < limit ? (bytes[signAt] as i32) : 0;
  if (sign !== 0x3a && sign !== 0x3d) return false;
  let p = afterBlanks(bytes, signAt + 1, limit);
  if (p < limit && isBlank(bytes[p] as i32)) return false;
  out.isEquals = sign === 0x3d;
  out.isGap = p > signAt + 1 && ((bytes[p - 1] as i32) === 0x09 || (out.isEquals && signAt === at + 10));
  out.isList = p < limit && (bytes[p] as i32) === 0x5b;
  if (out.isList) p = afterBlanks(bytes, p + 1, limit);
  out.escapes = 0;
  while (p < limit && out.escapes < 8 && (bytes[p] as i32) === 0x5c) {
    p += 1;
    out.escapes += 1;
  }
  out.quote = p < limit && isQuote(bytes[p] as i32) ? (bytes[p] as i32) : 0;
  out.start = out.quote === 0 ? p : afterBlanks(bytes, p + 1, limit);
  return true;
}

/** Whether the value at `start` stands behind a name. */
export function hasName(bytes: Bytes, start: i32, limit: i32, out: NamedField): boolean {
  let p = beforeBlanks(bytes, start - 1);
  if (isQuote(bytes[p] as i32)) p -= 1;
  for (let i: i32 = 0; i < 8 && (bytes[p] as i32) === 0x5c; i += 1) p -= 1;
  p = beforeBlanks(bytes, p);
  if ((bytes[p] as i32) === 0x5b) p = beforeBlanks(bytes, p - 1);
  if ((bytes[p] as i32) !== 0x3a && (bytes[p] as i32) !== 0x3d) return false;
  p = beforeBlanks(bytes, p - 1);
  for (let i: i32 = 0; i < 8 && isQuoteOrEscape(bytes[p] as i32); i += 1) p -= 1;
  if (((bytes[p] as i32) | 0x20) !== 0x6e) return false;
  return readName(bytes, p - 9, limit, out) && out.start === start;
}

/**
 * Whether the value [start, end) fills the field that it begins, which it must behind a name, behind a quote, and behind
 * `separator`, which is what separates the fields of the log or -1. Between blanks it may be followed by anything.
 */
export function fillsField(bytes: Bytes, start: i32, end: i32, limit: i32, separator: i32, named: NamedField): boolean {
  if (hasName(bytes, start, limit, named)) return endsNamed(bytes, end, limit, named);
  const before = bytes[start - 1] as i32;
  if (isQuote(before)) return endsQuoted(bytes, end, limit, before, escapesBefore(bytes, start - 1));
  return separator < 0 || !beginsBetween(bytes, start, separator) || endsBetween(bytes, end, limit, separator);
}

export function endsNamed(bytes: Bytes, end: i32, limit: i32, named: NamedField): boolean {
  if (named.quote !== 0) return endsQuoted(bytes, end, limit, named.quote, named.escapes);
  let p = end;
  while (p < limit && (bytes[p] as i32) === 0x20) {
    p += 1;
    if (p - end > MOST_TRAILING) return true;
  }
  return endsUnquoted(bytes, p, limit) || (named.isEquals && p > end && isKeyAt(bytes, p, limit));
}

/** Whether an unquoted field ends before the byte at `at`, whatever precedes it. */
export function endsUnquoted(bytes: Bytes, at: i32, limit: i32): boolean {
  if (at >= limit) return true;
  const c = bytes[at] as i32;
  if (c === 0x0a || c === 0x0d || c === 0x09 || isQuote(c)) return true;
  if (c === 0x2c || c === 0x3b || c === 0x7c || c === 0x7d || c === 0x5d) return true;
  if (c !== 0x5c || at + 1 >= limit) return false;
  const next = bytes[at + 1] as i32;
  return isQuoteOrEscape(next) || isEscaped(next);
}

/** Whether `key=` stands at `at`, as the next field of logfmt. */
export function isKeyAt(bytes: Bytes, at: i32, limit: i32): boolean {
  let p = at;
  while (p < limit && p - at <= 64 && !endsWord(bytes, p, limit)) p += 1;
  return p > at && p < limit && (bytes[p] as i32) === 0x3d && !isDigit(bytes[at] as i32);
}

/** Up to the quote that closes the field, or the end of the line. */
function endsQuoted(bytes: Bytes, end: i32, limit: i32, quote: i32, escapes: i32): boolean {
  let p = end;
  while (p < limit && isBlank(bytes[p] as i32)) {
    p += 1;
    if (p - end > MOST_TRAILING) return true;
  }
  if (p >= limit || isLineEnd(bytes[p] as i32)) return true;
  let count: i32 = 0;
  while (p < limit && count < 8 && (bytes[p] as i32) === 0x5c) {
    p += 1;
    count += 1;
  }
  return p < limit && (bytes[p] as i32) === quote && count === escapes;
}

/** Backslashes before a quote, of which at most 8 count. */
function escapesBefore(bytes: Bytes, quoteAt: i32): i32 {
  let count: i32 = 0;
  while (count < 8 && (bytes[quoteAt - 1 - count] as i32) === 0x5c) count += 1;
  return count;
}

/** Whether only blanks stand before `start`, up to a separator or the beginning of the line. */
export function beginsBetween(bytes: Bytes, start: i32, separator: i32): boolean {
  let p = start - 1;
  for (let i: i32 = 0; i < MOST_BLANKS && isBlank(bytes[p] as i32) && (bytes[p] as i32) !== separator; i += 1) p -= 1;
  return (bytes[p] as i32) === separator || (bytes[p] as i32) === 0x0a || isMark(bytes, p - 2);
}

/** Whether only blanks stand at `end`, up to a separator or the end of the line. */
export function endsBetween(bytes: Bytes, end: i32, limit: i32, separator: i32): boolean {
  let p = end;
  while (p < limit && isBlank(bytes[p] as i32) && (bytes[p] as i32) !== separator) {
    p += 1;
    if (p - end > MOST_TRAILING) return true;
  }
  return p >= limit || isLineEnd(bytes[p] as i32) || (bytes[p] as i32) === separator;
}

/** Where the word `direct` begins in the line [lineStart, lineEnd) that is nothing else, or -1. */
export function directLineAt(bytes: Bytes, lineStart: i32, lineEnd: i32): i32 {
  let end = lineEnd;
  while (end > lineStart && (isBlank(bytes[end - 1] as i32) || (bytes[end - 1] as i32) === 0x0d)) {
    end -= 1;
    if (lineEnd - end > MOST_TRAILING) return -1;
  }
  const start = end - 6;
  if (start < lineStart || !isWord(bytes, start, end, 'direct')) return -1;
  return beginsBetween(bytes, start, 0x0a) ? start : -1;
}

/** Whether the mark of UTF-8 that some editors put at the beginning of a file stands at `at`. */
export function isMark(bytes: Bytes, at: i32): boolean {
  return (bytes[at + 2] as i32) === 0xbf && (bytes[at + 1] as i32) === 0xbb && (bytes[at] as i32) === 0xef;
}

function beginsKey(bytes: Bytes, at: i32): boolean {
  let p = at;
  if (isPrefix(bytes, p - 5, 'http')) {
    p -= 5;
    if (isPrefix(bytes, p - 5, 'sent')) p -= 5;
    else if (isPrefix(bytes, p - 9, 'upstream')) p -= 9;
  }
  const c = bytes[p - 1] as i32;
  if (isBlank(c) || isLineEnd(c) || isQuote(c)) return true;
  if (c === 0x2c || c === 0x3b || c === 0x7c || c === 0x7b || c === 0x5b || c === 0x3c || c === 0x3e) return true;
  return ((bytes[p - 2] as i32) === 0x5c && isEscaped(c)) || isMark(bytes, p - 3);
}

/** Whether the word stands at `at` in any case, and an underscore after it. */
function isPrefix(bytes: Bytes, at: i32, word: string): boolean {
  for (let i: i32 = 0; i < word.length; i += 1) {
    if (((bytes[at + i] as i32) | 0x20) !== word.charCodeAt(i)) return false;
  }
  return (bytes[at + word.length] as i32) === 0x5f;
}

/** The position before the blanks at `at`, of which there may be as many as in a value. */
function beforeBlanks(bytes: Bytes, at: i32): i32 {
  let p = at;
  while (at - p < MOST_BLANKS && isBlank(bytes[p] as i32)) p -= 1;
  return p;
}

function isQuote(c: i32): boolean {
  return c === 0x22 || c === 0x27;
}

function isQuoteOrEscape(c: i32): boolean {
  return isQuote(c) || c === 0x5c;
}

/** The letter of an escaped newline, return or tab. */
function isEscaped(c: i32): boolean {
  return c === 0x6e || c === 0x72 || c === 0x74;
}

function isLineEnd(c: i32): boolean {
  return c === 0x0a || c === 0x0d;
}
