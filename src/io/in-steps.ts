import type { Failure } from '../model/failure.js';

/**
 * Does work that comes in steps and waits for nothing, and lets timers and signals through between them. Where `signal` is aborted,
 * the work is left off, and what the signal gives for a reason is handed back.
 */
export async function inSteps<T extends object>(steps: Generator<void, T>, signal: AbortSignal): Promise<T | Failure> {
  for (;;) {
    if (signal.aborted) return signal.reason as Failure;
    const step = steps.next();
    if (step.done === true) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
