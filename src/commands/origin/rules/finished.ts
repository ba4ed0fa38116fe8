import { isVerdict } from '../../../decoders/other-modes.js';
import type { Rule } from '../../../model/rule.js';
import { finishedRule } from '../../../model/stop.js';
import type { SeenFacts } from '../facts.js';
import { decidingFailure, judgementOf } from '../verdict.js';

const usual = finishedRule('origin');

/** Whether everything was measured; silent where that is why nobody can say what visitors get. */
export const finished: Rule<SeenFacts> = {
  ...usual,
  skips: (facts) => usual.skips?.(facts) ?? (isSaid(facts) ? 'see origin/edge-error' : undefined),
};

function isSaid(facts: SeenFacts): boolean {
  const judgement = judgementOf(facts, facts);
  return !isVerdict(judgement) && decidingFailure(facts, judgement)?.seen.failure.byRun === true;
}
