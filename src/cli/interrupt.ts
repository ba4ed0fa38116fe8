import type { Deadline } from '../io/deadline.js';

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

export interface Interruption {
  /** 130 or 143 once a signal has come. */
  exitCode(): number | undefined;
  close(): void;
}

/** The first Ctrl-C (or SIGTERM) ends measuring, so that what was found is still reported; the second ends everything. */
export function interruptOnSignals(deadline: Deadline): Interruption {
  let exitCode: number | undefined;
  const heed = (signal: 'SIGINT' | 'SIGTERM') => {
    if (exitCode !== undefined) process.exit(exitCode);
    exitCode = exitCodes[signal];
    deadline.interrupt(`the run was interrupted by ${signal}`);
  };
  process.on('SIGINT', heed);
  process.on('SIGTERM', heed);
  return {
    exitCode: () => exitCode,
    close() {
      process.off('SIGINT', heed);
      process.off('SIGTERM', heed);
    },
  };
}
