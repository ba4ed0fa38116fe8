import type { Failure } from '../model/failure.js';
import type { Stop } from '../model/stop.js';
import { whenAborted } from './endings.js';

/** The reason of a deadline's signal. A step that was under way puts its own name in place of `step`. */
export type StopReason = Failure & Stop;

export interface Deadline {
  /** Aborted when the time is up or `interrupt` is called; its reason is a `StopReason`. */
  readonly signal: AbortSignal;
  /** Resolves when the signal is aborted. (A listener of the signal would take longer to load than most runs last.) */
  readonly over: Promise<void>;
  /** Seconds until it is reached, at least 0; nothing where there is none. */
  secondsLeft(): number | undefined;
  interrupt(detail: string): void;
  /** Lets the process end: the timer is given up. */
  close(): void;
}

/**
 * One deadline for a whole run, or, with `within`, for a part of one, which ends with it. `seconds` absent: none, but it can
 * still be interrupted.
 */
export function createDeadline(seconds: number | undefined, within?: AbortSignal): Deadline {
  const controller = new AbortController();
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const stop = (code: Stop['code'], detail: string) => {
    const reason: StopReason = { code, step: 'input', blame: 'us', detail, byRun: true };
    controller.abort(reason);
    end();
  };
  // setTimeout's longest delay is 2^31-1 ms; a longer deadline is as good as none.
  const began = performance.now();
  const timer =
    seconds === undefined || seconds * 1000 > 0x7fffffff
      ? undefined
      : // A part of a run has what is left of its time, to the microsecond: nobody wants to read that.
        setTimeout(
          () => stop('timeout', `the deadline of ${Number(seconds.toFixed(3))} s was reached`),
          seconds * 1000,
        );
  const leave =
    within &&
    whenAborted(within, () => {
      const { code, detail } = within.reason as StopReason;
      stop(code as Stop['code'], detail);
    });
  return {
    signal: controller.signal,
    over,
    secondsLeft: () => seconds && Math.max(0, seconds - (performance.now() - began) / 1000),
    interrupt: (detail) => stop('interrupted', detail),
    close: () => {
      clearTimeout(timer);
      leave?.();
    },
  };
}

/** Why the signal of a deadline was aborted; nothing while it was not. */
export function stopOf(signal: AbortSignal): Stop | undefined {
  if (!signal.aborted) return undefined;
  const { code, detail } = signal.reason as StopReason;
  return { code, detail };
}
