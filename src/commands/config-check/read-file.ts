import { fileStatus } from '../../io/file-status.js';
import { readBytes } from '../../io/read-bytes.js';
import { readRawFile } from '../../io/read-raw-file.js';
import type { Failure, Outcome } from '../../model/failure.js';
import type { FileStatus } from '../../model/file-status.js';

/** Bytes: both files are written by hand. */
export const longestFile = 1_000_000;

/** The bytes of a file, and what the system says of it; of standard input nothing. */
export interface FileRead {
  readonly bytes: Buffer;
  readonly status?: FileStatus;
}

/** How a file is read: from the disk, or as it is going to be. `only`: nothing but regular files, which can be read again. */
export type ReadFile = (path: string, only?: 'regular') => Promise<FileRead | Failure>;

/** Reads a file of Railgun's, or standard input for `-`. */
export async function readFromDisk(path: string, signal: AbortSignal, only?: 'regular'): Promise<FileRead | Failure> {
  const status = path === '-' ? undefined : await fileStatus(path);
  if (status?.ok === false) return status.failure;
  // What a shell hands over (<(command)) is a FIFO.
  const again = status?.value.kind === 'file' || only === 'regular';
  const read = again ? await readRawFile(path, longestFile, signal) : await readBytes(path, longestFile, signal);
  return textIn(path, read) ?? { bytes: (read as { value: Buffer }).value, ...(status && { status: status.value }) };
}

function textIn(path: string, read: Outcome<Buffer>): Failure | undefined {
  if (!read.ok) return read.failure;
  const name = path === '-' ? 'standard input' : path;
  const malformed = (detail: string): Failure => ({ code: 'malformed', step: 'input', blame: 'us', detail });
  const [first, second] = read.value;
  if (first === 0x1f && second === 0x8b) return malformed(`${name} is compressed (gzip)`);
  return read.value.includes(0) ? malformed(`${name} is no text: there are zero bytes in it`) : undefined;
}
