import type { FileHandle } from 'node:fs/promises';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import type { StopReason } from './deadline.js';
import { whenAborted } from './endings.js';
import { withRegularFile } from './regular-file.js';

export interface BlocksRead {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Bytes that were handed over. */
  readonly read: number;
}

/** A block, and whether nothing comes before it; returns whether the one before is wanted. The memory is used again for the next. */
export type TakeBlock = (block: Uint8Array, isBeginning: boolean) => boolean;

const blockBytes = 1 << 20;

/**
 * Hands over a regular file from its end to its beginning, block by block, until no more is wanted. Anything else (a symbolic
 * link, a folder, a FIFO, a device) is a failure (`not-a-file`) and is not opened. When `signal` is aborted, its reason is the failure;
 * what was handed over by then counts. What is written behind the end meanwhile is not seen.
 */
export async function readBlocksFromEnd(
  path: string,
  take: TakeBlock,
  signal: AbortSignal,
): Promise<Outcome<BlocksRead>> {
  const started = performance.now();
  // A disk that hangs (a network file system, say) is left behind.
  const done = await new Promise<BlocksRead | Failure>((resolve) => {
    const leave = whenAborted(signal, () => resolve(signal.reason as StopReason));
    void withRegularFile(path, ({ file, stats }) => readBackwards(file, stats.size, take, signal))
      .catch((error: unknown) => classify(error, 'input'))
      .then(resolve)
      .finally(leave);
  });
  const ms = performance.now() - started;
  return 'code' in done ? { ok: false, failure: done, ms } : { ok: true, value: done, ms };
}

async function readBackwards(
  file: FileHandle,
  size: number,
  take: TakeBlock,
  signal: AbortSignal,
): Promise<BlocksRead | Failure> {
  const memory = Buffer.allocUnsafe(Math.min(blockBytes, size));
  let end = size;
  while (end > 0) {
    const start = Math.max(0, end - blockBytes);
    const { bytesRead } = await file.read(memory, 0, end - start, start);
    if (signal.aborted) return signal.reason as StopReason;
    // Who has cut the file meanwhile has cut its end.
    const isWanted = take(memory.subarray(0, bytesRead), start === 0);
    end = start;
    if (!isWanted) break;
  }
  return { size, read: size - end };
}
