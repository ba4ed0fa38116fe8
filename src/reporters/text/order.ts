import type { Finding, Status } from '../../model/finding.js';
import { bySeverity } from '../../model/severity.js';

/**
 * The worst first; of those equally bad what is about no place, then file by file from top to bottom. The files come in
 * the order in which the rules named them.
 */
export function inReadingOrder(findings: readonly Finding[]): Finding[] {
  const files = [...new Set(findings.flatMap(({ place }) => (place === undefined ? [] : [place.file])))];
  const fileNumbers = new Map(files.map((file, index) => [file, index]));
  const bySeverities = bySeverity(findings);
  const severities = new Map<Status, number>();
  for (const { status } of bySeverities) severities.set(status, severities.get(status) ?? severities.size);
  const keyOf = ({ status, place }: Finding): readonly number[] => [
    severities.get(status) ?? 0,
    place === undefined ? -1 : (fileNumbers.get(place.file) ?? 0),
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return bySeverities
    .map((finding) => ({ finding, key: keyOf(finding) }))
    .sort((a, b) => difference(a.key, b.key))
    .map(({ finding }) => finding);
}

/** Of the first numbers that differ; a number that is none counts as equal. */
function difference(a: readonly number[], b: readonly number[]): number {
  for (const [index, number] of a.entries()) {
    const apart = number - (b[index] ?? 0);
    if (apart !== 0 && !Number.isNaN(apart)) return apart;
  }
  return 0;
}
