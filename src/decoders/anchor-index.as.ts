// AssemblyScript, compiled by scripts/build-anchor-index.mjs, together with the grammar, into anchor-index.wasm.ts. (The type
// checker of the project leaves this file alone.)
//
// Goes over a range of bytes once and finds every place where something of a log can begin or end. An anchor is the
// position of
//   - a newline;
//   - a blank (space or tab) after a run of exactly ten hex digits, where an id can end;
//   - a blank after the letters "ct", where the word "direct" can end;
//   - an "l" before a "g", which is in the middle of "railgun" and rare in other text.
// Letters match in either case. 64 bytes are handled at a time: each class of bytes becomes a 64-bit mask, so that
// "a run of ten" is a few shifts.
//
// Where the caller needs no more of a value than its numbers, those that begin with an id are read here, by the same
// grammar, and handed over in records. Everything else becomes an event, and the scanner in cf-railgun-log.ts decides. What
// events, records and state look like is described in anchor-index.ts.

import { Bytes, continuesWord, endsWord, parse, RailgunParts } from './cf-railgun-grammar';

// As in anchor-index.ts.
const SLICE: usize = 32 << 10;
const LINE_LIMIT: i32 = 64 << 10;
const COUNTS: i32 = 1;
const WANTS_LINES: i32 = 2;
const ANCHOR: i32 = 0;
const LINE_END: i32 = 1;
const LONG_LINE: i32 = 2;

const bytes = changetype<Bytes>(<usize>0);
const parts = new RailgunParts();

// The state, while a range is gone over.
let lineStart: i32 = 0;
let lines: i32 = 0;
let values: i32 = 0;
let isSettled: bool = false;
let event: usize = 0;
let record: usize = 0;

@inline function is(v: v128, byte: i32): v128 {
  return i8x16.eq(v, i8x16.splat(<i8>byte));
}

@inline function lower(v: v128): v128 {
  return v128.or(v, i8x16.splat(0x20));
}

/** Signed comparisons after a shift of the range to -128: x86 has no unsigned ones for bytes. */
@inline function hex(v: v128, low: v128): v128 {
  const digit = i8x16.lt_s(i8x16.add(v, i8x16.splat(<i8>(0x80 - 0x30))), i8x16.splat(<i8>(-128 + 10)));
  const letter = i8x16.lt_s(i8x16.add(low, i8x16.splat(<i8>(0x80 - 0x61))), i8x16.splat(<i8>(-128 + 6)));
  return v128.or(digit, letter);
}

@inline function blank(v: v128): v128 {
  return v128.or(is(v, 0x20), is(v, 0x09));
}

/** The second letter of "ct". */
@inline function ct(low: v128, before: v128): v128 {
  return v128.and(is(low, 0x74), is(lower(before), 0x63));
}

/** A newline, or the first letter of "lg". */
@inline function other(v: v128, low: v128, after: v128): v128 {
  return v128.or(is(v, 0x0a), v128.and(is(low, 0x6c), is(lower(after), 0x67)));
}

@inline function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16)) |
    (<u64>(<u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16)) << 32);
}

/** `now` moved up by `by` bits, with the top bits of the 64 bytes before it moved in. */
@inline function up(now: u64, before: u64, by: u64): u64 {
  return (now << by) | (before >> (64 - by));
}

@inline function emit(kind: i32, at: i32): void {
  store<i32>(event, at | (kind << 24));
  store<i32>(event, lineStart, 4);
  store<i32>(event, lines, 8);
  store<i32>(event, values, 12);
  event += 16;
}

function endLine(at: i32, modes: i32): void {
  if (!isSettled && (modes & WANTS_LINES) != 0) emit(LINE_END, at);
  lines += 1;
  lineStart = at + 1;
  isSettled = false;
}

/** Ten hex digits end before `at`: hands over the value that begins with them, if one does. */
function count(at: i32, limit: i32): void {
  const start = at - 10;
  if (continuesWord(bytes[start - 1]) || !parse(bytes, start, limit, parts) || !endsWord(bytes, parts.end, limit)) return;
  if (!isSettled && start >= lineStart + LINE_LIMIT) emit(LONG_LINE, start);
  isSettled = true;
  values += 1;
  store<f64>(record, parts.ratio);
  store<f64>(record, parts.time, 8);
  store<i32>(record, parts.form, 16);
  store<i32>(record, parts.flags, 20);
  store<i32>(record, parts.version, 24);
  record += 32;
}

/**
 * Goes over [begin, end), at most `SLICE` bytes. Reads [begin - 65, end + 64], of which the 64 bytes before `begin` only
 * prepare the masks that the first ones need, and of a value nothing at or after `limit`.
 */
export function find(begin: i32, end: i32, limit: i32, modes: i32, state: usize): void {
  lineStart = load<i32>(state);
  lines = load<i32>(state, 4);
  values = load<i32>(state, 8);
  isSettled = load<i32>(state, 12) != 0;
  const events = state + 64;
  const records = events + SLICE * 16;
  event = events;
  record = records;
  let before1: u64 = 0, before2: u64 = 0, before4: u64 = 0, beforeEnd: u64 = 0;
  for (let p: i32 = begin - 64; p < end; p += 64) {
    const a = v128.load(p), b = v128.load(p, 16), c = v128.load(p, 32), d = v128.load(p, 48);
    const lowA = lower(a), lowB = lower(b), lowC = lower(c), lowD = lower(d);
    // Bit i of run<n>: byte i and the n - 1 bytes before it are hex digits.
    const run1 = mask(hex(a, lowA), hex(b, lowB), hex(c, lowC), hex(d, lowD));
    const run2 = run1 & up(run1, before1, 1);
    const run4 = run2 & up(run2, before2, 2);
    const run8 = run4 & up(run4, before4, 4);
    const run10 = run8 & up(run2, before2, 8);
    const direct = mask(ct(lowA, v128.load(p - 1)), ct(lowB, v128.load(p + 15)),
      ct(lowC, v128.load(p + 31)), ct(lowD, v128.load(p + 47)));
    const wordEnd = (run10 & ~up(run1, before1, 10)) | direct;
    const blanks = mask(blank(a), blank(b), blank(c), blank(d));
    const others = mask(other(a, lowA, v128.load(p, 1)), other(b, lowB, v128.load(p, 17)),
      other(c, lowC, v128.load(p, 33)), other(d, lowD, v128.load(p, 49)));
    let found = others | (blanks & up(wordEnd, beforeEnd, 1));
    before1 = run1;
    before2 = run2;
    before4 = run4;
    beforeEnd = wordEnd;
    if (p < begin) continue;
    if (end - p < 64) found &= ((<u64>1) << (<u64>(end - p))) - 1;
    while (found != 0) {
      const at = p + <i32>ctz(found);
      const byte = bytes[at];
      if (byte == 0x0a) endLine(at, modes);
      else if ((modes & COUNTS) != 0 && byte <= 0x20 && (bytes[at - 1] | 0x20) != 0x74) count(at, limit);
      else emit(ANCHOR, at);
      found &= found - 1;
    }
  }
  store<i32>(state, lineStart);
  store<i32>(state, lines, 4);
  store<i32>(state, values, 8);
  store<i32>(state, isSettled ? 1 : 0, 12);
  store<i32>(state, <i32>((event - events) >> 4), 16);
  store<i32>(state, <i32>((record - records) >> 5), 20);
}
