/**
 * The fields of a log's line, over bytes. Like the grammar (cf-railgun-grammar.ts) this is compiled to WebAssembly too, with
 * other types in the place of the next two lines.
 */
type i32 = number;
type Bytes = Uint8Array;

// Kinds of fields. LINE: the line as a whole. TAB, COMMA, SEMICOLON, PIPE: what these separate; in double quotes only tabs do. QUOTED:
// double-quoted strings. BLANK: what blanks separate; quoted strings and [bracketed] parts are one field.
export const LINE: i32 = 0;
export const TAB: i32 = 1;
export const COMMA: i32 = 2;
export const QUOTED: i32 = 3;
export const BLANK: i32 = 4;
export const SEMICOLON: i32 = 5;
export const PIPE: i32 = 6;

const QUOTE_MARK: i32 = 0x22;
const APOSTROPHE: i32 = 0x27;
const COMMA_MARK: i32 = 0x2c;
const OPEN_BRACKET: i32 = 0x5b;
const BACKSLASH: i32 = 0x5c;
const CLOSE_BRACKET: i32 = 0x5d;

/** A field of a line: [start, end) is its text without blanks and quotes around it, `next` is where to look for another. */
export class LineField {
  start: i32 = 0;
  end: i32 = 0;
  next: i32 = 0;
}

/** Puts the field with that index of the line [lineStart, lineEnd) into `out`; false where the line has none. */
export function fieldAt(kind: i32, index: i32, bytes: Bytes, lineStart: i32, lineEnd: i32, out: LineField): boolean {
  out.next = afterMark(bytes, lineStart, lineEnd);
  for (let i: i32 = 0; i <= index; i += 1) {
    if (!nextField(kind, bytes, lineEnd, out)) return false;
  }
  return true;
}

/** The first byte of the line after the mark of UTF-8 that may stand at the beginning of a file. */
export function afterMark(bytes: Bytes, lineStart: i32, lineEnd: i32): i32 {
  if (lineEnd - lineStart < 3 || (bytes[lineStart] as i32) !== 0xef) return lineStart;
  return (bytes[lineStart + 1] as i32) === 0xbb && (bytes[lineStart + 2] as i32) === 0xbf ? lineStart + 3 : lineStart;
}

/** The byte that separates fields of that kind, or -1; of lines, the newline. */
export function separatorOf(kind: i32): i32 {
  if (kind === LINE) return 0x0a;
  if (kind === TAB) return 0x09;
  if (kind === COMMA) return COMMA_MARK;
  if (kind === SEMICOLON) return 0x3b;
  return kind === PIPE ? 0x7c : -1;
}

/** The next field at or after `out.next`. Cost: the bytes from there to the field's end. */
export function nextField(kind: i32, bytes: Bytes, lineEnd: i32, out: LineField): boolean {
  let start = out.next;
  if (start > lineEnd) return false;
  if (kind === QUOTED) return nextQuoted(bytes, lineEnd, out);
  if (kind === BLANK) {
    while (start < lineEnd && isSpace(bytes[start] as i32)) start += 1;
    if (start === lineEnd) return false;
  }
  const end = endOfField(kind, bytes, start, lineEnd);
  trim(bytes, start, end, out);
  out.next = end + 1;
  return true;
}

function endOfField(kind: i32, bytes: Bytes, start: i32, lineEnd: i32): i32 {
  if (kind === LINE) return lineEnd;
  let at = start;
  if (kind === BLANK) {
    const c = bytes[at] as i32;
    if (c === QUOTE_MARK) at = closing(bytes, at + 1, lineEnd, QUOTE_MARK);
    else if (c === OPEN_BRACKET) at = closing(bytes, at + 1, lineEnd, CLOSE_BRACKET);
    while (at < lineEnd && !isSpace(bytes[at] as i32)) at += 1;
    return at;
  }
  const separator = separatorOf(kind);
  while (at < lineEnd) {
    const c = bytes[at] as i32;
    if (c === separator) return at;
    if (c === QUOTE_MARK && kind !== TAB) at = closing(bytes, at + 1, lineEnd, QUOTE_MARK);
    if (at < lineEnd) at += 1;
  }
  return at;
}

function nextQuoted(bytes: Bytes, lineEnd: i32, out: LineField): boolean {
  let open = out.next;
  while (open < lineEnd && (bytes[open] as i32) !== QUOTE_MARK) open += 1;
  if (open === lineEnd) return false;
  const close = closing(bytes, open + 1, lineEnd, QUOTE_MARK);
  trim(bytes, open + 1, close, out);
  out.next = close + 1;
  return true;
}

/** The position of the next `mark` that no backslash escapes, or the end of the line. */
function closing(bytes: Bytes, from: i32, lineEnd: i32, mark: i32): i32 {
  let at = from;
  while (at < lineEnd) {
    const c = bytes[at] as i32;
    if (c === mark) return at;
    at += 1;
    if (c === BACKSLASH) at += 1;
  }
  return lineEnd;
}

function trim(bytes: Bytes, from: i32, to: i32, out: LineField): void {
  trimSpace(bytes, from, to, out);
  if (out.end - out.start < 2) return;
  const quote = bytes[out.start] as i32;
  if (quote !== (bytes[out.end - 1] as i32) || (quote !== QUOTE_MARK && quote !== APOSTROPHE)) return;
  trimSpace(bytes, out.start + 1, out.end - 1, out);
}

function trimSpace(bytes: Bytes, from: i32, to: i32, out: LineField): void {
  let start = from;
  let end = to;
  while (start < end && isSpace(bytes[start] as i32)) start += 1;
  while (end > start && isSpace(bytes[end - 1] as i32)) end -= 1;
  out.start = start;
  out.end = end;
}

/** A blank, or the carriage return before a newline. */
function isSpace(c: i32): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0d;
}
