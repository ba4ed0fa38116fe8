import { randomBytes } from 'node:crypto';
import { constants, rmSync, type Stats } from 'node:fs';
import { type FileHandle, open, readlink, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '../model/failure.js';
import { classify } from './classify.js';
import type { StopReason } from './deadline.js';

/** A file that is being written. Nothing of it is seen under its name before `commit`. */
export interface FileReplacement {
  write(content: string | Uint8Array): Promise<Failure | undefined>;
  /** What was written is on the disk then. `commit` does it too; by itself it leaves less between a last look and `commit`. */
  sync(): Promise<Failure | undefined>;
  /** Puts the new content in place of the old. */
  commit(): Promise<Failure | undefined>;
  /** Leaves everything as it was; of a FIFO or a device only what was not written yet can be left out. */
  discard(): Promise<void>;
}

/** Milliseconds until a FIFO is asked again that has no reader, or no room. */
const askAgainAfter = 20;

/**
 * Milliseconds for which a reader may be slow once time is up: what has to be said about that is still worth writing,
 * but not to someone who does not read.
 */
const patience = 500;

/**
 * Opens a replacement for a file, new or existing. A regular file (also behind a symbolic link, which stays one) is
 * replaced by a temporary file of the same directory and mode, created exclusively; anything else, such as a FIFO or
 * a device, is written in place. Waits for the reader of a FIFO until `signal` is aborted, with a `StopReason`, which
 * is the failure then. `keep-owner`: owner and group of an existing file stay too, or it fails.
 */
export async function replaceFile(
  path: string,
  signal: AbortSignal,
  keep?: 'keep-owner',
): Promise<FileReplacement | Failure> {
  try {
    const present = await presentAt(path);
    if (present?.isFile() === false) return await openInPlace(path, present, signal);
    return await openTemporary(present === undefined ? await linkTarget(path) : await realpath(path), present, keep);
  } catch (error) {
    return classify(error, 'output');
  }
}

async function presentAt(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Where a file is to appear that is not there: a link that leads nowhere yet stays a link, too. */
async function linkTarget(path: string): Promise<string> {
  const link = await readlink(path).catch(() => undefined);
  return link === undefined ? path : linkTarget(resolve(dirname(path), link));
}

async function openTemporary(
  target: string,
  present: Stats | undefined,
  keep: 'keep-owner' | undefined,
): Promise<FileReplacement> {
  // Not made of the file's name, which may be as long as a name can be.
  const temporary = join(dirname(target), `.rg-diag-${randomBytes(12).toString('hex')}`);
  const mode = present === undefined ? 0o666 : present.mode & 0o7777;
  const file = await open(temporary, 'wx', mode).catch((error: NodeJS.ErrnoException) => {
    // What cannot be made is the user's file, under whatever name it is begun.
    error.message = error.message.replace(temporary, target);
    throw error;
  });
  const replacement = viaTemporary(file, temporary, target);
  try {
    if (present !== undefined && keep !== undefined) await giveTo(file, present, target);
    // The mode given to open is narrowed by the umask; an existing file keeps its own exactly.
    if (present !== undefined) await file.chmod(mode);
    return replacement;
  } catch (error) {
    await replacement.discard();
    throw error;
  }
}

/** Before its mode is set: giving a file away takes bits from it. */
async function giveTo(file: FileHandle, { uid, gid }: Stats, target: string): Promise<void> {
  const own = await file.stat();
  if (own.uid === uid && own.gid === gid) return;
  await file.chown(own.uid === uid ? -1 : uid, gid).catch((error: NodeJS.ErrnoException) => {
    error.message = `${target} belongs to somebody else (user ${uid}, group ${gid}), to whom a new file cannot be given: ${error.message}`;
    throw error;
  });
}

function viaTemporary(file: FileHandle, temporary: string, target: string): FileReplacement {
  // Also where the process is ended at once, by a second Ctrl-C or a bug.
  const removeNow = () => rmSync(temporary, { force: true });
  process.once('exit', removeNow);
  let isSynced = false;
  const sync = async () => {
    await file.sync();
    isSynced = true;
  };
  return {
    write: (content) =>
      attempt(async () => {
        isSynced = false;
        await file.writeFile(content);
      }),
    sync: () => attempt(sync),
    commit: () =>
      attempt(async () => {
        if (!isSynced) await sync();
        await file.close();
        await rename(temporary, target);
        process.off('exit', removeNow);
      }),
    discard: async () => {
      await file.close().catch(() => undefined);
      await unlink(temporary).catch(() => undefined);
      process.off('exit', removeNow);
    },
  };
}

async function openInPlace(path: string, present: Stats, signal: AbortSignal): Promise<FileReplacement | Failure> {
  for (;;) {
    try {
      // Without O_NONBLOCK, opening a FIFO would wait for its reader in a thread that nothing can interrupt.
      return inPlace(await open(path, constants.O_WRONLY | constants.O_NONBLOCK), signal);
    } catch (error) {
      // Of anything but a FIFO it means that there is nothing to write to (a socket, a device without a driver).
      if (codeOf(error) !== 'ENXIO' || !present.isFIFO()) throw error;
      if (signal.aborted) return signal.reason as StopReason;
      await pause(signal);
    }
  }
}

function inPlace(file: FileHandle, signal: AbortSignal): FileReplacement {
  return {
    write: async (content) => {
      try {
        return await writePatiently(file, Buffer.from(content), signal);
      } catch (error) {
        return classify(error, 'output');
      }
    },
    // Neither a FIFO nor a device is on a disk.
    sync: async () => undefined,
    commit: () => attempt(() => file.close()),
    discard: () => file.close().catch(() => undefined),
  };
}

/** Waits for a slow reader; once `signal` is aborted, only for one that goes on reading. */
async function writePatiently(file: FileHandle, bytes: Buffer, signal: AbortSignal): Promise<Failure | undefined> {
  let idleSince: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const written = await writeSome(file, bytes, at);
    at += written;
    if (written > 0) {
      idleSince = undefined;
      continue;
    }
    if (signal.aborted) {
      idleSince ??= performance.now();
      if (performance.now() - idleSince > patience) return signal.reason as StopReason;
    }
    await pause(signal);
  }
  return undefined;
}

/** Returns the bytes that were written; none: a pipe is full. */
async function writeSome(file: FileHandle, bytes: Buffer, at: number): Promise<number> {
  try {
    return (await file.write(bytes, at)).bytesWritten;
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0;
    throw error;
  }
}

/** Ends at once when `signal` is aborted meanwhile. */
async function pause(signal: AbortSignal): Promise<void> {
  await delay(askAgainAfter, undefined, signal.aborted ? {} : { signal }).catch(() => undefined);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

async function attempt(work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return classify(error, 'output');
  }
}
