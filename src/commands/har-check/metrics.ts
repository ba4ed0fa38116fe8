import type { Metric } from '../../model/metric.js';
import type { HarCheckFacts } from './facts.js';

/** The numbers of archives. */
export function metricsOf(facts: HarCheckFacts): Metric[] {
  const read = metric(
    'har_check_readable',
    'Whether the archives could be read (1) or not (0).',
    Number(facts.kind === 'har'),
  );
  if (facts.kind === 'unread') return [read];
  const each = facts.archives.flatMap(({ path, summary }): Metric[] => {
    const labels = { file: path };
    return [
      metric('har_check_entries', 'Entries of an archive.', summary.entries, labels),
      metric('har_check_errors', 'Entries with a status of 500 or more.', summary.errorCount, labels),
      metric('har_check_unanswered', 'Entries without an answer.', summary.unansweredCount, labels),
      metric('har_check_slow', 'Entries that are slow.', summary.slowCount, labels),
    ];
  });
  const { comparison } = facts;
  if (comparison === undefined) return [read, ...each];
  return [
    read,
    ...each,
    metric('har_check_differences', 'Requests that differ between two archives.', comparison.differences),
  ];
}

function metric(name: string, help: string, value: number, labels: Readonly<Record<string, string>> = {}): Metric {
  return { name, help, unit: 'count', value, labels };
}
