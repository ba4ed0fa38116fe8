import { sources } from './sources.js';

/** A value of `CF-Cache-Status`. */
export interface CacheStatus {
  /** Upper case. */
  readonly value: string;
  readonly meaning: string;
  /** Whether the origin was asked for this answer. */
  readonly origin: 'asked' | 'not asked' | 'asked later' | 'not reached';
  /** What it is a clue for, and what to look at; absent where nothing is to be done. */
  readonly checks?: readonly { readonly says: string; readonly command?: string }[];
  readonly source: string;
}

const source = sources.cacheResponses;

const beforeCache = 'The answer was made before the cache was asked: by a Worker, a block of the WAF or a redirect.';

export const cacheStatuses: readonly CacheStatus[] = [
  { value: 'HIT', meaning: 'The answer came from the cache of Cloudflare.', origin: 'not asked', source },
  {
    value: 'MISS',
    meaning: 'The resource was not in the cache and was fetched from the origin.',
    origin: 'asked',
    source,
  },
  { value: 'NONE', meaning: beforeCache, origin: 'not asked', source },
  { value: 'UNKNOWN', meaning: beforeCache, origin: 'not asked', source },
  {
    value: 'EXPIRED',
    meaning: 'The resource was in the cache but had expired, and was fetched from the origin.',
    origin: 'asked',
    source,
  },
  {
    value: 'STALE',
    meaning: 'An expired copy was served from the cache, because the origin could not be reached.',
    origin: 'not reached',
    checks: [
      {
        says: 'it is a clue that the origin is not well: see how it answers',
        command: 'rg-diag origin HOST --ip ADDR',
      },
    ],
    source,
  },
  {
    value: 'BYPASS',
    meaning:
      'The cache was passed by: the origin sent Cache-Control: no-cache, private or max-age=0, or Set-Cookie, or the request carried Authorization.',
    origin: 'asked',
    checks: [{ says: 'where it should be cached, look at Cache-Control and Set-Cookie of the origin' }],
    source,
  },
  {
    value: 'REVALIDATED',
    meaning: 'A conditional request to the origin confirmed the copy in the cache, which was then served.',
    origin: 'asked',
    source,
  },
  {
    value: 'UPDATING',
    meaning: 'An expired copy was served while the cache is being updated in the background.',
    origin: 'asked later',
    source,
  },
  {
    value: 'DYNAMIC',
    meaning: 'The resource is not one that is cached by default, and was fetched from the origin.',
    origin: 'asked',
    checks: [{ says: 'where it should be cached, make it eligible with a Cache Rule' }],
    source,
  },
];

/** What goes for all of them. */
export const ageHeader = { says: 'Age is only on answers that come from the cache.', source } as const;

/** The row of a value, in any case; nothing where no source lists it. */
export function cacheStatusOf(value: string): CacheStatus | undefined {
  const upper = value.toUpperCase();
  return cacheStatuses.find((row) => row.value === upper);
}
