import { describe, expect, it } from 'vitest';
import { counted, instantText, namesText, shortInstantText } from '../../../src/commands/logs/text.js';

describe('what a person reads', () => {
  it('of an instant has no more than is known', () => {
    expect(instantText('2026-11-20T23:35:57.123Z')).toBe('2026-11-20 23:35:57');
    expect(shortInstantText('2026-11-20T23:35:57Z')).toBe('11-20 23:35:57');
  });

  it('of counts is grouped, and of names says how many are left out', () => {
    expect([counted(1, 'line'), counted(1_234_567, 'line'), counted(2, 'is', 'are')]).toEqual([
      '1 line',
      '1,234,567 lines',
      '2 are',
    ]);
    expect(namesText({ b: 1, a: 2000, c: 1 }, 2)).toBe('a (2,000), b (1) and 1 more');
    expect(namesText({}, 2)).toBe('');
  });
});
