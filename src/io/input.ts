import { closeSync, constants, createReadStream, open, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { createGunzipper, type Gunzipper, isGzip } from './gunzip.js';

export interface Input {
  /**
   * Hands over every chunk, in order, waiting for each `take`. Resolves with the failure that ended reading early, or
   * with nothing at the end of the input and when `signal` is aborted. What could be read before a failure is handed
   * over first. To be called once.
   */
  read(take: (chunk: Uint8Array) => void | Promise<void>, signal: AbortSignal): Promise<Failure | undefined>;
  /** Where it is a plain regular file: any part can be read at any time instead, by any thread of the process. */
  readonly file?: OpenFile;
  close(): void;
}

export interface OpenFile {
  readonly descriptor: number;
  /** Bytes, when it was opened. A file that grows meanwhile is read up to here. */
  readonly size: number;
}

const chunkBytes = 1 << 18;

const openDescriptor = promisify(open);

/** Opens a file, or standard input for `-`. Gzip is recognised by its magic bytes, whatever the name says. */
export async function openInput(path: string): Promise<Outcome<Input>> {
  const started = performance.now();
  try {
    const value = path === '-' ? streamInput(process.stdin) : await openPath(path);
    return { ok: true, value, ms: performance.now() - started };
  } catch (error) {
    return { ok: false, failure: classify(error, 'input'), ms: performance.now() - started };
  }
}

/** Fills `target` from `position` of an open file; returns the bytes read, fewer only at the end of the file. */
export function readAt(descriptor: number, target: Uint8Array, position: number): Outcome<number> {
  const started = performance.now();
  try {
    return { ok: true, value: fill(descriptor, target, position), ms: performance.now() - started };
  } catch (error) {
    return { ok: false, failure: classify(error, 'input'), ms: performance.now() - started };
  }
}

function fill(descriptor: number, target: Uint8Array, position: number): number {
  let filled = 0;
  while (filled < target.length) {
    const read = readSync(descriptor, target, filled, target.length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

async function openPath(path: string): Promise<Input> {
  const kind = await stat(path);
  if (kind.isDirectory()) throw Object.assign(new Error(`${path} is a directory`), { code: 'EISDIR' });
  // Without O_NONBLOCK, opening a FIFO would wait for its writer in a thread that nothing can interrupt.
  const descriptor = await openDescriptor(path, kind.isFIFO() ? constants.O_RDONLY | constants.O_NONBLOCK : 'r');
  if (kind.isFIFO()) return streamInput(new Socket({ fd: descriptor, readable: true, writable: false }));
  if (!kind.isFile()) return streamInput(createReadStream(path, { fd: descriptor, highWaterMark: chunkBytes }));
  const head = new Uint8Array(3);
  fill(descriptor, head, 0);
  const { read, close, ...plain } = fileInput({ descriptor, size: kind.size });
  return isGzip(head) ? { read, close } : { read, close, ...plain };
}

function fileInput(file: OpenFile): Input {
  return {
    file,
    read: (take, signal) => readAll(chunksOf(file, signal), take, signal),
    close: () => closeSync(file.descriptor),
  };
}

async function* chunksOf({ descriptor, size }: OpenFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size && !signal.aborted; at += chunkBytes) {
    const chunk = new Uint8Array(Math.min(chunkBytes, size - at));
    const filled = fill(descriptor, chunk, at);
    if (filled === 0) return;
    yield chunk.subarray(0, filled);
  }
}

function streamInput(stream: Readable): Input {
  return {
    async read(take, signal) {
      const stop = () => stream.destroy();
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      const failure = await readAll(stream, take, signal);
      signal.removeEventListener('abort', stop);
      return failure;
    },
    close: () => stream.destroy(),
  };
}

async function readAll(
  chunks: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void | Promise<void>,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    return await inflateIfCompressed(chunks, take);
  } catch (error) {
    // A stream that was destroyed because time is up is not damaged.
    return signal.aborted ? undefined : classify(error, 'input');
  }
}

async function inflateIfCompressed(
  chunks: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void | Promise<void>,
): Promise<Failure | undefined> {
  let gunzipper: Gunzipper | undefined;
  // The first bytes decide, and a pipe may deliver them one by one.
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (head !== undefined) {
      bytes = Buffer.concat([head, chunk]);
      head = mayBecomeGzip(bytes) ? bytes : undefined;
      if (head !== undefined) continue;
      if (isGzip(bytes)) gunzipper = createGunzipper(take);
    }
    const failure = gunzipper === undefined ? await take(bytes) : await gunzipper.push(bytes);
    if (failure) return failure;
  }
  if (head !== undefined && head.length > 0) await take(head);
  return gunzipper?.end();
}

/** Too short to tell. */
function mayBecomeGzip(head: Uint8Array): boolean {
  const magic = [0x1f, 0x8b];
  return head.length < 3 && magic.slice(0, head.length).every((byte, index) => head[index] === byte);
}
