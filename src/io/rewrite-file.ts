import { stat } from 'node:fs/promises';
import type { Failure } from '../model/failure.js';
import { classify } from './classify.js';
import { readRawFile } from './read-raw-file.js';
import { replaceFile } from './replace-file.js';

/**
 * Replaces the content of a regular file: `after` takes the place of `before`, all of it or nothing. Owner, group, mode and
 * symbolic links stay. Where the file is not what it was, where its owner cannot be kept, or where it has several names, of which
 * only one could be kept, it is left alone, and the failure says why.
 */
export async function rewriteFile(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const problem = await whyNot(path);
  if (problem !== undefined) return problem;
  const file = await replaceFile(path, signal, 'keep-owner');
  if ('code' in file) return file;
  // Writing to the disk takes longest: what somebody else does meanwhile has to be seen.
  const failure =
    (await file.write(after)) ?? (await file.sync()) ?? (await changed(path, before, signal)) ?? (await file.commit());
  if (failure !== undefined) await file.discard();
  return failure;
}

async function whyNot(path: string): Promise<Failure | undefined> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return failed('not-a-file', `${path} is not a regular file`);
    if (stats.nlink > 1)
      return failed(
        'write-failed',
        `${path} has ${stats.nlink} names (hard links), which would become different files`,
      );
    return undefined;
  } catch (error) {
    return classify(error, 'output');
  }
}

async function changed(path: string, before: Uint8Array, signal: AbortSignal): Promise<Failure | undefined> {
  // One byte more shows that it has grown.
  const now = await readRawFile(path, before.length + 1, signal);
  if (now.ok && now.value.equals(before)) return undefined;
  if (!now.ok && now.failure.code !== 'answer-too-long') return { ...now.failure, step: 'output' };
  return failed('busy', `${path} was changed by somebody else meanwhile`);
}

function failed(code: Failure['code'], detail: string): Failure {
  return { code, step: 'output', blame: 'us', detail };
}
