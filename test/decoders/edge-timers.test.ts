import { describe, expect, it } from 'vitest';
import { profileOf } from '../../src/decoders/edge-timers.js';
import { edgeProfiles } from '../../src/knowledge/edge-profiles.js';

/** Written from Cloudflare's pages: connection limits, errors 520, 522 and 524, as they were in that year. */
const published = {
  '2023': { connectSeconds: 15, ackSeconds: 90, readSeconds: 100, headerBytes: 16_384 },
  '2026': { connectSeconds: 19, ackSeconds: 90, readSeconds: 120, headerBytes: 131_072 },
} as const;

describe('the timers and limits of the edge', () => {
  it.each(['2023', '2026'] as const)('of %s are those that were published', (id) => {
    expect(profileOf(id)).toEqual({ id, ...published[id], source: expect.stringMatching(/^Cloudflare, /) });
  });

  it('are one row for each year, the oldest first', () => {
    expect(edgeProfiles.map(({ id }) => id)).toEqual(Object.keys(published));
  });

  it('bound the acknowledgement within the wait for an answer', () => {
    for (const { ackSeconds, readSeconds } of edgeProfiles) expect(ackSeconds).toBeLessThan(readSeconds);
  });

  it('are the newest where saved facts name a year that is not known', () => {
    expect(profileOf('1999' as '2023').id).toBe('2026');
  });
});
