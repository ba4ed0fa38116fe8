import type { Bar } from '../../model/block.js';
import { blanks, clipped, columnsOf } from './columns.js';
import type { Sheet } from './palette.js';
import { shown } from './shown.js';
import { wrapped } from './wrapped.js';

const gap = '  ';
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const longestBar = 60;

/** A title and one bar a line, the longest as long as there is room. */
export function drawBars(title: string, bars: readonly Bar[], { paint, width }: Sheet): string[] {
  const rows = bars.map(({ label, value, text }) => ({
    label: clipped(shown(label), Math.floor(width / 3)),
    text: clipped(shown(text), Math.floor(width / 3)),
    value: Number.isFinite(value) ? Math.max(value, 0) : 0,
  }));
  const most = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);
  const labelColumns = most(rows.map(({ label }) => columnsOf(label)));
  const textColumns = most(rows.map(({ text }) => columnsOf(text)));
  const room = Math.min(width - labelColumns - textColumns - 2 * gap.length, longestBar);
  const greatest = most(rows.map(({ value }) => value));

  const lines = rows.map(({ label, value, text }) => {
    const number = blanks(text, textColumns) + text;
    const bar = barOf(greatest === 0 ? 0 : value / greatest, room);
    const head = `${label}${blanks(label, labelColumns)}${gap}${number}`;
    return bar === '' ? head.trimEnd() : `${head}${gap}${paint.information(bar)}`;
  });
  return [...wrapped(shown(title), width).map(paint.strong), ...lines];
}

/** To an eighth of a column; what is there at all is seen. */
function barOf(share: number, room: number): string {
  const length = share === 0 ? 0 : Math.max(Math.round(share * room * 8), 1);
  return '█'.repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? '');
}
