import { printable } from '../../model/printable.js';
import { advance } from './columns.js';

/** One character of a line as it is drawn; an ellipsis is one, too. */
export interface Cell {
  readonly text: string;
  readonly columns: number;
  /** UTF-16 units from the beginning of the line; of an ellipsis less than that of all others, or more. */
  readonly offset: number;
}

/** What a tab is drawn as; how wide it is in an editor, only the editor knows. */
const tab = '    ';

/** As much of a line as has room (columns), from its beginning if the marked part ends within that, else around its start. */
export function windowed(text: string, start: number, end: number, columns: number): Cell[] {
  const room = Math.max(columns, 8);
  // Drawing takes at least a unit for a column, but for marks: more of an endless line need not be looked at.
  const from = Math.max(start - 4 * room, 0);
  const to = Math.min(start + 4 * room, text.length);
  const cells = cellsOf(text, from, to);
  let first = firstOf(cells, from, start, end, room);
  // A mark without the letter that it stands on would stand on the ellipsis.
  while (first > 0 && cells[first]?.columns === 0) first += 1;
  const shown: Cell[] = first === 0 && from === 0 ? [] : [{ text: '…', columns: 1, offset: -1 }];
  let used = shown.length;
  for (const [index, cell] of cells.entries()) {
    if (index < first) continue;
    // Whether all the rest fits, or only up to an ellipsis.
    if (used + cell.columns > room - 1 && !(to === text.length && fits(cells, index, room - used))) {
      return [...shown, { text: '…', columns: 1, offset: Number.POSITIVE_INFINITY }];
    }
    shown.push(cell);
    used += cell.columns;
  }
  return shown;
}

function cellsOf(text: string, from: number, to: number): Cell[] {
  const cells: Cell[] = [];
  let offset = from;
  let before = '';
  for (const character of text.slice(from, to)) {
    const drawn = character === '\t' ? tab : printable(character);
    const columns = drawn === character ? advance(character, before) : drawn.length;
    cells.push({ text: drawn, columns, offset });
    offset += character.length;
    before = drawn === character ? character : drawn.slice(-1);
  }
  return cells;
}

/**
 * Where to begin: at the beginning while the marked part is seen then, else so that a third is before it, or more where
 * less than the rest is behind it.
 */
function firstOf(cells: readonly Cell[], from: number, start: number, end: number, room: number): number {
  const columnsUpTo = (offset: number) =>
    cells.reduce((total, cell) => total + (cell.offset < offset ? cell.columns : 0), 0);
  if (from === 0 && columnsUpTo(Math.max(end, start + 1)) <= room - 1) return 0;
  const behind = columnsUpTo(Number.POSITIVE_INFINITY) - columnsUpTo(start);
  // An ellipsis is before it all, and one may be behind.
  const least = Math.max(Math.floor(room / 3), room - 2 - behind);
  const at = cells.findIndex(({ offset }) => offset >= start);
  let index = at === -1 ? cells.length : at;
  let lead = 0;
  while (index > 0 && lead + (cells[index - 1]?.columns ?? 0) <= least) {
    index -= 1;
    lead += cells[index]?.columns ?? 0;
  }
  return index;
}

/** Whether what is left from a cell on fits. Looks at no more cells than have room, but for marks. */
function fits(cells: readonly Cell[], from: number, room: number): boolean {
  let used = 0;
  for (let index = from; index < cells.length; index += 1) {
    used += cells[index]?.columns ?? 0;
    if (used > room) return false;
  }
  return true;
}
