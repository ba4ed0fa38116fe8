import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import type { Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { isGzip } from './gzip-magic.js';

/** What can be said of a file before it is read. */
export interface FileLook {
  /** Not a FIFO, a device or the like: it can be read again, and has an end. */
  readonly regular: boolean;
  /** When it was last written to, milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** By its first bytes, whatever the name says; only of a regular file. */
  readonly compressed: boolean;
}

/** Looks at a file; a FIFO is not opened, because its writer would notice. A directory is a failure. */
export function lookAtFile(path: string): Outcome<FileLook> {
  const started = performance.now();
  try {
    const kind = statSync(path);
    if (kind.isDirectory()) throw Object.assign(new Error(`${path} is a directory`), { code: 'EISDIR' });
    const regular = kind.isFile();
    const value = { regular, modifiedAt: kind.mtimeMs, compressed: regular && isGzip(headOf(path)) };
    return { ok: true, value, ms: performance.now() - started };
  } catch (error) {
    return { ok: false, failure: classify(error, 'input'), ms: performance.now() - started };
  }
}

function headOf(path: string): Uint8Array {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const head = new Uint8Array(3);
    return head.subarray(0, readSync(descriptor, head, 0, head.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
