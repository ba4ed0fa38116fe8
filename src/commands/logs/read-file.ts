import { openInput } from '../../io/input.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import type { FileFacts } from './facts.js';
import type { Reading } from './reading.js';

/** Reads a file from its beginning to its end; returns what ended it early. */
export async function readFile(
  path: string,
  asOf: number,
  reading: Reading,
  { signal, progress }: MeasureContext,
): Promise<Failure | undefined> {
  const opened = await openInput(path);
  if (!opened.ok) return opened.failure;
  const input = opened.value;
  const reader = reading.reader(path, asOf);
  const name = path === '-' ? 'standard input' : path;
  let bytes = 0;
  try {
    return await input.read(
      (chunk) => {
        reader.push(chunk);
        bytes += chunk.length;
        progress(`${name}: ${(bytes / 1e6).toFixed(0)} MB read`);
      },
      signal,
      true,
    );
  } finally {
    reader.finish();
    input.close();
  }
}

export function fileFacts(path: string, lines = 0, failure?: Failure): FileFacts {
  return { path, lines, ...(failure && { failure }) };
}
