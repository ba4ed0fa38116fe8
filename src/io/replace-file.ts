import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../model/failure.js';
import { classify } from './classify.js';

/** A file that is being written. Nothing of it is seen under its name before `commit`. */
export interface FileReplacement {
  write(text: string): Promise<Failure | undefined>;
  /** Puts the new content in place of the old. */
  commit(): Promise<Failure | undefined>;
  /** Leaves everything as it was. */
  discard(): Promise<void>;
}

/**
 * Opens a replacement for a file, new or existing. A regular file (also behind a symbolic link, which stays one) is
 * replaced by a temporary file of the same directory and mode, created exclusively; anything else, such as a FIFO or
 * a device, is written in place.
 */
export async function replaceFile(path: string): Promise<FileReplacement | Failure> {
  try {
    const present = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (present !== undefined && !present.isFile()) return inPlace(await open(path, 'w'));
    const target = present === undefined ? path : await realpath(path);
    const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
    const file = await open(temporary, 'wx', present === undefined ? 0o666 : present.mode & 0o7777);
    // The mode given to open is narrowed by the umask; an existing file keeps its own exactly.
    if (present !== undefined) await file.chmod(present.mode & 0o7777);
    return viaTemporary(file, temporary, target);
  } catch (error) {
    return classify(error, 'input');
  }
}

function viaTemporary(file: FileHandle, temporary: string, target: string): FileReplacement {
  return {
    write: (text) => attempt(() => file.writeFile(text)),
    commit: () =>
      attempt(async () => {
        await file.sync();
        await file.close();
        await rename(temporary, target);
      }),
    discard: async () => {
      await file.close().catch(() => undefined);
      await unlink(temporary).catch(() => undefined);
    },
  };
}

function inPlace(file: FileHandle): FileReplacement {
  return {
    write: (text) => attempt(() => file.writeFile(text)),
    commit: () => attempt(() => file.close()),
    discard: () => file.close().catch(() => undefined),
  };
}

async function attempt(work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return classify(error, 'input');
  }
}
