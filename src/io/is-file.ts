import { statSync } from 'node:fs';

/** Whether there is something to read under that name: anything but a directory. */
export function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch {
    return false;
  }
}
