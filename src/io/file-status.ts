import type { Stats } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Outcome } from '../model/failure.js';
import type { FileStatus } from '../model/file-status.js';
import { classify } from './classify.js';

/** What the system says of a file. Nothing is opened: neither a FIFO nor a socket notices. */
export async function fileStatus(path: string): Promise<Outcome<FileStatus>> {
  const started = performance.now();
  try {
    const stats = await stat(path);
    // A pipe that a shell hands over (/dev/fd/63) has no path.
    const real = await realpath(path).catch(() => undefined);
    const value = {
      kind: kindOf(stats),
      mode: (stats.mode & 0o7777).toString(8).padStart(4, '0'),
      owner: await nameOf('/etc/passwd', stats.uid),
      group: await nameOf('/etc/group', stats.gid),
      bytes: stats.size,
      ...(real !== undefined && real !== resolve(path) && { linkTo: real }),
    };
    return { ok: true, value, ms: performance.now() - started };
  } catch (error) {
    return { ok: false, failure: classify(error, 'input'), ms: performance.now() - started };
  }
}

/** The path of a file without links and detours; as it is where there is no such file. */
export async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/** The folder that a file is in, or would be in. */
export function folderOf(path: string): string {
  return dirname(path);
}

function kindOf(stats: Stats): FileStatus['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSocket()) return 'socket';
  return stats.isFIFO() ? 'fifo' : 'device';
}

const tables = new Map<string, Promise<ReadonlyMap<string, string>>>();

async function nameOf(table: '/etc/passwd' | '/etc/group', id: number): Promise<string> {
  let names = tables.get(table);
  if (names === undefined) {
    names = readFile(table, 'utf8').then(namesOf, () => new Map());
    tables.set(table, names);
  }
  return (await names).get(String(id)) ?? String(id);
}

/** The first name of each number in `name:password:number:…` lines. */
function namesOf(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [name, , id] = line.split(':');
    if (name !== undefined && id !== undefined && !names.has(id)) names.set(id, name);
  }
  return names;
}
