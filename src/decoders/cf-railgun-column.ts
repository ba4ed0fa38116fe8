import { isBlank } from './cf-railgun-grammar.js';
import { afterMark, BLANK, COMMA, LINE, LineField, nextField, PIPE, QUOTED, SEMICOLON, TAB } from './line-field.js';

/**
 * Where in its line a log keeps `Cf-Railgun`, learned from the first value of the file. Plain data.
 * - `line`: the line is the value.
 * - `tab`, `comma`, `semicolon`, `pipe`: the field with this index; in double quotes only tabs separate.
 * - `quoted`: the double-quoted string with this index (combined logs).
 * - `blank`: from the blank-separated field with this index on; quoted strings and [bracketed] parts are one field.
 * - `none`: nowhere in particular, as in headers and JSON, where a name stands before the value.
 */
export type RailgunColumn =
  | { readonly kind: 'line' | 'none' }
  | { readonly kind: 'tab' | 'comma' | 'semicolon' | 'pipe' | 'quoted' | 'blank'; readonly index: number };

/** From the most to the least certain: the first that has the value as a whole field decides. */
const kinds = [
  ['line', LINE],
  ['tab', TAB],
  ['comma', COMMA],
  ['semicolon', SEMICOLON],
  ['pipe', PIPE],
  ['quoted', QUOTED],
  ['blank', BLANK],
] as const;

/** The column in the terms of `fieldAt`; kind -1 for `none`. */
export function columnField(column: RailgunColumn): { kind: number; index: number } {
  const kind = kinds.find(([name]) => name === column.kind)?.[1] ?? -1;
  return { kind, index: 'index' in column ? column.index : 0 };
}

/** The column of the value at [start, end) in the line [lineStart, lineEnd). */
export function columnOf(
  bytes: Uint8Array,
  lineStart: number,
  lineEnd: number,
  start: number,
  end: number,
): RailgunColumn {
  const field = new LineField();
  const first = afterMark(bytes, lineStart, lineEnd);
  for (const [name, kind] of kinds) {
    field.next = first;
    for (let index = 0; nextField(kind, bytes, lineEnd, field) && field.start <= start; index += 1) {
      if (field.start !== start || !isWhole(kind, bytes, first, field, end)) continue;
      return name === 'line' ? { kind: name } : { kind: name, index };
    }
  }
  return { kind: 'none' };
}

/** Whether the value that begins with this field and ends at `end` is one: a field of a line that has others. */
function isWhole(kind: number, bytes: Uint8Array, lineStart: number, field: LineField, end: number): boolean {
  if (kind === BLANK) return true;
  if (field.end !== end) return false;
  if (kind !== QUOTED) return true;
  // A quote straight after `=` or `:` belongs to a named field, and the number of quotes before it may differ by line.
  const open = bytes.lastIndexOf(0x22, field.start - 1);
  return open === lineStart || (open > lineStart && (isBlank(bytes[open - 1] as number) || bytes[open - 1] === 0x5b));
}
