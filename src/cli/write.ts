import { writeSync } from 'node:fs';

/**
 * Writes text to standard output (1) or error (2) with the system call itself: to a pipe, a terminal or a file
 * `process.stdout` is synchronous too, and takes longer to set up than most runs last. Returns the error if it fails.
 */
export function writeNow(descriptor: 1 | 2, text: string): NodeJS.ErrnoException | undefined {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      // EAGAIN: somebody who shares the pipe has made it non-blocking, and its reader is slow.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return error as NodeJS.ErrnoException;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  return undefined;
}
