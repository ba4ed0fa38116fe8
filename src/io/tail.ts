import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { readAt } from './input.js';

/** The end of a file. */
export interface Tail {
  readonly text: string;
  /** The size of the whole. */
  readonly bytes: number;
  /** Milliseconds since the epoch: when it was written to last. */
  readonly modifiedAt: number;
  /** There is more before it. */
  readonly cut: boolean;
}

/** The last `most` bytes of a regular file, as UTF-8; anything else is a failure (`not-a-file`). */
export function readTail(path: string, most: number): Outcome<Tail> {
  const started = performance.now();
  const failed = (error: unknown): Outcome<Tail> => ({
    ok: false,
    failure: classify(error, 'input'),
    ms: performance.now() - started,
  });
  let descriptor: number;
  try {
    // Without O_NONBLOCK, opening a FIFO would wait for its writer.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return failed(error);
  }
  try {
    const kind = fstatSync(descriptor);
    if (!kind.isFile()) throw Object.assign(new Error(`${path} is not a file`), { code: 'EISDIR' });
    const { size: bytes, mtimeMs: modifiedAt } = kind;
    const target = new Uint8Array(Math.min(bytes, most));
    const read = readAt(descriptor, target, bytes - target.length);
    if (!read.ok) return read;
    const text = Buffer.from(target.subarray(0, read.value)).toString('utf8');
    return {
      ok: true,
      value: { text, bytes, modifiedAt, cut: bytes > target.length },
      ms: performance.now() - started,
    };
  } catch (error) {
    return failed(error);
  } finally {
    closeSync(descriptor);
  }
}
