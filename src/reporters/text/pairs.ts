import type { Pair } from '../../model/block.js';
import { shown } from '../reading/shown.js';
import { beside, type Stack } from './beside.js';
import { columnsOf } from './columns.js';
import { type Sheet, statusMarks } from './palette.js';
import { wrapped } from './wrapped.js';

const gap = '  ';
/** Less room than this makes prose a ladder: then it goes beneath the value. */
const leastProse = 32;

/** Labels, values and what they mean, in columns; the meaning goes beneath the value where there is no room beside it. */
export function drawPairs(pairs: readonly Pair[], { paint, width }: Sheet): string[] {
  const rows = pairs.map(({ label, value, means, status }) => ({
    label: shown(label),
    value: shown(value),
    means: means === undefined ? '' : shown(means),
    tone: paint[status === undefined ? 'strong' : statusMarks[status].tone],
  }));
  const labelColumns = Math.min(widest(rows.map(({ label }) => label)), Math.floor(width / 3));
  const afterLabel = width - labelColumns - gap.length;
  const mostForValue = afterLabel - gap.length - leastProse;
  const explained = rows.filter(({ value, means }) => means !== '' && columnsOf(value) <= mostForValue);
  const valueColumns = widest(explained.map(({ value }) => value));
  const proseColumns = afterLabel - valueColumns - gap.length;

  return rows.flatMap(({ label, value, means, tone }) => {
    const labels: Stack = { lines: wrapped(label, labelColumns), columns: labelColumns };
    if (means !== '' && columnsOf(value) <= valueColumns && proseColumns >= leastProse) {
      const values: Stack = { lines: [value], columns: valueColumns, paint: tone };
      return beside([labels, values, { lines: wrapped(means, proseColumns), paint: paint.faint }], gap);
    }
    const lines = beside([labels, { lines: wrapped(value, afterLabel), paint: tone }], gap);
    if (means === '') return lines;
    const indent: Stack = { lines: [], columns: labelColumns };
    return [...lines, ...beside([indent, { lines: wrapped(means, afterLabel), paint: paint.faint }], gap)];
  });
}

function widest(texts: readonly string[]): number {
  return texts.reduce((columns, text) => Math.max(columns, columnsOf(text)), 0);
}
