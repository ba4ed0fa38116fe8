import { describe, expect, it } from 'vitest';
import { isLoggedStatus, visitorStatuses } from '../../src/decoders/visitor-statuses.js';

describe('what visitors get for a line of rg-listener', () => {
  it.each([
    ['connection-refused', [527, 502]],
    ['unknown-authority', [520, 527]],
    ['http-502', [502, 527]],
    ['memcached-failed', []],
    ['activation-posted', []],
    ['activation-failed', []],
    ['completed', []],
    ['bad-content-length', []],
    ['toString', []],
  ])('%s: %j', (id, statuses) => {
    expect(visitorStatuses(id)).toEqual(statuses);
  });

  it('has no line for errors that the edge makes itself', () => {
    expect([502, 520, 521, 522, 524, 525, 526, 527, 1016].filter(isLoggedStatus)).toEqual([502, 520, 527]);
  });
});
