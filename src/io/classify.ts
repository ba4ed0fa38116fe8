import type { Blame, Failure, FailureCode, Step } from '../model/failure.js';

/** Every error code of Node and the system that a step can meet → what it is called and whose side it is. */
const known: Readonly<Record<string, readonly [FailureCode, Blame]>> = {
  ENOENT: ['file-not-found', 'us'],
  ENOTDIR: ['file-not-found', 'us'],
  // Such a file may well be there: it is the way to it that cannot be followed.
  ENAMETOOLONG: ['invalid-path', 'us'],
  ELOOP: ['invalid-path', 'us'],
  ERR_INVALID_ARG_VALUE: ['invalid-path', 'us'],
  EACCES: ['permission-denied', 'us'],
  EPERM: ['permission-denied', 'us'],
  EISDIR: ['not-a-file', 'us'],
  ENXIO: ['not-a-file', 'us'],
  ENODEV: ['not-a-file', 'us'],
  EMFILE: ['too-many-open-files', 'us'],
  ENFILE: ['too-many-open-files', 'us'],
  EAGAIN: ['busy', 'us'],
  EBUSY: ['busy', 'us'],
  ETXTBSY: ['busy', 'us'],
  EIO: ['read-failed', 'us'],
  EBADF: ['read-failed', 'us'],
  EINVAL: ['read-failed', 'us'],
  ESPIPE: ['read-failed', 'us'],
  ESTALE: ['read-failed', 'us'],
  ECONNRESET: ['read-failed', 'us'],
  ENOSPC: ['no-space', 'us'],
  EDQUOT: ['no-space', 'us'],
  EFBIG: ['no-space', 'us'],
  EROFS: ['read-only', 'us'],
  EPIPE: ['reader-gone', 'us'],
  Z_BUF_ERROR: ['truncated-input', 'us'],
  Z_DATA_ERROR: ['corrupt-input', 'us'],
};

/** Turns whatever a system call threw into a failure. The message is kept; it is never what decides. */
export function classify(error: unknown, step: Step): Failure {
  const [code, blame] = known[codeOf(error) ?? ''] ?? ['unclassified', 'us'];
  // The same errors of a device or a descriptor meet those who read and those who write.
  const named = code === 'read-failed' && step === 'output' ? 'write-failed' : code;
  return { code: named, step, blame, detail: error instanceof Error ? error.message : String(error) };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
