import { whenAborted } from './endings.js';

/** Resolves after so many milliseconds, or when `signal` is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      leave();
      resolve();
    };
    const timer = setTimeout(done, Math.max(milliseconds, 0));
    const leave = whenAborted(signal, done);
  });
}
