import { describe, expect, it } from 'vitest';
import { headerForms } from '../../src/decoders/cf-railgun.js';
import { directReasonOf, directReasons } from '../../src/knowledge/direct-reasons.js';
import { railgunFlags } from '../../src/knowledge/railgun-flags.js';
import { railgunFormOf, railgunForms } from '../../src/knowledge/railgun-forms.js';

describe('knowledge of Cf-Railgun', () => {
  it('has one row for each published bit, ascending, with a stable name and a source', () => {
    expect(railgunFlags.map(({ bit }) => bit)).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => 2 ** i));
    expect(new Set(railgunFlags.map(({ name }) => name)).size).toBe(railgunFlags.length);
    for (const row of railgunFlags) {
      expect(row.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(row.meaning).toMatch(/^[A-Zr].*\.$/);
      expect(row.source).not.toBe('');
    }
  });

  it('has a row for each form, with a source', () => {
    expect(railgunForms.map(({ form }) => form).sort()).toEqual([...headerForms, 'flags'].sort());
    for (const row of railgunForms) expect(row.sources.length).toBeGreaterThan(0);
    expect(railgunFormOf('ray')).toBeUndefined();
  });

  it('finds a reason in any case and knows both spellings of an internal error', () => {
    expect(directReasons.filter(({ internal }) => internal).map(({ reason }) => reason)).toEqual([
      'internal error',
      'internal channel failure',
    ]);
    expect(directReasonOf(' Internal Channel Failure ')?.internal).toBe(true);
    expect(directReasonOf('starting new WAN connection')?.internal).toBeUndefined();
    expect(directReasonOf('toString')).toBeUndefined();
    for (const row of directReasons) expect([row.reason, row.source === '']).toEqual([row.reason.toLowerCase(), false]);
  });
});
