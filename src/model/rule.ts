import type { FailureCode } from './failure.js';
import type { Finding, Status } from './finding.js';
import type { SafeFix, SourcePlace } from './place.js';

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
  readonly place?: SourcePlace;
  readonly fix?: SafeFix;
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
  /** Several where it found several, each at its own place: at least one. */
  check(facts: Facts): Check | readonly Check[];
}

/**
 * Runs every rule over the facts, in the order given: a finding for each of its conclusions. A rule that throws has a bug, or the
 * facts were damaged after they were saved: it becomes a `broken` finding, so that the other rules still speak.
 */
export function judge<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Finding[] {
  return rules.flatMap((rule) => {
    try {
      const reason = rule.skips?.(facts);
      if (reason !== undefined) {
        return [{ ...silent, rule: rule.id, status: 'skip' as const, says: reason, cites: rule.cites }];
      }
      return [rule.check(facts)].flat().map((check) => findingOf(rule, check));
    } catch (error) {
      const says = `this rule failed on these facts: ${error instanceof Error ? error.message : String(error)}`;
      return [
        {
          ...silent,
          rule: rule.id,
          status: 'broken' as const,
          says,
          remedy: 'Report it with the output of --json, unless it was changed after it was saved.',
          cites: rule.cites,
          code: 'unclassified' as const,
        },
      ];
    }
  });
}

/** What a finding says where there is nothing to say. */
const silent = { means: '', evidence: [], remedy: '' } as const;

function findingOf<Facts>(rule: Rule<Facts>, { status, says, evidence, remedy, cites, ...more }: Check): Finding {
  return {
    rule: rule.id,
    status,
    says,
    means: status === 'pass' ? '' : rule.means,
    evidence,
    remedy: remedy ?? (status === 'pass' ? '' : rule.remedy),
    cites: cites ?? rule.cites,
    ...more,
  };
}
