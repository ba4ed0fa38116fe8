import { sources } from './sources.js';

/** The names changed once: `conveyor_…` is what `recycler_…` was called before. */
export type StatisticsGeneration = 'conveyor' | 'recycler';

/** One key of the statistics of rg-listener. */
export interface ListenerStatistic {
  readonly key: string;
  /** Whether it only grows while rg-listener runs. */
  readonly kind: 'counter' | 'gauge' | 'undocumented';
  readonly unit: 'bytes' | 'count' | 'nanoseconds' | 'unix-seconds' | 'undocumented';
  /** `undocumented` where not even the name says it. */
  readonly meaning: string;
  /** No document says it: kind, unit and meaning are what the name and the published samples make likely. */
  readonly inferred?: true;
  /** The versions that have it, where not all do. */
  readonly generation?: StatisticsGeneration;
  readonly source: string;
}

const { railgunAdministration: administration, railgunFaq: faq, goMemStats } = sources;
const both = `${administration}; ${faq}`;

type Told = Pick<ListenerStatistic, 'kind' | 'unit'>;

const counts: Told = { kind: 'counter', unit: 'count' };
const countsBytes: Told = { kind: 'counter', unit: 'bytes' };
const bytes: Told = { kind: 'gauge', unit: 'bytes' };

function inferred(key: string, told: Told, meaning: string, source: string = both): ListenerStatistic {
  return { key, ...told, meaning, inferred: true, source };
}

/** What the runtime of Go says about its memory: documented there, under names that are spelled a little differently. */
function ofRuntime(key: string, told: Told, meaning: string): ListenerStatistic {
  return { key: `memstats.${key}`, ...told, meaning, source: `${goMemStats}; ${both}` };
}

function undocumented(generation: StatisticsGeneration, names: readonly string[]): ListenerStatistic[] {
  const source = generation === 'conveyor' ? administration : faq;
  return names.map((name) => ({
    key: `${generation}_${name}`,
    kind: 'undocumented',
    unit: 'undocumented',
    meaning: 'undocumented',
    generation,
    source,
  }));
}

/** Every key of the two published samples (2013 and 2014). Any of them may be absent. */
export const listenerStatistics: readonly ListenerStatistic[] = [
  inferred('requests_started', counts, 'Requests from Cloudflare that were begun.'),
  inferred('requests_completed', counts, 'Requests that were finished; can be more than were started.'),
  inferred('no_origin_response', counts, 'Requests that the origin did not answer.', administration),
  inferred('origin_retries', counts, 'Requests to the origin that were made again.', administration),
  inferred('bytes_retrieved', countsBytes, 'Bytes that came from the origin.', administration),
  inferred('wan_bytes_sent', countsBytes, 'Bytes that were sent to Cloudflare.'),
  inferred('wan_starts', counts, 'Connections from Cloudflare that were opened.'),
  inferred('wan_stops', counts, 'Connections from Cloudflare that ended.', faq),
  inferred('uncompressed_chunks', counts, 'Parts of pages that were sent without delta compression.'),
  {
    key: 'delta_compression_ratio',
    kind: 'gauge',
    unit: 'undocumented',
    meaning: 'undocumented',
    source: both,
  },
  inferred('time', { kind: 'gauge', unit: 'unix-seconds' }, 'When the numbers were made.', faq),
  ofRuntime('alloc', bytes, 'Memory that is in use or not yet freed.'),
  ofRuntime('total_alloc', countsBytes, 'Memory that was ever allocated.'),
  ofRuntime('sys', bytes, 'Memory that the program has from the system.'),
  ofRuntime('lookups', counts, 'Pointers that the runtime looked up.'),
  ofRuntime('Mallocs', counts, 'Objects that were ever allocated.'),
  ofRuntime('Frees', counts, 'Objects that were ever freed.'),
  ofRuntime('heap_alloc', bytes, 'Memory of the heap that is in use or not yet freed.'),
  ofRuntime('heap_sys', bytes, 'Memory of the heap that came from the system.'),
  ofRuntime('heap_idle', bytes, 'Memory of the heap in spans that nothing uses.'),
  ofRuntime('heap_in_use', bytes, 'Memory of the heap in spans that are in use.'),
  ofRuntime('heap_released', bytes, 'Memory of the heap that was given back to the system.'),
  ofRuntime('heap_objects', { kind: 'gauge', unit: 'count' }, 'Objects in the heap.'),
  ofRuntime('stack_in_use', bytes, 'Memory of stacks that are in use.'),
  ofRuntime('stack_sys', bytes, 'Memory of stacks that came from the system.'),
  ofRuntime('num_gc', counts, 'Garbage collections.'),
  {
    key: 'memstats.pause_ns',
    kind: 'gauge',
    unit: 'nanoseconds',
    // 133 collections with 164422 ns in all would be too good: the samples look like one pause.
    meaning: 'How long a garbage collection stopped the program; which one is not documented.',
    inferred: true,
    source: both,
  },
  ...undocumented('conveyor', [
    'cleans_chunk',
    'cleans_hasher',
    'get',
    'give',
    'queue_chunk',
    'queue_hasher',
    'removed_chunk',
    'removed_hasher',
    'retained_chunk',
    'retained_hasher',
    'tuned_chunk',
    'tuned_hasher',
  ]),
  ...undocumented('recycler', [
    'cleans_chunk',
    'cleans_hasher',
    'give',
    'queue_chunk',
    'queue_hasher',
    'removed_chunk',
    'removed_hasher',
    'retained_chunk',
    'retained_hasher',
    'tuned_chunk',
    'tuned_hasher',
  ]),
];

/** The row of a key; nothing for a key that no document has. */
export function listenerStatisticOf(key: string): ListenerStatistic | undefined {
  return listenerStatistics.find((row) => row.key === key);
}
