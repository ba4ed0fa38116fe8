import type { Metric } from '../../model/metric.js';
import type { LogFacts, ValueFacts } from './facts.js';

/** The numbers of one value. */
export function valueMetrics(facts: ValueFacts): Metric[] {
  if (facts.form === 'ray') return [];
  const metrics: Metric[] = [];
  const labels = {};
  if (facts.ratioPercent !== undefined) {
    const help = 'Part of the page that was sent after delta compression.';
    metrics.push({ name: 'railgun_sent_ratio', help, unit: 'ratio', value: ratioOf(facts.ratioPercent), labels });
  }
  if (facts.originTimeSeconds !== undefined) {
    const help = 'Time that rg-listener waited for the page from the origin.';
    metrics.push({
      name: 'railgun_origin_time_seconds',
      help,
      unit: 'seconds',
      value: facts.originTimeSeconds,
      labels,
    });
  }
  if (facts.compressionWorking !== undefined) {
    const help = 'Whether delta compression worked (1) or not (0).';
    metrics.push({
      name: 'railgun_compression_working',
      help,
      unit: 'count',
      value: Number(facts.compressionWorking),
      labels,
    });
  }
  return metrics;
}

const percentiles = ['p50', 'p90', 'p99'] as const;

/** The numbers of a log. */
export function logMetrics(facts: LogFacts): Metric[] {
  const count = (name: string, help: string, value: number, labels = {}): Metric => ({
    name,
    help,
    unit: 'count',
    value,
    labels,
  });
  const counts = (name: string, help: string, label: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([key, value]) => count(name, help, value, { [label]: key }));
  const metrics = [
    count('railgun_log_lines', 'Lines of the log.', facts.lines),
    count('railgun_values', 'Cf-Railgun values that could be decoded.', facts.values),
    count('railgun_malformed_values', 'Cf-Railgun values that could not be decoded.', facts.malformed),
    ...counts('railgun_form_values', 'Values of each form.', 'form', facts.forms),
    ...counts('railgun_flag_word_values', 'Values with each flags word.', 'flags', facts.flagWords),
    ...counts('railgun_flag_bit_values', 'Values with each flag bit set.', 'bit', facts.flagBits),
    ...counts('railgun_version_values', 'Values of each version of rg-listener.', 'version', facts.versions),
    ...counts('railgun_direct_reason_values', 'Direct values of each reason.', 'reason', facts.directReasons),
  ];
  for (const percentile of percentiles) {
    const labels = { percentile: percentile.slice(1) };
    if (facts.ratioPercent !== undefined) {
      const help = 'Part of the page that was sent after delta compression, by percentile.';
      metrics.push({
        name: 'railgun_sent_percentile_ratio',
        help,
        unit: 'ratio',
        value: ratioOf(facts.ratioPercent[percentile]),
        labels,
      });
    }
    if (facts.originTimeSeconds !== undefined) {
      const help = 'Time that rg-listener waited for the origin, by percentile.';
      const value = facts.originTimeSeconds[percentile];
      metrics.push({ name: 'railgun_origin_time_percentile_seconds', help, unit: 'seconds', value, labels });
    }
  }
  return metrics;
}

/** Percent as a ratio, without the noise of binary fractions. */
function ratioOf(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}
