import { createLogExtractor, type LogExtract } from '../../decoders/log-extract.js';
import { readBlocksFromEnd } from '../../io/file-blocks.js';
import { lookAtSource, readFileEnd } from '../../io/file-end.js';
import { findProgram, runProgram } from '../../io/spawn.js';
import type { Failure } from '../../model/failure.js';
import { type Gathered, missing, missingBy } from './gathered.js';
import { megabytes } from './megabytes.js';
import type { LogExtent } from './planned-part.js';

/** Bytes of a compressed log that are looked through, inflated: its end. */
const longestInflated = 8_000_000;

/** Lines of the journal that are asked for, until they are not too many. */
const journalLines = [200_000, 50_000, 10_000, 2000, 400] as const;

export interface LogLimits {
  readonly isRoot: boolean;
  /** Milliseconds since the epoch: what a time without a year is counted from. */
  readonly asOf: number;
  readonly signal: AbortSignal;
  /** Bytes of all files of a log together. */
  readonly most: number;
}

interface Extracted extends LogExtract {
  readonly failure?: Failure;
  /** Bytes that were not looked through. */
  readonly unread?: number;
}

/**
 * The lines of rg-listener in the files of a log, the oldest first. The newest are looked through first, each from its end: where time or
 * room does not suffice, it is the oldest lines that are missing.
 */
export async function gatherLog(
  paths: readonly string[],
  { since, bytes }: LogExtent,
  limits: LogLimits,
): Promise<Gathered> {
  const found: { readonly path: string; readonly extract: Extracted }[] = [];
  let left = limits.most;
  for (const path of [...paths].reverse()) {
    const extract = await extractOf(path, { since, bytes: Math.min(bytes, left) }, limits);
    found.unshift({ path, extract });
    left -= Buffer.byteLength(extract.text);
  }
  const withLines = found.filter(({ extract }) => extract.lines > 0);
  const said = found.flatMap(({ path, extract }) => {
    const { failure, cut, unread } = extract;
    if (failure !== undefined) return [`${path}: ${failure.detail}`];
    if (unread !== undefined) return [`${path}: ${megabytes(unread)} before it were not looked through`];
    return cut ? [`${path}: its last lines, ${megabytes(Buffer.byteLength(extract.text))}`] : [];
  });
  if (withLines.length === 0) {
    const failed = found.map(({ extract }) => extract.failure).filter((failure) => failure !== undefined);
    const denied = failed.find(({ code }) => code === 'permission-denied') ?? failed[0];
    if (denied !== undefined && failed.length === found.length) return missingBy(denied, limits.isRoot);
    const why = `no line of rg-listener since ${new Date(since).toISOString()}`;
    const needsRoot = denied?.code === 'permission-denied' && !limits.isRoot;
    const gathered = missing(said.length === 0 ? why : `${why}; ${said.join('; ')}`);
    return { ...gathered, ...(needsRoot && { needsRoot: true as const }) };
  }
  const text = withLines
    .map(({ path, extract }) => (withLines.length === 1 ? extract.text : `==> ${path} <==\n${extract.text}`))
    .join('\n');
  return { state: 'collected', text, ...(said.length > 0 && { cut: said.join('; ') }) };
}

async function extractOf(path: string, { since, bytes }: LogExtent, limits: LogLimits): Promise<Extracted> {
  const { asOf, signal } = limits;
  const nothing = { text: '', lines: 0, cut: false };
  const looked = await lookAtSource(path);
  if (!looked.ok) return { ...nothing, failure: looked.failure };
  if (bytes <= 0) return { ...nothing, unread: looked.value.bytes };
  // Nothing is written into a log before the time of its last change.
  if (looked.value.modifiedAt < since) return nothing;
  const extractor = createLogExtractor({ since, asOf, most: bytes });
  if (looked.value.compressed) {
    const read = await readFileEnd(path, longestInflated, signal);
    if (!read.ok) return { ...nothing, failure: read.failure };
    const { bytes: end, size, cut, damaged } = read.value;
    const wanted = extractor.before(end, true);
    const unread = cut && wanted ? size - end.length : 0;
    return {
      ...extractor.finish(),
      ...(damaged !== undefined && { failure: damaged }),
      ...(unread > 0 && { unread }),
    };
  }
  const read = await readBlocksFromEnd(path, extractor.before, signal);
  return { ...extractor.finish(), ...(!read.ok && { failure: read.failure }) };
}

/** The same from the journal. */
export async function gatherJournal(
  { since, bytes }: LogExtent,
  { isRoot, signal, most }: Omit<LogLimits, 'asOf'>,
): Promise<Gathered> {
  const path = findProgram('journalctl');
  if (path === undefined) return missing('there is no journalctl');
  const from = `--since=@${Math.floor(since / 1000)}`;
  const names = ['--identifier=railgun', '--identifier=rg-listener'];
  const cap = Math.min(bytes, most);
  let cut: string | undefined;
  for (const count of journalLines) {
    const args = ['--no-pager', '--quiet', '--output=short-iso', '--utc', from, ...names, `--lines=${count}`];
    const ran = await runProgram({ path, name: 'journalctl', args, limits: { signal }, cap });
    if (ran.ok || ran.failure.code !== 'answer-too-long') {
      const { stdout, stderr } = ran.partial;
      if (!ran.ok) return missingBy(ran.failure, isRoot);
      if (stdout.trim() !== '') return { state: 'collected', text: stdout, ...(cut !== undefined && { cut }) };
      // journalctl says so where it does not show all to this user, and ends well.
      const isHidden = !isRoot && /not seeing messages|permission/i.test(stderr);
      const why = isHidden ? 'the journal is not shown to this user' : `no line of rg-listener since ${iso(since)}`;
      return { ...missing(why), ...(isHidden && { needsRoot: true as const }) };
    }
    cut = `its last lines: more than ${count} have more than ${megabytes(cap)}`;
  }
  return missing(`its last lines alone have more than ${megabytes(cap)}`);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
