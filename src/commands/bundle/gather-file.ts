import { decodeHar } from '../../decoders/har.js';
import { decodeLines, decodeText } from '../../decoders/text-encoding.js';
import { type FileEnd, lookAtSource, readFileEnd } from '../../io/file-end.js';
import type { Outcome } from '../../model/failure.js';
import { type Gathered, missing, missingBy } from './gathered.js';
import { megabytes } from './megabytes.js';
import { readableLog } from './readable-log.js';

/** Bytes of a file of settings or a panic log, at most: its end. */
const longestFile = 2_000_000;

/** Bytes of an archive: support takes none that is larger, and half of one is none. */
const longestArchive = 20_000_000;

/** A file of settings, or another short one: whole, as a rule. */
export async function gatherFile(path: string, isRoot: boolean, signal: AbortSignal): Promise<Gathered> {
  return endOf(await readFileEnd(path, longestFile, signal), longestFile, isRoot);
}

/** The end of a log, whoever wrote in it. */
export async function gatherLogEnd(
  path: string,
  bytes: number,
  isRoot: boolean,
  signal: AbortSignal,
): Promise<Gathered> {
  const end = endOf(await readFileEnd(path, bytes, signal), bytes, isRoot);
  return end.state === 'collected' ? { ...end, text: readableLog(end.text, bytes) } : end;
}

function endOf(read: Outcome<FileEnd>, most: number, isRoot: boolean): Gathered {
  if (!read.ok) return missingBy(read.failure, isRoot);
  const { bytes, size, cut, damaged } = read.value;
  if (size === 0) return missing(damaged?.detail ?? 'it is empty');
  const text = decodeLines(bytes);
  const said = [
    ...(cut ? [`its last ${megabytes(Math.min(most, bytes.length))} of ${megabytes(size)}`] : []),
    ...(damaged === undefined ? [] : [damaged.detail]),
  ];
  return { state: 'collected', text, ...(said.length > 0 && { cut: said.join('; ') }) };
}

/** An archive as it is; what is no archive is not taken, because it could not be sanitised. */
export async function gatherArchive(path: string, isRoot: boolean, signal: AbortSignal): Promise<Gathered> {
  const looked = await lookAtSource(path);
  if (!looked.ok) return missingBy(looked.failure, isRoot);
  const read = await readFileEnd(path, longestArchive, signal);
  if (!read.ok) return missingBy(read.failure, isRoot);
  const { bytes, size, cut, damaged } = read.value;
  if (damaged !== undefined) return missing(damaged.detail);
  if (cut) {
    const advice = 'record less, or sanitise it with rg-diag har sanitize';
    return missing(`it has ${megabytes(size)}, and support takes ${megabytes(longestArchive)}: ${advice}`);
  }
  const har = decodeHar(bytes);
  return 'code' in har ? missing(har.detail) : { state: 'collected', text: decodeText(bytes).text };
}
