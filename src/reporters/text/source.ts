import type { SourcePlace } from '../../model/place.js';
import { markedPart } from '../reading/marked-part.js';
import type { Paint, Sheet } from './palette.js';
import { type Cell, windowed } from './window.js';

/** The line with its number, and beneath it what is meant, underlined; of a long line what is around that. */
export function drawSource(place: SourcePlace, tint: Paint, { paint, width }: Sheet): string[] {
  if (place.text === undefined) return [];
  const number = place.line === undefined ? '' : String(place.line);
  const { start, end } = markedPart(place.text, place);
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

function columnsIn(cells: readonly Cell[]): number {
  return cells.reduce((total, { columns }) => total + columns, 0);
}
