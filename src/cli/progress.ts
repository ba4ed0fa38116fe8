import type { Ora } from 'ora';

/** Shown to a person who waits, and to nobody else. */
export interface Progress {
  tell(message: string): void;
  /** Clears the line, so that what is printed next stands alone; the next message draws it again. */
  pause(): void;
  stop(): void;
}

/** Before this many milliseconds nobody needs to be told that something is under way. */
const patience = 500;

/**
 * Progress on standard error, if that is a terminal: drawn by ora. Neither is looked at before the wait gets long, since
 * both take longer to load than most runs last.
 */
export function createProgress(quiet: boolean): Progress {
  if (quiet) return { tell: () => undefined, pause: () => undefined, stop: () => undefined };
  let message = 'waiting';
  let spinner: Ora | undefined;
  let stopped = false;
  const timer = setTimeout(() => {
    // A terminal that does not know its width (0 columns) would be flooded.
    if (process.stderr.isTTY !== true || !(process.stderr.columns > 0)) return;
    void import('ora').then(({ default: ora }) => {
      if (!stopped) spinner = ora({ text: message, stream: process.stderr, discardStdin: false }).start();
    });
  }, patience);
  timer.unref();
  return {
    tell(next) {
      message = next;
      if (spinner === undefined) return;
      spinner.text = next;
      if (!spinner.isSpinning) spinner.start();
    },
    pause: () => spinner?.stop(),
    stop() {
      stopped = true;
      clearTimeout(timer);
      spinner?.stop();
    },
  };
}
