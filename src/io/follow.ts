import { type BigIntStats, closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import type { Failure } from '../model/failure.js';
import { classify } from './classify.js';
import { readAt } from './input.js';

/** A file that is followed by its name, as `tail -F` does. */
export interface Follower {
  /**
   * Hands over what was added since the last call, whole lines only, and from the beginning where the file is another one
   * now: renamed and made anew, or cut to nothing and written again. Resolves with why there is nothing to follow at the
   * moment, where that is so. Stops early when `signal` is aborted.
   */
  poll(take: Take, signal: AbortSignal): Promise<Failure | undefined>;
  /**
   * Hands over what came since the last poll, at most 16 MiB of each file and nothing where that poll was stopped early; then
   * the beginnings of lines that never ended. Closes what is open.
   */
  end(take: Take): Promise<void>;
}

type Take = (bytes: Uint8Array) => void;

const chunkBytes = 1 << 18;

/** Bytes that are read at the end: many times what is written between two polls, and soon read. */
const mostAtEnd = 1 << 24;

/** Bytes of a line without an end that are kept; more is handed over as it is. */
const longestLine = 1 << 16;

/** Milliseconds that a file is read on which was renamed: its writer may not have noticed yet. */
const linger = 5000;

/** Bytes at the beginning of a file that tell whether it is still the same one. */
const markBytes = 1024;

const lineEnd = Buffer.from('\n');

/** Follows the file of that name, which need not be there yet. What is in it already counts as added. */
export function followFile(path: string): Follower {
  let current: Opened | undefined;
  let former: { readonly file: Opened; readonly until: number }[] = [];
  /** All that was there by the last poll has been read: what is there now is little. */
  let isCaughtUp = false;

  async function poll(take: Take, signal: AbortSignal): Promise<Failure | undefined> {
    if (signal.aborted) return undefined;
    const failure = await readOn(take, signal);
    isCaughtUp = !signal.aborted;
    return failure;
  }

  async function readOn(take: Take, signal: AbortSignal, most = Infinity): Promise<Failure | undefined> {
    for (const { file } of former) await file.readOn(take, signal, most);
    const now = performance.now();
    for (const { file, until } of former) if (until <= now) file.end(take);
    former = former.filter(({ until }) => until > now);
    await current?.readOn(take, signal, most);
    let found: BigIntStats | undefined;
    try {
      found = statSync(path, { bigint: true, throwIfNoEntry: false });
      // Renamed, and not made anew yet.
      if (found === undefined && current !== undefined) return undefined;
      if (found !== undefined && current?.is(found)) return undefined;
      // Opening a FIFO would be noticed by its writer.
      if (found?.isFile() === false) throw notAFile(path, found);
      const opened = new Opened(path);
      // What was written to the old one between reading it and seeing the new one.
      await current?.readOn(take, signal, most);
      if (current !== undefined) former.push({ file: current, until: now + linger });
      current = opened;
    } catch (error) {
      // While there is something to read, what takes its name is no reason to stop.
      return current === undefined ? classify(error, 'input') : undefined;
    }
    await current.readOn(take, signal, most);
    return undefined;
  }

  async function end(take: Take): Promise<void> {
    if (isCaughtUp) await readOn(take, new AbortController().signal, mostAtEnd);
    for (const { file } of former) file.end(take);
    current?.end(take);
    former = [];
    current = undefined;
  }

  return { poll, end };
}

function notAFile(path: string, kind: BigIntStats): Error {
  const what = kind.isDirectory() ? 'is a directory' : 'is no regular file, and cannot be followed';
  return Object.assign(new Error(`${path} ${what}`), { code: 'EISDIR' });
}

/** A file that is open, however it is called by now. */
class Opened {
  readonly #descriptor: number;
  readonly #device: bigint;
  readonly #number: bigint;
  #position = 0;
  #mark: Uint8Array = new Uint8Array(0);
  /** The beginning of a line whose end has not come yet. */
  #held: Uint8Array = new Uint8Array(0);

  constructor(path: string) {
    this.#descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const kind = fstatSync(this.#descriptor, { bigint: true });
    this.#device = kind.dev;
    this.#number = kind.ino;
    if (kind.isFile()) return;
    closeSync(this.#descriptor);
    throw notAFile(path, kind);
  }

  is({ dev, ino }: BigIntStats): boolean {
    return dev === this.#device && ino === this.#number;
  }

  /** Up to its end, or so many bytes at the most. */
  async readOn(take: Take, signal: AbortSignal, most: number): Promise<void> {
    if (this.#isWrittenAnew()) {
      this.#cutOff(take);
      this.#position = 0;
      this.#mark = new Uint8Array(0);
    }
    const upTo = this.#position + most;
    while (!signal.aborted && this.#position < upTo) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const read = readAt(this.#descriptor, chunk, this.#position);
      if (!read.ok || read.value === 0) return;
      if (this.#position < markBytes) this.#remember(chunk.subarray(0, read.value));
      this.#position += read.value;
      this.#handOver(chunk.subarray(0, read.value), take);
      if (read.value < chunkBytes) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  end(take: Take): void {
    this.#cutOff(take);
    closeSync(this.#descriptor);
  }

  /** Shorter than before, or with another beginning: a log is only ever added to. */
  #isWrittenAnew(): boolean {
    if (fstatSync(this.#descriptor).size < this.#position) return true;
    const mark = new Uint8Array(this.#mark.length);
    const read = readAt(this.#descriptor, mark, 0);
    return !read.ok || read.value < mark.length || !mark.every((byte, index) => byte === this.#mark[index]);
  }

  #remember(chunk: Uint8Array): void {
    this.#mark = Buffer.concat([this.#mark, chunk.subarray(0, markBytes - this.#mark.length)]);
  }

  #handOver(chunk: Uint8Array, take: Take): void {
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end > 0) {
      this.#flush(take);
      take(chunk.subarray(0, end));
    }
    this.#held = Buffer.concat([this.#held, chunk.subarray(end)]);
    if (this.#held.length > longestLine) this.#flush(take);
  }

  /** What comes next is not the rest of the line. */
  #cutOff(take: Take): void {
    if (this.#held.length === 0) return;
    this.#flush(take);
    take(lineEnd);
  }

  #flush(take: Take): void {
    if (this.#held.length > 0) take(this.#held);
    this.#held = new Uint8Array(0);
  }
}
