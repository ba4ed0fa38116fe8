import type { Bar } from '../../model/block.js';
import { shown } from '../reading/shown.js';
import { spansOf } from '../reading/spans.js';
import { blanks, clipped, columnsOf } from './columns.js';
import type { Sheet } from './palette.js';
import { wrapped } from './wrapped.js';

const gap = '  ';
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const longestBar = 60;
/** Columns that labels leave for the longest bar. */
const leastRoom = 20;

/** A title and one bar a line, the one that ends last as far as there is room. */
export function drawBars(title: string, bars: readonly Bar[], { paint, width }: Sheet): string[] {
  const most = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);
  const third = Math.floor(width / 3);
  const texts = bars.map(({ text }) => clipped(shown(text), third));
  const textColumns = most(texts.map(columnsOf));
  // What a bar is of matters more than how long it is.
  const roomForLabels = Math.max(width - textColumns - 2 * gap.length - leastRoom, third);
  const labels = bars.map(({ label }) => clipped(shown(label), roomForLabels));
  const labelColumns = most(labels.map(columnsOf));
  const room = Math.min(width - labelColumns - textColumns - 2 * gap.length, longestBar);

  const lines = spansOf(bars).map(({ from, to }, index) => {
    const [label = '', text = ''] = [labels[index], texts[index]];
    // A timeline: to a whole column, since there are no bars that begin within one.
    const before = Math.min(Math.floor(from * room), room - 1);
    const bar = barOf(to - from, room);
    const head = `${label}${blanks(label, labelColumns)}${gap}${blanks(text, textColumns)}${text}`;
    return bar === '' ? head.trimEnd() : `${head}${gap}${' '.repeat(before)}${paint.information(bar)}`;
  });
  return [...wrapped(shown(title), width).map(paint.strong), ...lines];
}

/** To an eighth of a column; what is there at all is seen. */
function barOf(share: number, room: number): string {
  const length = share === 0 ? 0 : Math.max(Math.round(share * room * 8), 1);
  return '█'.repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? '');
}
