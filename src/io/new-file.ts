import { randomBytes } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { copyFile, type FileHandle, link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Failure } from '../model/failure.js';
import { classify } from './classify.js';

/** A file that is being written, beside where it is going to appear. */
export interface OpenNewFile {
  readonly file: FileHandle;
  write(content: string | Uint8Array): Promise<Failure | undefined>;
  /** Everything is on the disk, then it gets its name; never over anything that is there. */
  commit(): Promise<Failure | undefined>;
  /** What was committed is taken back: what it belongs to did not come about. */
  revoke(): Promise<void>;
  /** Nothing is left; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/** Owner only, exclusive, and no link is followed. */
const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** What file systems say that have no hard links (FAT, some network file systems), or none between two mounts. */
const noHardLinks: readonly unknown[] = ['EPERM', 'EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Makes a file of mode 0600, whatever the umask. Throws what the system says. */
export async function openExclusively(path: string): Promise<FileHandle> {
  const file = await open(path, flags, 0o600);
  try {
    await file.chmod(0o600);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The name of something unfinished, beside where it is going to appear. */
export function partialPathFor(path: string): string {
  // Not made absolute: what leads to the folder may be of another mount than its path.
  return join(dirname(path), `.rg-diag-${randomBytes(12).toString('hex')}.partial`);
}

/** A path at which something is, also a link that leads nowhere. */
export function alreadyThere(path: string): Failure {
  const detail = `${path} is there already, and nothing is ever overwritten`;
  return { code: 'write-failed', step: 'output', blame: 'us', detail };
}

/** Says it of the path that the user knows. */
export function outputFailure(error: unknown, partial: string, path: string): Failure {
  if ((error as NodeJS.ErrnoException).code === 'EEXIST') return alreadyThere(path);
  const failure = classify(error, 'output');
  return { ...failure, detail: failure.detail.replaceAll(partial, path) };
}

/** Begins a file of mode 0600 that appears whole or not at all, also where the process ends in between. */
export async function openNewFile(path: string): Promise<OpenNewFile | Failure> {
  const partial = partialPathFor(path);
  try {
    const file = await openExclusively(partial);
    const removeNow = () => rmSync(partial, { force: true });
    process.once('exit', removeNow);
    const discard = async () => {
      await file.close().catch(() => undefined);
      await unlink(partial).catch(() => undefined);
      process.off('exit', removeNow);
    };
    const commit = async () => {
      try {
        await file.sync();
        await nameIt(partial, path);
        return undefined;
      } catch (error) {
        return outputFailure(error, partial, path);
      } finally {
        await discard();
      }
    };
    const write = async (content: string | Uint8Array) => {
      try {
        await file.writeFile(content);
        return undefined;
      } catch (error) {
        return outputFailure(error, partial, path);
      }
    };
    const revoke = () => unlink(path).catch(() => undefined);
    return { file, write, commit, revoke, discard };
  } catch (error) {
    return outputFailure(error, partial, path);
  }
}

/** Unlike renaming, linking fails where there is something. */
async function nameIt(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
  } catch (error) {
    if (!noHardLinks.includes((error as NodeJS.ErrnoException).code)) throw error;
    await copyFile(partial, path, constants.COPYFILE_EXCL);
  }
}
