import { describe, expect, it } from 'vitest';
import { ratesOf } from '../../../src/commands/memcached/rates.js';

const before = { pid: 7, uptime: 100, cmd_get: 1000, get_hits: 900, get_misses: 100, evictions: 5 };

describe('what happened between two looks', () => {
  it('is said per second, counter by counter', () => {
    const after = { pid: 7, uptime: 104, cmd_get: 1040, get_hits: 930, get_misses: 110, evictions: 5 };
    expect(ratesOf(before, after, 4)).toEqual({
      seconds: 4,
      perSecond: { cmd_get: 10, get_hits: 7.5, get_misses: 2.5, evictions: 0 },
      hitRatio: 0.75,
    });
  });

  it('has no hit ratio where nothing was asked for', () => {
    expect(ratesOf(before, before, 4)).not.toHaveProperty('hitRatio');
  });

  it.each([
    ['another process', { ...before, pid: 8 }],
    ['a server that began anew', { ...before, uptime: 1 }],
    ['counters that were reset', { ...before, cmd_get: 3 }],
  ])('is not known of %s', (_, after) => {
    expect(ratesOf(before, after, 4)).toBeUndefined();
  });

  it('is exact enough for counters beyond 2^53', () => {
    const large = { pid: 7, bytes_read: '9007199254740993' };
    const rates = ratesOf(large, { pid: 7, bytes_read: '9007199255740992' }, 1);
    expect(rates?.perSecond['bytes_read']).toBe(1_000_000);
  });
});
