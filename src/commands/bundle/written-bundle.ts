import type { Leak } from '../../decoders/evidence-leaks.js';
import { leaksIn } from '../../decoders/evidence-leaks.js';
import type { NewFolder } from '../../io/new-folder.js';
import type { Failure } from '../../model/failure.js';
import type { WrittenFile } from './manifest.js';
import type { RedactedBundle } from './redaction.js';

/** Leaks that are told. */
const mostLeaks = 50;

/** Writes the files, one after the other; returns what ended it early. */
export async function writeFiles(
  folder: NewFolder,
  files: readonly WrittenFile[],
  signal: AbortSignal,
): Promise<Failure | undefined> {
  for (const { file, text } of files) {
    if (signal.aborted) return signal.reason as Failure;
    const failure = await folder.write(file, text);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/**
 * Reads every file again from the disk, and looks for every known secret in every form: what is handed over is what counts, not what it
 * was made of. Names that were to be labels are looked for too.
 */
export async function leaksOnDisk(
  folder: NewFolder,
  files: readonly Pick<WrittenFile, 'file'>[],
  { set, anonymiser }: Pick<RedactedBundle, 'set' | 'anonymiser'>,
  signal: AbortSignal,
): Promise<readonly Leak[] | Failure> {
  const leaks: Leak[] = [];
  for (const { file } of files) {
    if (signal.aborted) return signal.reason as Failure;
    const read = await folder.read(file);
    if (!read.ok) return read.failure;
    const bytes = read.value;
    leaks.push(...leaksIn(file, bytes, set.search));
    const left = (anonymiser?.left(bytes.toString('utf8')) ?? 0) + (anonymiser?.left(file) ?? 0);
    if (left > 0) leaks.push({ file, line: 0, name: 'name or address', form: 'plain' });
    if (leaks.length >= mostLeaks) break;
  }
  return leaks.slice(0, mostLeaks);
}
