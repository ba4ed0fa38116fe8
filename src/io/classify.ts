import type { Blame, Failure, FailureCode, Step } from '../model/failure.js';

/** Every error code of Node and the system that a step can meet → what it is called and whose side it is. */
const known: Readonly<Record<string, readonly [FailureCode, Blame]>> = {
  ENOENT: ['file-not-found', 'us'],
  ENOTDIR: ['file-not-found', 'us'],
  ENAMETOOLONG: ['file-not-found', 'us'],
  ELOOP: ['file-not-found', 'us'],
  EACCES: ['permission-denied', 'us'],
  EPERM: ['permission-denied', 'us'],
  EISDIR: ['not-a-file', 'us'],
  ENXIO: ['not-a-file', 'us'],
  EIO: ['read-failed', 'us'],
  EBADF: ['read-failed', 'us'],
  Z_BUF_ERROR: ['truncated-input', 'us'],
  Z_DATA_ERROR: ['corrupt-input', 'us'],
};

/** Turns whatever a system call threw into a failure. The message is kept; it is never what decides. */
export function classify(error: unknown, step: Step): Failure {
  const [code, blame] = known[codeOf(error) ?? ''] ?? ['unclassified', 'us'];
  return { code, step, blame, detail: error instanceof Error ? error.message : String(error) };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
