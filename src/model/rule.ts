import type { FailureCode } from './failure.js';
import type { Finding, Status } from './finding.js';

/** What a rule concludes from facts. `remedy` replaces the rule's own where one rule has several ways out. */
export type Check = Conclusion &
  (
    | { readonly status: Exclude<Status, 'skip'>; readonly code: FailureCode }
    // Whatever counts against a target says by which failure, so that every format can.
    | { readonly status: 'pass' | 'note'; readonly code?: never }
  );

interface Conclusion {
  readonly says: string;
  readonly evidence: readonly string[];
  readonly remedy?: string;
  readonly cites?: string;
}

/** One piece of judgement. Pure: facts in, a conclusion out; no clock, no network, nothing remembered. */
export interface Rule<Facts> {
  /** `<command>/<rule>`, stable. */
  readonly id: string;
  /** What it means when the rule does not pass, one sentence. */
  readonly means: string;
  /** What to do then, one step a line. */
  readonly remedy: string;
  readonly cites: string;
  /** The reason why the rule does not apply to these facts, or nothing where it does. */
  skips?(facts: Facts): string | undefined;
  check(facts: Facts): Check;
}

/**
 * Runs every rule over the facts, in the order given. A rule that throws is a bug in rg-diag: it becomes a `broken`
 * finding, so that the other rules still speak.
 */
export function judge<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Finding[] {
  return rules.map((rule) => {
    try {
      const reason = rule.skips?.(facts);
      if (reason !== undefined) {
        return { ...silent, rule: rule.id, status: 'skip', says: reason, cites: rule.cites };
      }
      return findingOf(rule, rule.check(facts));
    } catch (error) {
      const says = `this rule failed on these facts, which is a bug in rg-diag: ${error instanceof Error ? error.message : String(error)}`;
      return {
        ...silent,
        rule: rule.id,
        status: 'broken',
        says,
        remedy: 'Report it with the output of --json.',
        cites: rule.cites,
        code: 'unclassified',
      };
    }
  });
}

/** What a finding says where there is nothing to say. */
const silent = { means: '', evidence: [], remedy: '' } as const;

function findingOf<Facts>(rule: Rule<Facts>, check: Check): Finding {
  const finding = {
    rule: rule.id,
    status: check.status,
    says: check.says,
    means: check.status === 'pass' ? '' : rule.means,
    evidence: check.evidence,
    remedy: check.remedy ?? (check.status === 'pass' ? '' : rule.remedy),
    cites: check.cites ?? rule.cites,
  };
  return check.code === undefined ? finding : { ...finding, code: check.code };
}
