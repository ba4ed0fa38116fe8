import { type StageName, stageNames } from '../../decoders/origin-stages.js';
import type { Reach } from '../../model/reach.js';
import type { OriginAttempt } from './facts.js';

/**
 * The attempt that decides: an error before what nobody can tell, that before what is well, and of errors the one at the
 * earliest stage. At least one attempt.
 */
export function worstOf(attempts: readonly OriginAttempt[]): OriginAttempt {
  const [first, ...rest] = attempts;
  if (first === undefined) throw new Error('no attempt to choose from');
  return rest.reduce((worst, attempt) => (badness(attempt) > badness(worst) ? attempt : worst), first);
}

function badness({ edge, undetermined, stages }: OriginAttempt): number {
  const ofStage = (stage: StageName) => stageNames.length - stageNames.indexOf(stage);
  if (edge !== undefined && edge.code !== null) return 100 + ofStage(edge.stage ?? 'response');
  if (undetermined !== undefined) return 50 + ofStage(undetermined.stage);
  return stages.some(({ status }) => status === 'warn') ? 1 : 0;
}

/** What an address is good for, by everything that was tried with it. */
export function reachOf(attempts: readonly OriginAttempt[]): Reach {
  if (attempts.some(({ edge }) => edge !== undefined && edge.code !== null)) return 'dead';
  return attempts.every(({ edge }) => edge?.code === null) && attempts.length > 0 ? 'works' : 'unknown';
}
