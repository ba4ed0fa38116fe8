import type { CertificateFacts } from '../../../decoders/certificate.js';
import type { Defect } from '../../../decoders/chain-facts.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import type { JudgedChain } from '../facts.js';

interface DefectRule {
  readonly id: string;
  readonly code: FailureCode;
  readonly means: string;
  readonly remedy: string;
  readonly cites: string;
  /** What is said where there is no such defect. */
  readonly passes: string;
  /** The field of a certificate that shows the defect: its evidence. */
  readonly field: keyof CertificateFacts;
  /** Absent: fail. */
  readonly status?: (facts: JudgedChain, defects: readonly Defect[]) => 'note' | 'warn' | 'fail' | 'broken';
  readonly skips?: (facts: JudgedChain) => string | undefined;
}

/** A rule that judges one kind of defect, all of its occurrences in one finding. */
export function defectRule({ code, passes, field, status, skips, ...rule }: DefectRule): Rule<JudgedChain> {
  return {
    ...rule,
    ...(skips !== undefined && { skips }),
    check(facts) {
      const found = facts.defectDetails.filter((defect) => defect.code === code);
      if (found.length === 0) return { status: 'pass', says: passes, evidence: ['/defects'] };
      const says = [...new Set(found.map(({ detail }) => detail))].join('; ');
      const evidence = found.map((defect) => evidenceOf(facts, defect, field));
      const counts = status?.(facts, found) ?? 'fail';
      return counts === 'note' ? { status: counts, says, evidence } : { status: counts, says, evidence, code };
    },
  };
}

function evidenceOf(facts: JudgedChain, defect: Defect, field: keyof CertificateFacts): string {
  const { element } = defect;
  if (element !== undefined && facts.chain[element]?.[field] !== undefined) return `/chain/${element}/${field}`;
  return `/defectDetails/${facts.defectDetails.indexOf(defect)}`;
}
