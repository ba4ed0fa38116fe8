import { close, closeSync, constants, fstatSync, open, read, readSync, type Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import type { Gunzipper } from './gunzip.js';
import { isGzip } from './gzip-magic.js';

export interface Input {
  /**
   * Hands over every chunk, in order, waiting for each `take`. Resolves with the failure that ended reading early, or
   * with nothing at the end of the input and when `signal` is aborted. What could be read before a failure is handed
   * over first. Timers and signals are served meanwhile, also where `take` never waits. To be called once.
   * @param keepsNothing `take` keeps nothing of a chunk, so that the next one may be read into its place
   */
  read(
    take: (chunk: Uint8Array) => void | Promise<void>,
    signal: AbortSignal,
    keepsNothing?: boolean,
  ): Promise<Failure | undefined>;
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

/** Milliseconds until a device that had nothing to say is asked again. */
const askAgainAfter = 20;

const openDescriptor = promisify(open);
const readDescriptor = promisify(read);

/** Opens a file, or standard input for `-`. Gzip is recognised by its magic bytes, whatever the name says. */
export async function openInput(path: string): Promise<Outcome<Input>> {
  const started = performance.now();
  try {
    const value = path === '-' ? standardInput() : await openPath(path);
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

function standardInput(): Input {
  // Node takes a directory for an empty input.
  refuseDirectory(fstatSync(0), 'standard input');
  return streamInput(process.stdin);
}

async function openPath(path: string): Promise<Input> {
  // Without O_NONBLOCK, opening a FIFO would wait for its writer in a thread that nothing can interrupt. What was
  // opened is looked at only now: before, it might be replaced by something else meanwhile.
  const descriptor = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return await inputOf(descriptor, path);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

async function inputOf(descriptor: number, path: string): Promise<Input> {
  const kind = fstatSync(descriptor);
  refuseDirectory(kind, path);
  // What a plain file has no use for is only loaded for the others.
  if (kind.isFIFO()) {
    const { Socket } = await import('node:net');
    return streamInput(new Socket({ fd: descriptor, readable: true, writable: false }));
  }
  if (kind.isCharacterDevice()) {
    const { isatty, ReadStream } = await import('node:tty');
    if (isatty(descriptor)) return streamInput(new ReadStream(descriptor));
  }
  if (!kind.isFile()) return deviceInput(descriptor);
  const head = new Uint8Array(3);
  fill(descriptor, head, 0);
  const { read, close, ...plain } = fileInput({ descriptor, size: kind.size });
  // What the kernel makes up when it is read (/proc) has no size.
  return isGzip(head) || kind.size === 0 ? { read, close } : { read, close, ...plain };
}

function refuseDirectory(kind: Stats, name: string): void {
  if (kind.isDirectory()) throw Object.assign(new Error(`${name} is a directory`), { code: 'EISDIR' });
}

function fileInput(file: OpenFile): Input {
  return {
    file,
    read: (take, signal, keepsNothing = false) => readAll(chunksOf(file, signal, keepsNothing), take, signal),
    close: closeOnce(file.descriptor),
  };
}

async function* chunksOf(
  { descriptor, size }: OpenFile,
  signal: AbortSignal,
  isReused: boolean,
): AsyncGenerator<Uint8Array> {
  const end = size === 0 ? Number.POSITIVE_INFINITY : size;
  let memory: Buffer | undefined;
  for (let at = 0; at < end && !signal.aborted; at += chunkBytes) {
    if (memory === undefined || !isReused) memory = Buffer.allocUnsafe(Math.min(chunkBytes, end - at));
    const chunk = memory.subarray(0, Math.min(chunkBytes, end - at));
    const filled = fill(descriptor, chunk, at);
    if (filled === 0) return;
    yield chunk.subarray(0, filled);
    // Nothing here waits for the world, and neither may the consumer: without this no timer and no signal gets through.
    await eventsHandled();
  }
}

function eventsHandled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A device may be endless (/dev/zero) or silent; reading it never waits, because it was opened so. */
function deviceInput(descriptor: number): Input {
  return {
    read: (take, signal) => readAll(deviceChunks(descriptor, signal), take, signal),
    close: closeOnce(descriptor),
  };
}

async function* deviceChunks(descriptor: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  while (!signal.aborted) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const filled = await readDevice(descriptor, chunk);
    if (filled === 0) return;
    if (filled === undefined) await delay(askAgainAfter, undefined, { signal });
    else yield chunk.subarray(0, filled);
  }
}

/** Nothing: it has nothing to say at the moment. */
async function readDevice(descriptor: number, chunk: Buffer): Promise<number | undefined> {
  try {
    return (await readDescriptor(descriptor, chunk, 0, chunk.length, null)).bytesRead;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

/** The number of a descriptor that was closed may be that of another file already. */
function closeOnce(descriptor: number): () => void {
  let closed = false;
  return () => {
    // In a thread, behind whatever still reads.
    if (!closed) close(descriptor, () => undefined);
    closed = true;
  };
}

function streamInput(stream: Readable): Input {
  // An error between opening and reading must not end the process; reading meets it again.
  stream.on('error', () => undefined);
  return {
    async read(take, signal) {
      const stop = () => stream.destroy();
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await readAll(stream, take, signal);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    close: () => stream.destroy(),
  };
}

async function readAll(
  chunks: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void | Promise<void>,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  let thrown: { readonly error: unknown } | undefined;
  const taking = async (chunk: Uint8Array) => {
    try {
      await take(chunk);
    } catch (error) {
      thrown = { error };
      throw error;
    }
  };
  try {
    return await inflateIfCompressed(chunks, taking, signal);
  } catch (error) {
    // What the one who takes has thrown says nothing about the input.
    if (thrown !== undefined) throw error;
    // A stream that was destroyed because time is up is not damaged.
    return signal.aborted ? undefined : classify(error, 'input');
  }
}

async function inflateIfCompressed(
  chunks: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void | Promise<void>,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  let gunzipper: Gunzipper | undefined;
  // The first bytes decide, and a pipe may deliver them one by one.
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (head !== undefined) {
      bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      head = mayBecomeGzip(bytes) ? bytes : undefined;
      if (head !== undefined) continue;
      if (isGzip(bytes)) gunzipper = (await import('./gunzip.js')).createGunzipper(take, signal);
    }
    const failure = gunzipper === undefined ? await take(bytes) : await gunzipper.push(bytes);
    if (failure || signal.aborted) return failure || undefined;
  }
  if (head !== undefined && head.length > 0) await take(head);
  return gunzipper?.end();
}

/** Too short to tell. */
function mayBecomeGzip(head: Uint8Array): boolean {
  const magic = [0x1f, 0x8b];
  return head.length < 3 && magic.slice(0, head.length).every((byte, index) => head[index] === byte);
}
