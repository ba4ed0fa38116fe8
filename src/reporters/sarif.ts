import { commandSlug } from '../model/command-slug.js';
import type { Finding } from '../model/finding.js';
import { printableJson } from '../model/printable.js';
import type { Report, Run } from '../model/report.js';
import type { CreateReporter } from './reporter.js';
import { resultOf } from './sarif/result.js';
import { type RuleEntry, ruleEntries } from './sarif/rules.js';

/** What is left of a report: its facts may be large, and nothing here looks at them. */
interface Checked {
  readonly target: Report['target'];
  readonly findings: readonly Finding[];
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0, for what shows findings beside the lines that they are about: one document with one run. It names the
 * rules before the results, so nothing is written before the end. Passes and skipped rules are results only with `--verbose`.
 */
export const createSarif: CreateReporter = (_command, { verbose }) => {
  const checked: Checked[] = [];
  return {
    report({ target, findings }) {
      const kept = verbose ? findings : findings.filter(({ status }) => status !== 'pass' && status !== 'skip');
      checked.push({ target, findings: kept });
      return '';
    },
    end: (run) => `${printableJson({ $schema: schema, version: '2.1.0', runs: [sarifRun(run, checked)] }, 2)}\n`,
  };
};

function sarifRun(run: Run, checked: readonly Checked[]): object {
  const rules = ruleEntries(checked.flatMap(({ findings }) => findings));
  const indexOf = new Map(rules.map(({ id }: RuleEntry, index) => [id, index]));
  return {
    tool: { driver: { name: 'rg-diag', semanticVersion: run.version, rules } },
    // What stands before the last slash is the category: the runs of one command follow each other.
    automationDetails: { id: `rg-diag/${commandSlug(run.command)}/${run.at}` },
    invocations: [{ executionSuccessful: succeeded(run, checked), exitCode: run.exitCode, startTimeUtc: run.at }],
    columnKind: 'utf16CodeUnits',
    results: checked.flatMap(({ target, findings }) =>
      findings.map((finding) => resultOf(finding, indexOf.get(finding.rule), target)),
    ),
  };
}

/** Whether it could judge what it was asked to, whatever it found. */
function succeeded({ verdict, exitCode }: Run, checked: readonly Checked[]): boolean {
  const isVerdict = exitCode >= 0 && exitCode <= 3;
  return isVerdict && verdict !== 'unknown' && !checked.some(({ findings }) => findings.some(isUnjudged));
}

/** A rule that could not judge, or one of those that say that the run ended early. */
function isUnjudged({ rule, status }: Finding): boolean {
  return status === 'broken' || (status !== 'skip' && /\/(?:finished|reached)$/.test(rule));
}
