import type { Metric } from '../../model/metric.js';
import { shortened } from '../../model/shortened.js';
import { statusText } from './status-text.js';

/** The performance data of some reports: `'label'=value[UOM];warn;crit;min;max`, blank-separated, labels unique. */
export function perfdata(reports: readonly { readonly target: string; readonly metrics: readonly Metric[] }[]): string {
  const taken = new Set<string>();
  return reports
    .flatMap(({ target, metrics }) =>
      metrics.map((metric) => {
        const label = unique(labelOf(metric, reports.length > 1 ? target : undefined), taken);
        return `${/^[\w.:/@[\]-]+$/.test(label) ? label : `'${label}'`}=${measured(metric)}`;
      }),
    )
    .join(' ');
}

function labelOf(metric: Metric, target: string | undefined): string {
  const values = Object.keys(metric.labels)
    .sort()
    .map((name) => metric.labels[name] ?? '');
  const parts = [...(target === undefined ? [] : [shortened(target, 64)]), metric.name, ...values];
  return (
    shortened(statusText(parts.filter((part) => part !== '').join('_')), 200)
      .replaceAll(/[='"]/g, '_')
      // Icinga takes what stands before `::` for the name of a plugin within a plugin, and puts it before later labels.
      .replaceAll(/::+/g, (colons) => '_'.repeat(colons.length))
  );
}

function unique(label: string, taken: Set<string>): string {
  let candidate = label;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${label}_${count}`;
  taken.add(candidate);
  return candidate;
}

const symbols: Readonly<Record<Metric['unit'], string>> = { seconds: 's', bytes: 'B', ratio: '%', count: '' };

function measured(metric: Metric): string {
  const scaled = (value: number) => (metric.unit === 'ratio' ? percent(value) : value);
  const value = scaled(metric.value);
  // The guidelines' word for a value that could not be determined.
  if (!Number.isFinite(value)) return 'U';
  const range = (threshold: number | undefined) =>
    threshold === undefined || Number.isNaN(threshold) ? '' : rangeOf(scaled(threshold), metric.alarm, value);
  // Seconds may be negative (a certificate that expired), the others hardly: where one is, no minimum is known.
  const min = metric.unit === 'seconds' || value < 0 ? '' : '0';
  const max = metric.unit === 'ratio' && value <= 100 ? '100' : '';
  const fields = [`${decimal(value)}${symbols[metric.unit]}`, range(metric.warn), range(metric.fail), min, max];
  return fields.join(';').replace(/;+$/, '');
}

/** Multiplying by 100 adds digits that nobody measured: 0.07 becomes 7.000000000000001. */
function percent(ratio: number): number {
  return Number((ratio * 100).toPrecision(12));
}

/** The range outside of which the value alarms. The short form `N` also alarms below 0, so it is for what cannot be. */
function rangeOf(threshold: number, alarm: Metric['alarm'], value: number): string {
  if (!Number.isFinite(threshold)) return '';
  if (alarm === 'below') return `${decimal(threshold)}:`;
  return threshold < 0 || value < 0 ? `~:${decimal(threshold)}` : decimal(threshold);
}

/** The number with all its digits and no exponent. */
function decimal(value: number): string {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
