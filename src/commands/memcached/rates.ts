import { type MemcachedValues, numberOf } from '../../decoders/memcached.js';
import type { Rates } from './facts.js';

/** The counters of `stats` that only grow, and are worth a rate. */
const counters = [
  'cmd_get',
  'cmd_set',
  'get_hits',
  'get_misses',
  'evictions',
  'reclaimed',
  'total_items',
  'total_connections',
  'rejected_connections',
  'listen_disabled_num',
  'store_too_large',
  'store_no_memory',
  'bytes_read',
  'bytes_written',
];

/** What happened per second between two looks; nothing where the server began anew in between. */
export function ratesOf(before: MemcachedValues, after: MemcachedValues, seconds: number): Rates | undefined {
  const difference = (name: string) => (numberOf(after[name]) ?? 0) - (numberOf(before[name]) ?? 0);
  const present = counters.filter((name) => before[name] !== undefined && after[name] !== undefined);
  const isAnother = before['pid'] !== after['pid'] || difference('uptime') < 0;
  // Fewer than before: `stats reset` by somebody else.
  if (isAnother || seconds <= 0 || present.some((name) => difference(name) < 0)) return undefined;
  const gets = difference('get_hits') + difference('get_misses');
  return {
    seconds: Number(seconds.toFixed(3)),
    perSecond: Object.fromEntries(present.map((name) => [name, rounded(difference(name) / seconds)])),
    ...(gets > 0 && { hitRatio: rounded(difference('get_hits') / gets) }),
  };
}

function rounded(number: number): number {
  return Number(number.toPrecision(6));
}
