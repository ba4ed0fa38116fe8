import type { Metric } from '../../model/metric.js';
import type { BundleFacts } from './facts.js';
import { lacking, partsThatAre } from './parts.js';

/** How much is in the bundle, what is missing, and whether a secret was left. */
export function metricsOf(facts: BundleFacts): Metric[] {
  const { result } = facts;
  const metrics = [
    count('bundle_missing_parts', 'Parts that were wanted and could not be had.', lacking(facts).length),
  ];
  if (result === undefined) {
    const planned = partsThatAre(facts, 'planned').length;
    return [...metrics, count('bundle_planned_parts', 'Parts that would be gathered.', planned)];
  }
  metrics.push(
    count(
      'bundle_handed_over',
      'Whether the bundle was handed over (1) or not (0).',
      Number(result.state === 'handed-over'),
    ),
  );
  if (result.state === 'failed') return metrics;
  const { masked, searched, leaks } = result.redaction;
  metrics.push(
    count('bundle_masked', 'Places at which something secret was masked, in all files.', masked),
    count('bundle_searched', 'Different secrets that were looked for in what was written.', searched),
    count('bundle_leaks', 'Places at which a secret was left.', leaks.length),
  );
  if (result.state === 'withheld') return metrics;
  const { files, bytes } = result;
  return [
    ...metrics,
    count('bundle_files', 'Files of the bundle.', files),
    { name: 'bundle_size_bytes', help: 'Size of all files of the bundle.', unit: 'bytes', value: bytes, labels: {} },
  ];
}

function count(name: string, help: string, value: number): Metric {
  return { name, help, unit: 'count', value, labels: {} };
}
