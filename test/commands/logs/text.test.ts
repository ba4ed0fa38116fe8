import { describe, expect, it } from 'vitest';
import {
  counted,
  instantText,
  isText,
  leastNames,
  namesText,
  shortInstantText,
} from '../../../src/commands/logs/text.js';

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

  it('of counts has at least as many names as the lines of the others make', () => {
    // Twenty are kept, of two lines each: so other names have no more.
    const kept = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`h${n}`, 2]));
    expect(namesText(kept, 3, 40)).toBe('h0 (2), h1 (2), h2 (2) and at least 37 more');
    expect([leastNames(kept, 0), leastNames(kept, 1), leastNames(kept, 3)]).toEqual([0, 1, 2]);
    // Beyond 4,096 names only lines are counted.
    expect(leastNames({ a: 1 }, 1_000_000)).toBe(4095);
    expect(leastNames({}, 7)).toBe(1);
  });

  it('is text, or bytes that nobody can read', () => {
    for (const text of [
      '',
      'Nov 20 10:00:00 www\tsshd[17]: a',
      'Ünïcödé ist Text, auch wenn Straße darin steht',
      'журнал',
      '\u001b[31mred\u001b[0m in an ordinary line',
    ]) {
      expect(isText(text), text).toBe(true);
    }
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, n) => (n * 7919 + (n >> 3)) % 256)).toString('latin1');
    for (const text of [bytes, '\u007fELF\u0002\u0001\u0001\u0000\u0000', '\ufffd\ufffdab'])
      expect(isText(text)).toBe(false);
  });
});
