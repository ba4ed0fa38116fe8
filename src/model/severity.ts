import type { Finding, Status } from './finding.js';
import type { Verdict } from './report.js';

const statuses: readonly Status[] = ['fail', 'broken', 'warn', 'note', 'pass', 'skip'];
const verdicts: readonly Verdict[] = ['fail', 'unknown', 'warn', 'ok'];

/**
 * The worst first. Of those equally bad what is about no place, in the order of the rules; then file by file, in the order in
 * which the rules named them, each from top to bottom.
 */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  const files = new Map<string, number>();
  for (const { place } of findings) {
    if (place !== undefined && !files.has(place.file)) files.set(place.file, files.size);
  }
  const keyOf = ({ status, place }: Finding): readonly number[] => [
    statuses.indexOf(status),
    place === undefined ? -1 : (files.get(place.file) ?? 0),
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return findings
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

/** The finding to name where there is room for one. */
export function worstFinding(findings: readonly Finding[]): Finding | undefined {
  return bySeverity(findings)[0];
}

/** The first of those with the worst verdict. */
export function worstReport<T extends { readonly verdict: Verdict }>(reports: readonly T[]): T | undefined {
  for (const verdict of verdicts) {
    const report = reports.find((candidate) => candidate.verdict === verdict);
    if (report !== undefined) return report;
  }
  return undefined;
}

const words: Readonly<Record<Verdict, readonly [one: string, several: string]>> = {
  fail: ['failed', 'failed'],
  unknown: ['unknown', 'unknown'],
  warn: ['warning', 'warnings'],
  ok: ['ok', 'ok'],
};

/** How many of each, the worst first: `1 failed`, `2 ok`. */
export function tally(reports: readonly { readonly verdict: Verdict }[]): { verdict: Verdict; text: string }[] {
  return verdicts.flatMap((verdict) => {
    const count = reports.filter((report) => report.verdict === verdict).length;
    return count === 0 ? [] : [{ verdict, text: `${count} ${words[verdict][count === 1 ? 0 : 1]}` }];
  });
}
