import { decodeHar, type JsonObject } from '../../decoders/har.js';
import { compareHars } from '../../decoders/har-comparison.js';
import { type HarEntry, harEntry } from '../../decoders/har-entry.js';
import { summariseHar } from '../../decoders/har-summary.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation } from '../command.js';
import type { ArchiveFacts, HarCheckAsked, HarCheckFacts, HarCheckTarget } from './facts.js';

/** Bytes: of a longer one the parser would take more memory than there may be. */
const longestArchive = 250_000_000;

interface Read {
  readonly facts: ArchiveFacts;
  readonly entries: readonly HarEntry[];
  readonly raw: readonly JsonObject[];
}

/** What is in an archive; of two also how they differ. */
export async function* measure(
  { paths }: HarCheckTarget,
  asked: HarCheckAsked,
  { signal }: MeasureContext,
): AsyncIterable<Observation<HarCheckFacts>> {
  const read: Read[] = [];
  for (const path of paths) {
    const archive = await readArchive(path, asked, signal);
    if ('code' in archive) {
      yield { facts: { kind: 'unread', asked, path, failure: archive } };
      return;
    }
    read.push(archive);
  }
  const [first, second] = read;
  const comparison = first === undefined || second === undefined ? undefined : compareHars(first, second);
  const archives = read.map(({ facts }) => facts);
  yield { facts: { kind: 'har', asked, archives, ...(comparison && { comparison }) } };
}

async function readArchive(path: string, { slow }: HarCheckAsked, signal: AbortSignal): Promise<Read | Failure> {
  const read = await readBytes(path, longestArchive, signal);
  if (!read.ok) return read.failure;
  const har = decodeHar(read.value);
  if ('code' in har) return har;
  const entries = har.entries.map(harEntry);
  const { version, creator } = har;
  // Of the document only what two are matched by is needed on.
  const raw = har.entries.map(({ request }) => ({ request }));
  return { facts: { path, version, creator, summary: summariseHar(entries, slow) }, entries, raw };
}
