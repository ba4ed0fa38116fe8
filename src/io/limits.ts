import type { Failure, Step } from '../model/failure.js';
import { stopOf } from './deadline.js';
import { whenAborted } from './endings.js';

/** What bounds one step: its own time, and the end of the run. */
export interface Limits {
  /** Seconds that the step may take; absent: until the run ends. */
  readonly seconds?: number;
  /** The signal of the run's deadline. */
  readonly signal: AbortSignal;
}

/**
 * Calls `give` once, with why, when the time of a step is up or the run ends, unless the returned function was called
 * before. Nothing is called synchronously.
 */
export function limit(
  { seconds, signal }: Limits,
  step: Step,
  blame: Failure['blame'],
  waiting: string,
  give: (failure: Failure) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => {
    clearTimeout(timer);
    leave();
  };
  const ended = () => {
    cancel();
    const { code, detail } = stopOf(signal) ?? { code: 'interrupted', detail: 'the run has ended' };
    give({ code, step, blame, detail: `${waiting}: ${detail}`, byRun: true });
  };
  const leave = whenAborted(signal, ended);
  if (signal.aborted) return cancel;
  // setTimeout's longest delay is 2^31-1 ms; a longer one is as good as none.
  if (seconds !== undefined && seconds * 1000 <= 0x7fffffff) {
    timer = setTimeout(() => {
      cancel();
      give({ code: 'timeout', step, blame, detail: `${waiting} within ${seconds} s` });
    }, seconds * 1000);
  }
  return cancel;
}
