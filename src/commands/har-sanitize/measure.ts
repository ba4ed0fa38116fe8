import { decodeHar, type Har } from '../../decoders/har.js';
import { harProblems } from '../../decoders/har-problems.js';
import { type SanitizedHar, sanitizeHar, secretsLeft } from '../../decoders/har-sanitized.js';
import { harLayout, harText } from '../../decoders/har-text.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation } from '../command.js';
import type { HarSanitizeAsked, HarSanitizeFacts, HarSanitizeTarget, SanitizedFacts } from './facts.js';

/** Bytes: a string of twice as many is the longest that there can be. */
const longestArchive = 250_000_000;

const mostNames = 50;
const mostProblems = 20;

/** Reads an archive, masks what is secret, looks for it in the result, and only then hands that over. */
export async function* measure(
  { path }: HarSanitizeTarget,
  asked: HarSanitizeAsked,
  { signal, records, progress }: MeasureContext,
): AsyncIterable<Observation<HarSanitizeFacts>> {
  const unread = (failure: Failure) => ({ facts: { kind: 'unread' as const, asked, path, failure } });
  const read = await readBytes(path, longestArchive, signal);
  if (!read.ok) {
    yield unread(read.failure);
    return;
  }
  progress('masking');
  const har = decodeHar(read.value);
  if ('code' in har) {
    yield unread(har);
    return;
  }
  const sanitized = sanitizeHar(har.document, { jwt: asked.jwt });
  const text = harText(sanitized.document, harLayout(read.value));
  if (text === undefined) {
    const detail = 'what it would become is longer than a text can be';
    yield unread({ code: 'answer-too-long', step: 'decode', blame: 'us', detail });
    return;
  }
  progress('looking for what was masked');
  // What is handed over is read again, not what it was made of.
  const result: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  const left = secretsLeft(result, sanitized.search);
  const problems = harProblems(result);
  const handedOver = asked.handOver && left.length === 0;
  if (handedOver) await records([{ har: text }]);
  yield {
    facts: {
      kind: 'sanitized',
      asked,
      path,
      bytes: read.value.length,
      ...described(har, sanitized),
      proof: { searched: sanitized.searched, notSearched: sanitized.notSearched, left },
      validity: {
        before: harProblems(har.document).length,
        after: problems.length,
        problems: problems.slice(0, mostProblems),
      },
      outputBytes: Buffer.byteLength(text),
      handedOver,
    },
  };
}

function described(
  { version, creator, entries }: Har,
  { count, in: where, names, places, search }: SanitizedHar,
): Pick<SanitizedFacts, 'version' | 'creator' | 'entries' | 'masked'> {
  const shown = places.map((place) => ({
    // A key, and with it a name, may be what is a value elsewhere.
    pointer: search.masked(place.pointer),
    name: search.masked(place.name),
    in: place.in,
  }));
  return {
    version: search.masked(version),
    creator: search.masked(creator),
    entries: entries.length,
    masked: {
      count,
      in: Object.fromEntries(byFrequency(where)),
      names: Object.fromEntries(
        byFrequency(names)
          .slice(0, mostNames)
          .map(([name, times]) => [search.masked(name), times]),
      ),
      places: shown,
    },
  };
}

/** The most frequent first. */
function byFrequency(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(([, a], [, b]) => b - a);
}
