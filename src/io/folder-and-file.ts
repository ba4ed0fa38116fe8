import type { Failure } from '../model/failure.js';
import { openNewFile } from './new-file.js';
import type { NewFolder } from './new-folder.js';

/**
 * Lets a folder appear, and beside it a file for its owner only. The file comes first, and is taken back where the folder does not
 * appear: who has the one without the other has nothing of use. Returns why there is neither.
 */
export async function commitWithFile(folder: NewFolder, path: string, content: string): Promise<Failure | undefined> {
  const file = await openNewFile(path);
  if ('code' in file) return file;
  try {
    const unwritten = (await file.write(content)) ?? (await file.commit());
    if (unwritten !== undefined) return unwritten;
    const unfinished = await folder.commit();
    if (unfinished !== undefined) await file.revoke();
    return unfinished;
  } finally {
    await file.discard();
  }
}
