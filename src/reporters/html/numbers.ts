import type { Metric } from '../../model/metric.js';
import { drawTable } from './block.js';
import { html, type Markup } from './markup.js';

/** The metrics with their thresholds, in base units, to be unfolded. */
export function drawNumbers(metrics: readonly Metric[]): Markup | readonly Markup[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map(({ name, labels, value, unit, alarm = 'above', warn, fail }) => [
    name,
    Object.entries(labels)
      .map(([label, text]) => `${label}=${text}`)
      .join(', '),
    String(value),
    unit,
    [...limit('warn', alarm, warn), ...limit('fail', alarm, fail)].join(', '),
  ]);
  return html`<details><summary>Numbers</summary>
${drawTable({ columns, rows }, 'Numbers')}</details>
`;
}

const columns = [
  { title: 'Metric', align: 'left' },
  { title: 'Of', align: 'left' },
  { title: 'Value', align: 'right' },
  { title: 'Unit', align: 'left' },
  { title: 'Thresholds', align: 'left' },
] as const;

function limit(status: string, alarm: string, value: number | undefined): string[] {
  return value === undefined ? [] : [`${status} ${alarm} ${value}`];
}
