import type { Field } from '../../model/block.js';
import { printable } from '../../model/printable.js';
import { shown } from '../reading/shown.js';
import { columnsOf } from './columns.js';
import { drawLabels, type PlacedLabel } from './labels.js';
import type { Paint, Sheet } from './palette.js';

/** More lines of raw text than this are cut down to those around the part at which reading stopped. */
const mostLines = 4;

/** One character of the raw text as it is drawn. */
interface Cell {
  readonly text: string;
  readonly columns: number;
  /** Its offset in the raw text; of an ellipsis none. */
  readonly offset: number;
}

/** The raw text, its parts underlined, and beneath each what it is. `^` marks the part at which reading stopped. */
export function drawFields(source: string, fields: readonly Field[], sheet: Sheet): string[] {
  const placed = fields.map((field) => within(field, source.length)).sort((a, b) => a.start - b.start || a.end - b.end);
  const drawn = new Set<Field>();
  // One column is left for a mark behind the end.
  const width = sheet.width - 1;
  const rows = folded(cellsOf(source, placed, width), width);
  return rows.flatMap((row, index) => drawRow(row, placed, drawn, index === rows.length - 1, sheet));
}

/** Whatever a field says, it ends within the text. */
function within(field: Field, length: number): Field {
  const start = Math.min(Math.max(Math.trunc(field.start) || 0, 0), length);
  return { ...field, start, end: Math.min(Math.max(Math.trunc(field.end) || 0, start), length) };
}

function cellsOf(source: string, fields: readonly Field[], width: number): Cell[] {
  const most = mostLines * width - 2;
  const focus = fields.find(({ status }) => status === 'fail')?.start ?? 0;
  const from = source.length <= most || focus < most - width ? 0 : focus - Math.floor(most / 2);
  const to = Math.min(from + most, source.length);
  const ellipsis: Cell = { text: '…', columns: 1, offset: -1 };
  const cells: Cell[] = from === 0 ? [] : [ellipsis];
  let offset = from;
  for (const character of source.slice(from, to)) {
    const text = printable(character);
    cells.push({ text, columns: columnsOf(text), offset });
    offset += character.length;
  }
  if (to < source.length) cells.push(ellipsis);
  return cells;
}

function folded(cells: readonly Cell[], width: number): Cell[][] {
  let row: Cell[] = [];
  const rows = [row];
  let used = 0;
  for (const cell of cells) {
    if (used + cell.columns > width && row.length > 0) {
      row = [];
      rows.push(row);
      used = 0;
    }
    row.push(cell);
    used += cell.columns;
  }
  return rows;
}

function drawRow(
  row: readonly Cell[],
  fields: readonly Field[],
  drawn: Set<Field>,
  isLast: boolean,
  sheet: Sheet,
): string[] {
  const text: { text: string; paint: Paint | undefined }[] = [];
  const line: { text: string; paint: Paint | undefined }[] = [];
  const labels: PlacedLabel[] = [];
  let column = 0;
  const label = (field: Field) => {
    drawn.add(field);
    const paint = field.status === 'fail' ? sheet.paint.bad : undefined;
    labels.push({ text: shown(field.label), column, paint });
  };
  for (const cell of row) {
    const field = fields.findLast(({ start, end }) => start <= cell.offset && cell.offset < Math.max(end, start + 1));
    const begins = field !== undefined && !drawn.has(field) && cell.columns > 0;
    text.push({ text: cell.text, paint: field?.status === 'fail' ? paintOf(field, sheet) : undefined });
    if (field === undefined) line.push({ text: ' '.repeat(cell.columns), paint: undefined });
    else line.push({ text: underline(field, begins, cell.columns), paint: paintOf(field, sheet) });
    if (begins) label(field);
    column += cell.columns;
  }
  // What was expected after the end of the text; where that is several things, the one that reading stopped at.
  const beyond = isLast ? fields.filter((field) => !drawn.has(field) && field.start > (row.at(-1)?.offset ?? -1)) : [];
  const missing = beyond.find(({ status }) => status === 'fail') ?? beyond[0];
  if (missing !== undefined) {
    line.push({ text: underline(missing, true, 1), paint: paintOf(missing, sheet) });
    label(missing);
  }
  const lines = [painted(text), painted(line), ...drawLabels(labels, sheet)];
  return labels.length === 0 && lines[1] === '' ? lines.slice(0, 1) : lines;
}

function underline(field: Field, begins: boolean, columns: number): string {
  if (field.status === 'fail') return '^'.repeat(columns);
  return begins ? `┬${'─'.repeat(columns - 1)}` : '─'.repeat(columns);
}

function paintOf({ status }: Field, { paint }: Sheet): Paint {
  return status === 'fail' ? paint.bad : paint.faint;
}

/** Paints neighbours alike in one go: an escape sequence for each character would be legible to nobody. */
function painted(parts: readonly { text: string; paint: Paint | undefined }[]): string {
  let drawn = '';
  let run = '';
  let paint: Paint | undefined;
  const flush = () => {
    drawn += paint === undefined || run === '' ? run : paint(run);
    run = '';
  };
  for (const part of parts) {
    if (part.paint !== paint) flush();
    paint = part.paint;
    run += part.text;
  }
  flush();
  return drawn.trimEnd();
}
