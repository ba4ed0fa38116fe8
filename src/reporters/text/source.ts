import type { SourcePlace } from '../../model/place.js';
import type { Paint, Sheet } from './palette.js';
import { type Cell, windowed } from './window.js';

/** The line with its number, and beneath it what is meant, underlined; of a long line what is around that. */
export function drawSource(place: SourcePlace, tint: Paint, { paint, width }: Sheet): string[] {
  if (place.text === undefined) return [];
  const number = place.line === undefined ? '' : String(place.line);
  const { start, end } = markedIn(place.text, place);
  // One column is left for a caret behind the end.
  const cells = windowed(place.text, start, end, width - number.length - ' │ '.length - 1);
  const text = cells.map((cell) => cell.text).join('');
  const line = `${paint.faint(`${number} │`)} ${text}`.trimEnd();
  if (place.column === undefined) return [line];
  const before = columnsIn(cells.filter(({ offset }) => offset < start));
  const under = columnsIn(cells.filter(({ offset }) => start <= offset && offset < end));
  const gutter = paint.faint(`${' '.repeat(number.length)} │`);
  return [line, `${gutter} ${' '.repeat(before)}${tint('^'.repeat(Math.max(under, 1)))}`];
}

/** What is meant by offset, whatever the place says: it ends within the line, and begins with a whole character. */
function markedIn(text: string, { column = 1, length = 0 }: SourcePlace): { start: number; end: number } {
  const start = Math.min(Math.max(Math.trunc(column - 1) || 0, 0), text.length);
  const end = Math.min(Math.max(start + (Math.trunc(length) || 0), start), text.length);
  return { start: splitsPair(text, start) ? start - 1 : start, end };
}

/** Whether an offset is between the two halves of a character. */
function splitsPair(text: string, offset: number): boolean {
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}

function columnsIn(cells: readonly Cell[]): number {
  return cells.reduce((total, { columns }) => total + columns, 0);
}
