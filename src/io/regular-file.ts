import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readlink } from 'node:fs/promises';

/** A file that was opened for reading, and what it is. */
export interface RegularFile {
  readonly file: FileHandle;
  readonly stats: Stats;
}

/**
 * Hands a regular file over to `work`, and closes it. A symbolic link, a folder, a FIFO, a socket and a device are errors (`EISDIR`)
 * that say what it is, as `called` names it; none of them is opened: a FIFO's writer would notice, and who made a link decides where
 * it leads. What is opened is what was looked at.
 */
export async function withRegularFile<T>(
  path: string,
  work: (opened: RegularFile) => Promise<T>,
  called: string = path,
): Promise<T> {
  await refuse(path, await lstat(path), called);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    await refuse(path, stats, called);
    return await work({ file, stats });
  } finally {
    await file.close();
  }
}

async function refuse(path: string, stats: Stats, called: string): Promise<void> {
  if (!stats.isFile()) throw Object.assign(new Error(`${called} is ${await kindOf(path, stats)}`), { code: 'EISDIR' });
}

async function kindOf(path: string, stats: Stats): Promise<string> {
  if (stats.isSymbolicLink()) {
    const to = await readlink(path).catch(() => undefined);
    return `a symbolic link${to === undefined ? '' : ` to ${to}`}, and links are not followed: name what it leads to`;
  }
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a FIFO, and nobody knows when it ends';
  return stats.isSocket() ? 'a socket' : 'a device';
}
