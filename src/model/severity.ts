import type { Finding, Status } from './finding.js';
import type { Verdict } from './report.js';

const statuses: readonly Status[] = ['fail', 'broken', 'warn', 'note', 'pass', 'skip'];
const verdicts: readonly Verdict[] = ['fail', 'unknown', 'warn', 'ok'];

/** The worst first, and in the order of the rules where they are equally bad. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status));
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
