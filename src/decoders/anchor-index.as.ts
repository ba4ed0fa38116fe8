// AssemblyScript, compiled by scripts/build-webassembly.mjs, together with the grammar and the fields of a line, into
// anchor-index.wasm.ts. (The type checker of the project leaves this file alone.)
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
// What can be decided here by the grammar alone, is: values that begin with an id are read and their numbers are put into
// lists, lines without a value are passed over where their column is empty. At everything else `next` stops, and the
// scanner in cf-railgun-log.ts decides. State and lists are described in anchor-index.ts.

import { Bytes, continuesWord, directLineAt, endsWord, fillsField, NamedField, parse, RailgunParts } from './cf-railgun-grammar';
import { fieldAt, LineField, separatorOf } from './line-field';

// As in anchor-index.ts.
const LINE_LIMIT: i32 = 64 << 10;
const COUNTS: i32 = 1;
const WANTS_LINES: i32 = 2;
const ANCHOR: i32 = 1;
const LINE_END: i32 = 2;
// Offsets of words in the state.
const STOPPED: usize = 0;
const LINE_START: usize = 4;
const LINES: usize = 8;
const IS_SETTLED: usize = 12;
const COLUMN_KIND: usize = 16;
const COLUMN_INDEX: usize = 20;
const FIRST_RUN: usize = 24;
const LONGEST_RUN: usize = 28;
const RUN: usize = 32;
const RATIO_COUNT: usize = 36;
const TIME_COUNT: usize = 40;
const FLAGS_COUNT: usize = 44;
const VERSION_COUNT: usize = 48;
const FORM_COUNTS: usize = 52;
const DIRECT_COUNTS: usize = 72;
const DIRECT_LENGTHS: usize = 88;
// Offsets of what follows the words.
const RATIO: usize = 128;
const TIME: usize = 192;
const DIRECTS: usize = 256;
const LISTS: usize = 768;
const LIST_BYTES: usize = 4096 * 4;

const bytes = changetype<Bytes>(<usize>0);
const parts = new RailgunParts();
const field = new LineField();
const named = new NamedField();

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

@inline function add(state: usize, offset: usize): void {
  store<i32>(state + offset, load<i32>(state + offset) + 1);
}

/** Puts `value` at the end of a list whose length is at `count`. */
@inline function push(state: usize, count: usize, list: usize, value: i32): void {
  const length = load<i32>(state + count);
  store<i32>(state + LISTS + list * LIST_BYTES + (<usize>length << 2), value);
  store<i32>(state + count, length + 1);
}

/** As `addValue` in distribution.ts does it: minimum, maximum and exact sum; the step goes to a list. */
function measure(state: usize, distribution: usize, value: f64): i32 {
  const at = state + distribution;
  if (value < load<f64>(at)) store<f64>(at, value);
  if (value > load<f64>(at, 8)) store<f64>(at, value, 8);
  let low = load<f64>(at, 24) + Math.floor(value * 1e9 + 0.5);
  if (low >= 1e15) {
    low -= 1e15;
    store<f64>(at, load<f64>(at, 16) + 1, 16);
  }
  store<f64>(at, low, 24);
  return <i32>Math.floor(value * load<f64>(at, 40) + 0.5);
}

/** Ends a run of `direct` values, if there is one: another value came. */
@inline function endRun(state: usize): void {
  const run = load<i32>(state, RUN);
  if (load<i32>(state, FIRST_RUN) < 0) store<i32>(state, run, FIRST_RUN);
  if (run > load<i32>(state, LONGEST_RUN)) store<i32>(state, run, LONGEST_RUN);
  store<i32>(state, 0, RUN);
}

/** Counts the value in `parts`, unless a number in it is beyond the finest steps. */
function count(state: usize): bool {
  if (parts.ratio >= load<f64>(state, RATIO + 32) || parts.time >= load<f64>(state, TIME + 32)) return false;
  if (parts.ratio >= 0) push(state, RATIO_COUNT, 0, measure(state, RATIO, parts.ratio));
  if (parts.time >= 0) push(state, TIME_COUNT, 1, measure(state, TIME, parts.time));
  if (parts.flags >= 0) push(state, FLAGS_COUNT, 2, parts.flags);
  if (parts.version >= 0) push(state, VERSION_COUNT, 3, parts.version);
  add(state, FORM_COUNTS + (<usize>parts.form << 2));
  endRun(state);
  return true;
}

/** What separates the fields of the log's column. */
@inline function separator(state: usize): i32 {
  return separatorOf(load<i32>(state, COLUMN_KIND));
}

/** Apart, so that the compiler keeps it out of the hot loop. */
@noinline function fillsSlowly(state: usize, start: i32, end: i32, limit: i32): bool {
  return fillsField(bytes, start, end, limit, separator(state), named);
}

/** `fillsField`, with or without a name, for what most logs have: quotes straight before and after the value. */
@inline function fills(state: usize, start: i32, end: i32, limit: i32): bool {
  if (end < limit && bytes[end] == 0x22 && bytes[start - 1] == 0x22 && bytes[start - 2] != 0x5c) return true;
  return fillsSlowly(state, start, end, limit);
}

@noinline function isDirectLine(lineStart: i32, at: i32): bool {
  return directLineAt(bytes, lineStart, at) >= 0;
}

/** Whether one of the `direct` values that the scanner has seen and approved stands at `start`; then it is counted. */
function isKnownDirect(state: usize, start: i32, limit: i32): bool {
  if (continuesWord(bytes[start - 1])) return false;
  for (let slot: usize = 0; slot < 4; slot += 1) {
    const length = load<i32>(state + DIRECT_LENGTHS + (slot << 2));
    if (length == 0) return false;
    if (start + length > limit || !endsWord(bytes, start + length, limit)) continue;
    if (memory.compare(start, state + DIRECTS + (slot << 7), length) != 0) continue;
    if (!fills(state, start, start + length, limit)) return false;
    add(state, DIRECT_COUNTS + (slot << 2));
    add(state, RUN);
    return true;
  }
  return false;
}

/** Whether the line [lineStart, at) has nothing where its column is. */
function isEmptyColumn(state: usize, lineStart: i32, at: i32): bool {
  const lineEnd = at - lineStart > LINE_LIMIT ? lineStart + LINE_LIMIT : at;
  const kind = load<i32>(state, COLUMN_KIND);
  if (!fieldAt(kind, load<i32>(state, COLUMN_INDEX), bytes, lineStart, lineEnd, field)) return true;
  const length = field.end - field.start;
  return length == 0 || (length == 1 && bytes[field.start] == 0x2d);
}

/** What there is to stop for at the anchor `at`: 0 for nothing. */
@inline function visit(state: usize, at: i32, limit: i32, modes: i32): i32 {
  const byte = bytes[at];
  if (byte == 0x0a) {
    if (load<i32>(state, IS_SETTLED) != 0) return 0;
    const lineStart = load<i32>(state, LINE_START);
    // Only "t", blanks and returns can be the last of a line that is "direct".
    const last = bytes[at - 1] | 0x20;
    if ((last == 0x74 || last == 0x20 || last == 0x29 || last == 0x2d) && isDirectLine(lineStart, at)) return LINE_END;
    if ((modes & WANTS_LINES) == 0) return 0;
    return isEmptyColumn(state, lineStart, at) ? 0 : LINE_END;
  }
  if ((modes & COUNTS) == 0 || byte > 0x20) return ANCHOR;
  const isDirect = (bytes[at - 1] | 0x20) == 0x74;
  const start = at - (isDirect ? 6 : 10);
  const isFirst = load<i32>(state, IS_SETTLED) == 0;
  if (isFirst && start - load<i32>(state, LINE_START) >= LINE_LIMIT) return ANCHOR;
  if (isDirect) {
    if (!isKnownDirect(state, start, limit)) return ANCHOR;
  } else {
    if (continuesWord(bytes[start - 1]) || !parse(bytes, start, limit, parts)) return 0;
    if (!endsWord(bytes, parts.end, limit)) return 0;
    if (!fills(state, start, parts.end, limit) || !count(state)) return ANCHOR;
  }
  store<i32>(state, 1, IS_SETTLED);
  return 0;
}

/**
 * Goes over [begin, end) up to the first place that the scanner must look at. Returns it, and what it is in `STOPPED`, or
 * `end` and 0. Reads [begin - 65, end + 64], of which the 64 bytes before `begin` only prepare the masks that the first
 * ones need, and of a value nothing at or after `limit`.
 */
export function next(begin: i32, end: i32, limit: i32, modes: i32, state: usize): i32 {
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
      const kind = visit(state, at, limit, modes);
      if (kind != 0) {
        store<i32>(state, kind, STOPPED);
        return at;
      }
      if (bytes[at] == 0x0a) {
        add(state, LINES);
        store<i32>(state, at + 1, LINE_START);
        store<i32>(state, 0, IS_SETTLED);
      }
      found &= found - 1;
    }
  }
  store<i32>(state, 0, STOPPED);
  return end;
}
