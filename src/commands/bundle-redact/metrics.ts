import type { Metric } from '../../model/metric.js';
import type { BundleRedactFacts } from './facts.js';

/** How much was masked, and whether anything is left. */
export function metricsOf(facts: BundleRedactFacts): Metric[] {
  const done = count(
    'bundle_redact_handed_over',
    'Whether the new folder is there (1) or not (0).',
    Number(facts.kind === 'bundle' && facts.handedOver),
  );
  if (facts.kind === 'failed') return [done];
  const { files, leftOut, secrets } = facts;
  return [
    done,
    count('bundle_redact_files', 'Files that were masked.', files.length),
    count('bundle_redact_left_out', 'Files that were left out.', leftOut.length),
    count(
      'bundle_redact_masked',
      'Places at which a value was masked.',
      files.reduce((sum, { masked }) => sum + masked, 0),
    ),
    count('bundle_redact_left', 'Places at which a secret is left, at most fifty.', secrets.leaks.length),
  ];
}

function count(name: string, help: string, value: number): Metric {
  return { name, help, unit: 'count', value, labels: {} };
}
