import type { Finding } from '../../model/finding.js';
import { redacted } from '../../model/redact.js';
import type { Report } from '../../model/report.js';
import { checkedThings, type LoggedCause } from './logged-causes.js';
import { gap, item, said } from './ticket-lines.js';
import { wrappedLines } from './wrapped-lines.js';

/** Findings, and what belongs to one of them. */
const most = { findings: 25, related: 6 } as const;

/** What counts against something, or is worth knowing. */
export function isTold({ status }: Pick<Finding, 'status'>): boolean {
  return status !== 'pass' && status !== 'skip';
}

/** What the log of rg-listener says of each cause: how many lines, when, how often, and the last of them. */
export function howOftenLines(causes: readonly LoggedCause[]): string[] {
  if (causes.length === 0) return gap('How often it happens: always, or which share of requests.');
  return causes.flatMap(({ id, count, first, last, sample }) => {
    const lines = `${count} ${count === 1 ? 'line' : 'lines'}`;
    const head = item(`${id}: ${lines}${spanText(first, last)}${rateText(count, first, last)}`);
    return sample === undefined ? head : [...head, ...wrappedLines('  ', said(redacted(sample)))];
  });
}

function spanText(first: string | undefined, last: string | undefined): string {
  if (first === undefined || last === undefined) return '';
  return first === last ? ` at ${first}` : ` from ${first} to ${last}`;
}

/** `, about 12 a minute`, where they are enough to speak of a rate. */
function rateText(count: number, first: string | undefined, last: string | undefined): string {
  const hours = (Date.parse(last ?? '') - Date.parse(first ?? '')) / 3_600_000;
  if (!(hours > 0) || count < 3) return '';
  const perHour = (count - 1) / hours;
  const number = (rate: number) => Number(rate.toPrecision(2));
  if (perHour >= 60) return `, about ${number(perHour / 60)} a minute`;
  return perHour >= 1 ? `, about ${number(perHour)} an hour` : `, about ${number(perHour * 24)} a day`;
}

/** How verdicts are called here, the worst first. */
const verdicts: readonly (readonly [verdict: string, label: string])[] = [
  ['fail', 'Failed'],
  ['unknown', 'Unknown'],
  ['warn', 'Warning'],
  ['ok', 'Well'],
  ['not run', 'Not run'],
];

/** Every check by what it came to. */
export function checkedLines(reports: readonly Report[]): string[] {
  const things = reports.flatMap((report) => checkedThings(report.facts));
  if (things.length === 0) return ['Nothing: the checks of rg-diag doctor were left out, or could not be run.'];
  return verdicts.flatMap(([verdict, label]) => {
    const names = things.filter((thing) => thing.verdict === verdict).map(({ name }) => name);
    return names.length === 0 ? [] : wrappedLines(`${label}:`.padEnd(11), names.map(said).join(', '));
  });
}

/** Findings in the order in which doctor ranks them, with what follows from each and what bears it out. */
export function foundLines(findings: readonly Finding[], reports: readonly Report[]): string[] {
  if (reports.length === 0) return [];
  if (findings.length === 0) return ['Nothing is wrong, as far as it can be seen from here.'];
  const lines = findings.slice(0, most.findings).flatMap(({ status, rule, says, means, related = [] }, index) => {
    const others = related.slice(0, most.related);
    return [
      ...wrappedLines(`${index + 1}.`.padEnd(4), said(`${status}: ${says} (${rule})`)),
      ...(means === '' ? [] : wrappedLines('    ', said(means))),
      ...others.flatMap(({ relation, target, says }) => {
        const word = relation === 'confirms' ? 'borne out by' : 'therefore';
        return wrappedLines('    - ', said(`${word} ${target}: ${says}`));
      }),
      ...(related.length > others.length ? [`    - and ${related.length - others.length} more, in doctor.txt`] : []),
    ];
  });
  const left = findings.length - most.findings;
  return left > 0 ? [...lines, `And ${left} more, in doctor.txt.`] : lines;
}
