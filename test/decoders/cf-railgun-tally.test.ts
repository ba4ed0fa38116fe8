import { describe, expect, it } from 'vitest';
import { parse, RailgunParts } from '../../src/decoders/cf-railgun-grammar.js';
import { countReason, countValue, createTally, mergeTally, summarise } from '../../src/decoders/cf-railgun-tally.js';

function tallyOf(values: readonly string[]) {
  const tally = createTally();
  const parts = new RailgunParts();
  for (const value of values) {
    const bytes = Buffer.from(value);
    expect(parse(bytes, 0, bytes.length, parts)).toBe(true);
    countValue(tally, parts.form, parts.ratio, parts.time, parts.flags, parts.version);
    if (parts.reasonAt >= 0) countReason(tally, value.slice(parts.reasonAt, parts.reasonEnd));
  }
  return tally;
}

const values = [
  '4fd1682b12 0.06 0.050570 0031 5360',
  '151df128a1 2.05 0.009465 0031 5360',
  '70b3263f64 99.99 0.002952 0030 57DA',
  'f1cb3b9f7d 0.02 0.008966 30',
  'a1b2c3d4e5 stream 0.120000 0010 5360',
  'a1b2c3d4e5 origin',
  'direct (starting new WAN connection)',
  'direct',
  'direct (__proto__)',
];
const expected = {
  values: 9,
  forms: { compressed: 4, direct: 3, origin: 1, stream: 1 },
  ratioPercent: { count: 4, min: 0.02, mean: 25.53, p50: 0.06, p90: 99.99, p99: 99.99, max: 99.99 },
  originTimeSeconds: { count: 5, min: 0.002952, mean: 0.0383906, p50: 0.00947, p90: 0.12, p99: 0.12, max: 0.12 },
  flagWords: { '0010': 1, '0030': 2, '0031': 2 },
  flagBits: { '1': 2, '16': 5, '32': 4 },
  versions: { '5360': 3, '57da': 1 },
  directReasons: JSON.parse('{"starting new WAN connection":1,"__proto__":1}'),
};

describe('tally', () => {
  it('sums up in plain JSON', () => {
    const summary = summarise(tallyOf(values));
    expect(JSON.parse(JSON.stringify(summary))).toEqual(expected);
    expect(Object.keys(summary.forms)).toEqual(['compressed', 'direct', 'origin', 'stream']);
  });

  it('has no distribution of what did not occur', () => {
    expect(summarise(tallyOf(['direct']))).toEqual({
      values: 1,
      forms: { direct: 1 },
      flagWords: {},
      flagBits: {},
      versions: {},
      directReasons: {},
    });
  });

  it('is the same merged from parts that came from other threads', () => {
    for (let cut = 0; cut <= values.length; cut += 1) {
      const tally = tallyOf(values.slice(cut));
      mergeTally(tally, structuredClone(tallyOf(values.slice(0, cut))));
      expect(JSON.parse(JSON.stringify(summarise(tally)))).toEqual(expected);
    }
  });

  it('keeps a thousand reasons and counts the others together', () => {
    const tally = createTally();
    for (let i = 0; i < 5000; i += 1) countReason(tally, `reason ${i}`);
    countReason(tally, 'reason 7');
    const { directReasons } = summarise(tally);
    expect([directReasons['(other)'], directReasons['reason 7']]).toEqual([4000, 2]);
    expect(Object.keys(directReasons)).toHaveLength(1001);
  });
});
