import type { Finding, Status } from '../model/finding.js';
import type { Metric } from '../model/metric.js';
import { placeText, type SourcePlace } from '../model/place.js';
import type { Report, Run, Verdict } from '../model/report.js';
import { bySeverity, tally, worstFinding, worstReport } from '../model/severity.js';
import { shortened } from '../model/shortened.js';
import { perfdata } from './nagios/perfdata.js';
import { statusText } from './nagios/status-text.js';
import { byRelation, relatedWords } from './reading/related-words.js';
import type { Reporter } from './reporter.js';

/** What is left of a report: its facts may be large, and nothing here looks at them. */
interface Checked {
  readonly target: string;
  readonly verdict: Verdict;
  readonly worst: Finding | undefined;
  readonly findings: readonly Finding[];
  readonly metrics: readonly Metric[];
}

const words: Readonly<Record<Verdict, string>> = { ok: 'OK', warn: 'WARNING', fail: 'CRITICAL', unknown: 'UNKNOWN' };
const statusWords: Readonly<Record<Status, string>> = {
  fail: 'CRITICAL',
  broken: 'UNKNOWN',
  warn: 'WARNING',
  note: 'NOTE',
  pass: 'OK',
  skip: 'SKIPPED',
};

/** Characters before the `|` of the first line, as old monitoring systems cut it. */
const firstLineLength = 254;
/** Nagios keeps 8 KB of all output; this leaves room for performance data. */
const longOutputLength = 4096;
const longLineLength = 400;
const relatedLineLength = 200;
const mostRelated = 5;

/** A Monitoring Plugins status line with performance data; the findings and the ticket follow as long output. */
export function createNagios(): Reporter {
  const checked: Checked[] = [];
  return {
    report({ target, verdict, findings, metrics }) {
      checked.push({
        target,
        verdict,
        worst: worstFinding(findings),
        findings: findings.filter(({ status }) => status !== 'pass' && status !== 'skip'),
        metrics,
      });
      return '';
    },
    end(run) {
      const lines = [statusLine(run, checked), ...longOutput(checked), ...ticketLines(run)];
      return `${lines.join('\n')}\n`;
    },
  };
}

function statusLine(run: Run, checked: readonly Checked[]): string {
  const name = shortened(statusText(run.command.toUpperCase()), 40);
  const text = shortened(`RG-DIAG ${name} ${words[run.verdict]} - ${summary(checked)}`, firstLineLength);
  const data = perfdata(checked);
  return data === '' ? text : `${text}|${data}`;
}

function summary(checked: readonly Checked[]): string {
  const worst = worstReport(checked);
  if (worst === undefined) return 'nothing was checked';
  const says = worst.worst?.says ?? (worst.verdict === 'unknown' ? 'nothing was checked' : 'no findings');
  const one = `${nameOf(worst.target, worst.worst?.place)}: ${statusText(says)}`;
  if (checked.length === 1) return one;
  return `${tally(checked)
    .map(({ text }) => text)
    .join(', ')}; ${one}`;
}

/** A line for each finding, and as far as there is room after all of them what belongs to each, the worst finding first. */
function longOutput(checked: readonly Checked[]): string[] {
  const all = checked.flatMap(({ target, findings }) =>
    bySeverity(findings).map((finding) => ({ line: findingLine(target, finding), related: relatedLines(finding) })),
  );
  let room = longOutputLength;
  const taken = (lines: readonly string[]) => {
    const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (length > room) return false;
    room -= length;
    return true;
  };
  const end = all.findIndex(({ line }) => !taken([line]));
  const kept = end === -1 ? all : all.slice(0, end);
  const lines = kept.flatMap(({ line, related }) => [line, ...(taken(related) ? related : [])]);
  const left = all.length - kept.length;
  return left === 0 ? lines : [...lines, `(and ${left} more)`];
}

function findingLine(target: Report['target'], { status, says, remedy, code, place }: Finding): string {
  const head = `[${statusWords[status]}] ${nameOf(target, place)}: `;
  const line = `${head}${statusText(says)}${code === undefined ? '' : ` (${code})`}`;
  const steps = remedy.split('\n').filter((step) => step.trim() !== '');
  return shortened([line, ...steps.map(statusText)].join(' -> '), longLineLength);
}

/** The first few of the findings of other checks that belong to it. */
function relatedLines({ related = [] }: Finding): string[] {
  const kept = byRelation(related).slice(0, mostRelated);
  const left = related.length - kept.length;
  return [
    ...kept.map(({ relation, status, target, says }) => {
      const head = `- ${relatedWords[relation]} [${statusWords[status]}] ${nameOf(target)}: `;
      return shortened(`${head}${statusText(says)}`, relatedLineLength);
    }),
    ...(left === 0 ? [] : [`- (and ${left} more)`]),
  ];
}

/** The place in a file where there is one, else the target: of a long name the beginning, so that there is room for what was found. */
function nameOf(target: string, place?: SourcePlace): string {
  if (place !== undefined) return placeText({ ...place, file: nameOf(place.file) });
  return target === '' ? '(empty)' : shortened(statusText(target), 100);
}

function ticketLines({ ticket }: Run): string[] {
  return ticket === undefined
    ? []
    : [
        '',
        ...ticket
          .trimEnd()
          .split('\n')
          .map((line) => statusText(line).trimEnd()),
      ];
}
