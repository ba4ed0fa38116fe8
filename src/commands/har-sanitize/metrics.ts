import type { Metric } from '../../model/metric.js';
import type { HarSanitizeFacts } from './facts.js';

/** How much was masked, and whether anything is left. */
export function metricsOf(facts: HarSanitizeFacts): Metric[] {
  const read = count(
    'har_sanitize_readable',
    'Whether the archive could be read (1) or not (0).',
    Number(facts.kind === 'sanitized'),
  );
  if (facts.kind === 'unread') return [read];
  const { masked, proof, entries, outputBytes } = facts;
  return [
    read,
    count('har_sanitize_entries', 'Entries of the archive.', entries),
    count('har_sanitize_masked', 'Values that were masked.', masked.count),
    count('har_sanitize_left', 'Places at which a masked value is left, at most twenty.', proof.left.length),
    {
      name: 'har_sanitize_output_bytes',
      help: 'Size of the sanitised archive.',
      unit: 'bytes',
      value: outputBytes,
      labels: {},
    },
  ];
}

function count(name: string, help: string, value: number): Metric {
  return { name, help, unit: 'count', value, labels: {} };
}
