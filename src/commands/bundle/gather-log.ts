import { createLastLines } from '../../decoders/last-lines.js';
import { listenerTags } from '../../decoders/listener-log-prefix.js';
import { createLogExtractor, type LogExtract } from '../../decoders/log-extract.js';
import { readBlocksFromEnd } from '../../io/file-blocks.js';
import { lookAtSource, readFileEnd } from '../../io/file-end.js';
import { readJournal } from '../../io/journal.js';
import type { Failure } from '../../model/failure.js';
import { type Gathered, missing, missingBy } from './gathered.js';
import { megabytes } from './megabytes.js';
import type { LogExtent } from './planned-part.js';
import { readableLog } from './readable-log.js';

/** Bytes of a compressed log that are looked through, inflated: its end. */
const longestInflated = 8_000_000;

/** Entries of the journal that are asked for, the last ones. */
const journalEntries = 200_000;

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
  const shown = readableLog(text, limits.most);
  return { state: 'collected', text: shown, ...(said.length > 0 && { cut: said.join('; ') }) };
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
  const end = createLastLines(Math.min(bytes, most));
  const query = { since, tags: listenerTags, last: journalEntries, asText: true } as const;
  const failure = await readJournal(query, end.push, signal);
  const last = end.finish();
  // What journalctl itself says between the entries: that there are none, or where a boot begins.
  const text = readableLog(last.text.replace(/^-- .*\n/gm, ''), Math.min(bytes, most));
  const cut = last.cut || text.split('\n').length > journalEntries;
  if (text === '') {
    const none = missing(`no line of rg-listener in the journal since ${new Date(since).toISOString()}`);
    return failure === undefined ? none : missingBy(failure, isRoot);
  }
  const said = [
    ...(cut ? [`its last lines, ${megabytes(Buffer.byteLength(text))}`] : []),
    ...(failure === undefined ? [] : [failure.detail]),
  ];
  return { state: 'collected', text, ...(said.length > 0 && { cut: said.join('; ') }) };
}
