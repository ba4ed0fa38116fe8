import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import type { StopReason } from './deadline.js';

const chunkBytes = 1 << 16;

/**
 * Reads a regular file of at most `cap` bytes as it is: what is compressed stays so. Anything else (a directory, a FIFO, a device)
 * is a failure, and so is a longer file: half a file is none. When `signal` is aborted, its reason is the failure.
 */
export async function readRawFile(path: string, cap: number, signal: AbortSignal): Promise<Outcome<Buffer>> {
  const started = performance.now();
  const outcome = await read(path, cap, signal).catch((error: unknown) => classify(error, 'input'));
  const ms = performance.now() - started;
  return Buffer.isBuffer(outcome) ? { ok: true, value: outcome, ms } : { ok: false, failure: outcome, ms };
}

async function read(path: string, cap: number, signal: AbortSignal): Promise<Buffer | Failure> {
  // Without O_NONBLOCK, opening a FIFO would wait for its writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) {
      const kind = stats.isDirectory() ? 'a directory' : 'not a regular file';
      return { code: 'not-a-file', step: 'input', blame: 'us', detail: `${path} is ${kind}` };
    }
    return await readAll(file, path, cap, signal);
  } finally {
    await file.close();
  }
}

/** The size is not asked: what the kernel makes up when it is read (/proc) has none. */
async function readAll(file: FileHandle, path: string, cap: number, signal: AbortSignal): Promise<Buffer | Failure> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at <= cap; ) {
    if (signal.aborted) return signal.reason as StopReason;
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  const detail = `${path} is longer than the ${cap} bytes that are read of such a file`;
  return { code: 'answer-too-long', step: 'input', blame: 'us', detail };
}
