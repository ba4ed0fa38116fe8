import { isBlank } from './cf-railgun-grammar.js';

/**
 * Where in its line a log keeps `Cf-Railgun`, learned from the first value of the file. Plain data.
 * - `line`: the line is the value.
 * - `tab`, `comma`: the field with this index; commas in double quotes do not separate.
 * - `quoted`: the double-quoted string with this index (combined logs).
 * - `blank`: from the blank-separated field with this index on; quoted strings and [bracketed] parts are one field.
 * - `none`: nowhere in particular, as in headers and JSON, where a name stands before the value.
 */
export type RailgunColumn =
  | { readonly kind: 'line' | 'none' }
  | { readonly kind: 'tab' | 'comma' | 'quoted' | 'blank'; readonly index: number };

/** A field of a line: [start, end) is its text without blanks and quotes around it, `next` is where to look for another. */
export interface LineField {
  start: number;
  end: number;
  next: number;
}

type Kind = Exclude<RailgunColumn['kind'], 'none'>;

/** From the most to the least certain: the first that has the value as a whole field decides. */
const kinds: readonly Kind[] = ['line', 'tab', 'comma', 'quoted', 'blank'];

const TAB = 0x09;
const COMMA = 0x2c;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;

/** The column of the value at [start, end) in the line [lineStart, lineEnd). */
export function columnOf(
  bytes: Uint8Array,
  lineStart: number,
  lineEnd: number,
  start: number,
  end: number,
): RailgunColumn {
  const field: LineField = { start: 0, end: 0, next: 0 };
  for (const kind of kinds) {
    field.next = lineStart;
    for (let index = 0; nextField(kind, bytes, lineEnd, field) && field.start <= start; index += 1) {
      if (field.start !== start || !isWhole(kind, bytes, lineStart, field, end)) continue;
      return kind === 'line' ? { kind } : { kind, index };
    }
  }
  return { kind: 'none' };
}

/** Puts the field of `column` of the line into `out`; false where the line has none. */
export function fieldOf(
  column: RailgunColumn,
  bytes: Uint8Array,
  lineStart: number,
  lineEnd: number,
  out: LineField,
): boolean {
  if (column.kind === 'none') return false;
  const index = 'index' in column ? column.index : 0;
  out.next = lineStart;
  for (let i = 0; i <= index; i += 1) {
    if (!nextField(column.kind, bytes, lineEnd, out)) return false;
  }
  return true;
}

/** Whether the value that begins with this field and ends at `end` is one: a field of a line that has others. */
function isWhole(kind: Kind, bytes: Uint8Array, lineStart: number, field: LineField, end: number): boolean {
  if (kind === 'blank') return true;
  if (field.end !== end) return false;
  if (kind !== 'quoted') return true;
  // A quote straight after `=` or `:` belongs to a named field, and the number of quotes before it may differ by line.
  const open = bytes.lastIndexOf(QUOTE, field.start - 1);
  return open === lineStart || (open > lineStart && (isBlank(bytes[open - 1] as number) || bytes[open - 1] === 0x5b));
}

/** The next field at or after `out.next`. Cost: the bytes from there to the field's end. */
function nextField(kind: Kind, bytes: Uint8Array, lineEnd: number, out: LineField): boolean {
  const from = out.next;
  if (from > lineEnd) return false;
  if (kind === 'quoted') return nextQuoted(bytes, from, lineEnd, out);
  let start = from;
  if (kind === 'blank') {
    while (start < lineEnd && isSpace(bytes[start])) start += 1;
    if (start === lineEnd) return false;
  }
  const end = endOfField(kind, bytes, start, lineEnd);
  trim(bytes, start, end, out);
  out.next = end + 1;
  return true;
}

function endOfField(kind: Kind, bytes: Uint8Array, start: number, lineEnd: number): number {
  if (kind === 'line') return lineEnd;
  let at = start;
  if (kind === 'blank') {
    if (bytes[at] === QUOTE) at = closing(bytes, at + 1, lineEnd, QUOTE);
    else if (bytes[at] === 0x5b) at = closing(bytes, at + 1, lineEnd, 0x5d);
    while (at < lineEnd && !isSpace(bytes[at])) at += 1;
    return at;
  }
  const separator = kind === 'tab' ? TAB : COMMA;
  while (at < lineEnd && bytes[at] !== separator) {
    if (kind === 'comma' && bytes[at] === QUOTE) at = closing(bytes, at + 1, lineEnd, QUOTE);
    if (at < lineEnd) at += 1;
  }
  return at;
}

function nextQuoted(bytes: Uint8Array, from: number, lineEnd: number, out: LineField): boolean {
  let open = from;
  while (open < lineEnd && bytes[open] !== QUOTE) open += 1;
  if (open === lineEnd) return false;
  const close = closing(bytes, open + 1, lineEnd, QUOTE);
  trim(bytes, open + 1, close, out);
  out.next = close + 1;
  return true;
}

/** The position of the next `mark` that no backslash escapes, or the end of the line. */
function closing(bytes: Uint8Array, from: number, lineEnd: number, mark: number): number {
  let at = from;
  while (at < lineEnd) {
    const c = bytes[at];
    if (c === mark) return at;
    at += 1;
    if (c === BACKSLASH) at += 1;
  }
  return lineEnd;
}

function trim(bytes: Uint8Array, from: number, to: number, out: LineField): void {
  trimBlanks(bytes, from, to, out);
  const quote = bytes[out.start];
  if (out.end - out.start < 2 || quote !== bytes[out.end - 1] || (quote !== QUOTE && quote !== APOSTROPHE)) return;
  trimBlanks(bytes, out.start + 1, out.end - 1, out);
}

function trimBlanks(bytes: Uint8Array, from: number, to: number, out: LineField): void {
  let start = from;
  let end = to;
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  out.start = start;
  out.end = end;
}

/** A blank, or the carriage return before a newline. */
function isSpace(c: number | undefined): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0d;
}
