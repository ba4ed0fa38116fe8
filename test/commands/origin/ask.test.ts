import { describe, expect, it } from 'vitest';
import { timeoutFor } from '../../../src/commands/origin/ask.js';

describe('the time that a run has', () => {
  it('is that of the edge, once for each time that an address is asked', () => {
    expect(timeoutFor({})).toBe(19 * 2 + 120 + 10);
    expect(timeoutFor({ 'connect-timeout': 1, 'read-timeout': 2, repeat: 3 })).toBe(3 * 14);
  });

  it('is with --railgun enough for lan.timeout, 30 s by default: a connection, a handshake and an answer', () => {
    expect(timeoutFor({ railgun: 'railgun.conf', 'connect-timeout': 1, 'read-timeout': 2 })).toBe(3 * 30 + 10);
    // Both ask at the same time.
    expect(timeoutFor({ railgun: 'railgun.conf' })).toBe(19 * 2 + 120 + 10);
  });
});
