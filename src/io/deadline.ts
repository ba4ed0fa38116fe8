import type { Failure } from '../model/failure.js';

/** Why measuring has to stop: the reason of a deadline's signal. */
export type StopReason = Failure & { readonly code: 'timeout' | 'interrupted' };

export interface Deadline {
  /** Aborted when the time is up or `interrupt` is called; its reason is a `StopReason`. */
  readonly signal: AbortSignal;
  interrupt(detail: string): void;
  /** Lets the process end: the timer is given up. */
  close(): void;
}

/** One deadline for a whole run. `seconds` absent: none, but it can still be interrupted. */
export function createDeadline(seconds: number | undefined): Deadline {
  const controller = new AbortController();
  const stop = (code: StopReason['code'], detail: string) => {
    const reason: StopReason = { code, step: 'input', blame: 'us', detail };
    controller.abort(reason);
  };
  // setTimeout's longest delay is 2^31-1 ms; a longer deadline is as good as none.
  const timer =
    seconds === undefined || seconds * 1000 > 0x7fffffff
      ? undefined
      : setTimeout(() => stop('timeout', `the deadline of ${seconds} s was reached`), seconds * 1000);
  return {
    signal: controller.signal,
    interrupt: (detail) => stop('interrupted', detail),
    close: () => clearTimeout(timer),
  };
}
