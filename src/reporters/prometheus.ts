import type { Finding } from '../model/finding.js';
import type { Metric } from '../model/metric.js';
import { printable } from '../model/printable.js';
import type { Report, Run, Verdict } from '../model/report.js';
import { shortened } from '../model/shortened.js';
import { Exposition, type Labels } from './prometheus/exposition.js';
import { joinedLabels } from './prometheus/labels.js';
import type { Reporter } from './reporter.js';

/** What is left of a report: its facts may be large, and nothing here looks at them. */
interface Checked {
  readonly target: string;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  readonly metrics: readonly Metric[];
}

/**
 * Prometheus' text format, for a textfile collector or an exporter. Everything comes at the end, since a family must
 * stand together. No sample carries a timestamp: collectors refuse a whole file for one.
 *
 * The tool's own families also say which command it was and have no sample without a target where there is one, so that
 * the files of several commands and of several targets can lie in one folder of node_exporter, which takes two equal
 * samples for an error.
 */
export function createPrometheus(): Reporter {
  const checked: Checked[] = [];
  return {
    report({ target, verdict, durationMs, findings, metrics }) {
      checked.push({ target: shortened(printable(target), targetLength), verdict, durationMs, findings, metrics });
      return '';
    },
    end: (run) => exposition(run, checked).toString(),
  };
}

/** Every sample carries the target, so a very long one would be multiplied. */
const targetLength = 1000;

const verdicts: readonly Verdict[] = ['ok', 'warn', 'fail', 'unknown'];

function exposition(run: Run, checked: readonly Checked[]): Exposition {
  const samples = new Exposition();
  const lastRun = (labels: Labels) =>
    samples.add(
      'rg_diag_last_run_timestamp_seconds',
      'When the run began, in seconds since the epoch.',
      labels,
      Date.parse(run.at) / 1000,
    );
  const success = (labels: Labels, verdict: Verdict) =>
    samples.add(
      'rg_diag_success',
      'Whether all is well: 1 where the verdict is ok or warn, 0 where it is fail or unknown.',
      labels,
      verdict === 'ok' || verdict === 'warn' ? 1 : 0,
    );
  const command = ['command', run.command] as const;

  if (checked.length === 0) {
    success([command], run.verdict);
    lastRun([command]);
  }
  for (const { report, target, index } of identified(checked)) {
    const own: Labels = [...target, command, ...index];
    success(own, report.verdict);
    for (const verdict of verdicts) {
      const help = 'The verdict: 1 for the one that was reached, 0 for the others.';
      samples.add('rg_diag_verdict', help, [...own, ['verdict', verdict]], verdict === report.verdict ? 1 : 0);
    }
    for (const { labels, count } of countedFindings(report.findings)) {
      const help = 'What was found: how many findings that are not a pass, with the code of the failure behind them.';
      samples.add('rg_diag_finding_info', help, [...own, ...labels], count);
    }
    samples.add('rg_diag_duration_seconds', 'How long it took to look at the target.', own, seconds(report.durationMs));
    lastRun(own);
    for (const { name, help, labels, value } of report.metrics) {
      const family = `rg_diag_${name.replaceAll(/\W/g, '_')}`;
      samples.add(family, help, joinedLabels([...target, ...index], labels), value);
    }
  }
  return samples;
}

/** A rule can find the same in several places, which no label tells apart. */
function countedFindings(findings: readonly Finding[]): Iterable<{ labels: Labels; count: number }> {
  const counted = new Map<string, { labels: Labels; count: number }>();
  for (const { rule, status, code = '' } of findings) {
    if (status === 'pass' || status === 'skip') continue;
    // As they are written, so that two rules that come to the same there are counted as one.
    const labels: Labels = [
      ['rule', printable(rule)],
      ['status', status],
      ['code', code],
    ];
    const key = JSON.stringify(labels);
    counted.set(key, { labels, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return counted.values();
}

/** Without the digits that dividing adds. */
function seconds(milliseconds: number): number {
  return Number((milliseconds / 1000).toPrecision(12));
}

/** Each report with its target; where several have the same one, also with its number among those. */
function identified(checked: readonly Checked[]): { report: Checked; target: Labels; index: Labels }[] {
  const total = new Map<Report['target'], number>();
  for (const { target } of checked) total.set(target, (total.get(target) ?? 0) + 1);
  const seen = new Map<Report['target'], number>();
  return checked.map((report) => {
    const { target } = report;
    const number = (seen.get(target) ?? 0) + 1;
    seen.set(target, number);
    return { report, target: [['target', target]], index: total.get(target) === 1 ? [] : [['index', `${number}`]] };
  });
}
