import type { FailureCode } from '../../model/failure.js';
import type { Attempt, Counts, State } from './facts.js';

/** What the failure of an attempt says about the port; whatever is neither refusal nor silence is unreachable. */
export function stateOf(code: FailureCode): State {
  switch (code) {
    case 'connection-refused':
    case 'connection-reset':
      return 'closed';
    case 'timeout':
    // A unix socket whose queue is full: over TCP the same is silence.
    case 'busy':
      return 'filtered';
    default:
      return 'unreachable';
  }
}

/** How many attempts of those that were asked for came to which end. */
export function countsOf(attempts: readonly Attempt[], asked: number): Counts {
  const counts = { asked, open: 0, closed: 0, filtered: 0, unreachable: 0, untried: asked - attempts.length };
  for (const { state } of attempts) counts[state]++;
  return counts;
}
