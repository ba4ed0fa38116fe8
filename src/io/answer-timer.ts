import type { Failure } from '../model/failure.js';
import { limit } from './limits.js';

/** How long whoever asks waits for an answer. */
export interface AnswerTimes {
  /** Seconds until the peer has to have acknowledged the request. */
  readonly ackSeconds: number;
  /** Seconds until the head of the answer has to be whole. */
  readonly readSeconds: number;
}

/** What the system and the connection tell about a request that has been sent. */
export interface Progress {
  /** Whether bytes of an answer have come. */
  hasBegun(): boolean;
  /** Bytes of the request that the peer's TCP has not acknowledged; nothing where the system does not tell. */
  unacknowledged(): number | undefined;
}

/**
 * Calls `give` once, with why, when the head of an answer is overdue, or the run ends, unless the returned function was
 * called before: `request-unacknowledged` where the peer's TCP is silent too, `timeout` otherwise. `acknowledged` is absent
 * where nobody can tell.
 */
export function awaitAnswer(
  { ackSeconds, readSeconds }: AnswerTimes,
  { hasBegun, unacknowledged }: Progress,
  signal: AbortSignal,
  give: (failure: Failure, acknowledged?: boolean) => void,
): () => void {
  let cancel = (): void => undefined;
  const wait = (seconds: number, then: (failure: Failure) => void) => {
    cancel = limit({ seconds, signal }, 'exchange', 'target', hasBegun() ? 'no whole answer' : 'no answer', then);
  };
  const late = (what: string, seconds: number): Failure => ({
    code: 'timeout',
    step: 'exchange',
    blame: 'target',
    detail: `${what} within ${seconds} s`,
  });
  const over = (seconds: number) => (failure: Failure) => {
    const left = hasBegun() ? 0 : unacknowledged();
    if (failure.byRun === true) give(failure);
    else if (hasBegun()) give(late('no end of the headers', seconds), true);
    else if (left === undefined) give(late('no answer', seconds));
    else if (left === 0) give(late('no answer', seconds), true);
    else {
      const detail = `the request was not acknowledged within ${seconds} s (${left} bytes of it)`;
      give({ code: 'request-unacknowledged', step: 'exchange', blame: 'path', detail }, false);
    }
  };
  if (readSeconds <= ackSeconds) wait(readSeconds, over(readSeconds));
  else {
    wait(ackSeconds, (failure) => {
      const isLost = !hasBegun() && (unacknowledged() ?? 0) > 0;
      if (failure.byRun === true || isLost) over(ackSeconds)(failure);
      else wait(readSeconds - ackSeconds, over(readSeconds));
    });
  }
  return () => cancel();
}
