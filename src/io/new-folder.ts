import { constants, rmSync, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { alreadyThere, openExclusively, outputFailure, partialPathFor } from './new-file.js';

/** A folder that appears whole or not at all. */
export interface NewFolder {
  /** Where it is going to appear. */
  readonly path: string;
  /** A new file of mode 0600. A file that could not be written whole is not there. */
  write(name: string, content: string | Uint8Array): Promise<Failure | undefined>;
  /** What is on the disk now. */
  read(name: string): Promise<Outcome<Buffer>>;
  /** Everything is on the disk, then the folder gets its name; never over anything that is there. */
  commit(): Promise<Failure | undefined>;
  /** Nothing is left, also when the process ends in between; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Begins a folder of mode 0700, whatever the umask, beside where it is going to appear. A path at which something is, also a
 * link that leads nowhere, is a failure (`write-failed`).
 */
export async function createNewFolder(path: string): Promise<NewFolder | Failure> {
  const target = resolve(path);
  const partial = partialPathFor(target);
  try {
    if (await isThere(target)) return alreadyThere(path);
    await mkdir(partial, { mode: 0o700 });
  } catch (error) {
    return outputFailure(error, partial, path);
  }
  const removeNow = () => rmSync(partial, { recursive: true, force: true });
  process.once('exit', removeNow);
  const discard = async () => {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    process.off('exit', removeNow);
  };
  try {
    await chmod(partial, 0o700);
    return folderAt(partial, { path, target, made: await lstat(partial), discard });
  } catch (error) {
    await discard();
    return outputFailure(error, partial, path);
  }
}

interface Begun {
  /** As the user spelled it, and absolute. */
  readonly path: string;
  readonly target: string;
  /** What was made: something else under its name is not handed over. */
  readonly made: Stats;
  discard(): Promise<void>;
}

function folderAt(partial: string, { path, target, made, discard }: Begun): NewFolder {
  const attempt = async (work: () => Promise<Failure | undefined>): Promise<Failure | undefined> => {
    try {
      return await work();
    } catch (error) {
      return outputFailure(error, partial, path);
    }
  };
  return {
    path,
    write: (name, content) =>
      attempt(async () => {
        if (!isPlainName(name)) return notAName(name);
        return writeWhole(join(partial, name), content);
      }),
    async read(name) {
      const started = performance.now();
      try {
        if (!isPlainName(name)) return { ok: false, failure: notAName(name), ms: 0 };
        const value = await readFile(join(partial, name), { flag: constants.O_RDONLY | constants.O_NOFOLLOW });
        return { ok: true, value, ms: performance.now() - started };
      } catch (error) {
        return { ok: false, failure: classify(error, 'input'), ms: performance.now() - started };
      }
    },
    commit: () =>
      attempt(async () => {
        await sync(partial);
        const { dev, ino } = await lstat(partial);
        if (dev !== made.dev || ino !== made.ino) return replaced(path);
        // The system refuses to put a folder in place of a file, a link, or a folder with something in it.
        if (await isThere(target)) return alreadyThere(path);
        await rename(partial, target);
        await discard();
        // The name is there; where a file system cannot say that it is on the disk, that is no failure.
        await sync(dirname(target)).catch(() => undefined);
        return undefined;
      }),
    discard,
  };
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<undefined> {
  const file = await openExclusively(path);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

async function sync(folder: string): Promise<void> {
  const file = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name);
}

function notAName(name: string): Failure {
  const detail = `${JSON.stringify(name)} is no name of a file in a folder`;
  return { code: 'invalid-path', step: 'output', blame: 'us', detail };
}

function replaced(path: string): Failure {
  const detail = `somebody else has put another folder in the place of the one that was to become ${path}`;
  return { code: 'busy', step: 'output', blame: 'us', detail };
}
