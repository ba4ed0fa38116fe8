import type { Stats } from 'node:fs';
import { type FileHandle, lstat, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import type { StopReason } from './deadline.js';
import { withRegularFile } from './regular-file.js';

/** What stands in a folder under a name; a link is not followed. */
export interface FolderEntry {
  readonly name: string;
  /** `unknown`: the system says nothing of it (a name that is no UTF-8, or it is gone already). */
  readonly kind: 'file' | 'directory' | 'link' | 'socket' | 'fifo' | 'device' | 'unknown';
  readonly bytes: number;
  /** Permissions in octal, four digits: `0640`. */
  readonly mode: string;
}

export interface FolderListing {
  /** Permissions of the folder. */
  readonly mode: string;
  /** Sorted by name. */
  readonly entries: readonly FolderEntry[];
  /** There are more than were asked for. */
  readonly more: boolean;
}

/** Bytes that are read at a time: `signal` is looked at in between. */
const chunkBytes = 1 << 20;

/** What is in a folder, at most so many entries. Nothing in it is opened. */
export async function listFolder(path: string, most: number): Promise<Outcome<FolderListing>> {
  const started = performance.now();
  try {
    const folder = await stat(path);
    if (!folder.isDirectory()) throw Object.assign(new Error(`${path} is not a folder`), { code: 'EISDIR' });
    const names: string[] = [];
    let more = false;
    for await (const { name } of await opendir(path)) {
      more = names.length === most;
      if (more) break;
      names.push(name);
    }
    const entries: FolderEntry[] = [];
    for (const name of names.sort()) entries.push(await entryOf(path, name));
    return { ok: true, value: { mode: modeOf(folder), entries, more }, ms: performance.now() - started };
  } catch (error) {
    return { ok: false, failure: classify(error, 'input'), ms: performance.now() - started };
  }
}

/**
 * A file of a folder as it is, of at most `cap` bytes. Anything but a regular file is a failure (`not-a-file`) and is not opened; a
 * longer one is too (`answer-too-long`) and is not read. When `signal` is aborted, its reason is the failure.
 */
export async function readFolderFile(
  folder: string,
  name: string,
  cap: number,
  signal: AbortSignal,
): Promise<Outcome<Buffer>> {
  const started = performance.now();
  const read = await withRegularFile(
    join(folder, name),
    async ({ file, stats }) => (stats.size > cap ? tooLong(name, cap) : readAll(file, name, cap, signal)),
    name,
  ).catch((error: unknown) => classify(error, 'input'));
  const ms = performance.now() - started;
  return Buffer.isBuffer(read) ? { ok: true, value: read, ms } : { ok: false, failure: read, ms };
}

async function entryOf(folder: string, name: string): Promise<FolderEntry> {
  const stats = await lstat(join(folder, name)).catch(() => undefined);
  if (stats === undefined) return { name, kind: 'unknown', bytes: 0, mode: '0000' };
  return { name, kind: kindOf(stats), bytes: stats.size, mode: modeOf(stats) };
}

function kindOf(stats: Stats): FolderEntry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSocket()) return 'socket';
  return stats.isFIFO() ? 'fifo' : 'device';
}

function modeOf({ mode }: Stats): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

async function readAll(file: FileHandle, name: string, cap: number, signal: AbortSignal): Promise<Buffer | Failure> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at <= cap; ) {
    if (signal.aborted) return signal.reason as StopReason;
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return tooLong(name, cap);
}

function tooLong(name: string, cap: number): Failure {
  const detail = `${name} is longer than the ${cap} bytes that are read of such a file`;
  return { code: 'answer-too-long', step: 'input', blame: 'us', detail };
}
