import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DecodeFacts, LogFacts } from '../../src/commands/decode/facts.js';
import { measure } from '../../src/commands/decode/measure.js';

const folder = 'test/fixtures/explain/decode';

const fixtures = readdirSync(folder).map((name): { name: string; facts: DecodeFacts } => ({
  name,
  ...JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')),
}));

const context = {
  signal: new AbortController().signal,
  now: () => 0,
  version: '0.0.0',
  concurrency: 1,
  turn: <T>(work: () => Promise<T>) => work(),
  progress: () => undefined,
  records: async () => undefined,
  judge: async () => undefined,
  secondsLeft: () => undefined,
  run: async () => ({ kind: 'refused' as const, problem: 'nothing is run here' }),
  render: async () => '',
};

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('the facts of the fixtures of decode', () => {
  it.each(fixtures.filter(({ facts }) => facts.kind === 'value' || facts.kind === 'malformed'))(
    'of $name are those of its value',
    async ({ facts }) => {
      if (!('value' in facts)) return;
      const measured = [];
      for await (const seen of measure({ kind: 'value', value: facts.value }, facts.asked, context))
        measured.push(seen.facts);
      // How a failure is worded is not what these fixtures are about.
      const failure = 'failure' in facts ? { failure: { ...facts.failure, detail: expect.any(String) } } : {};
      expect(measured).toEqual([{ ...facts, ...failure }]);
    },
  );

  it.each(fixtures.filter(({ facts }) => facts.kind === 'log'))('of $name could be those of a log', ({ facts }) => {
    const { lines, values, malformed, malformedSamples, forms, directReasons, directRuns, ...log } = facts as LogFacts;
    const direct = forms['direct'] ?? 0;
    const withFlags = values - direct - (forms['origin'] ?? 0);
    expect(sum(forms)).toBe(values);
    expect(values + malformed).toBeLessThanOrEqual(lines);
    expect(malformedSamples.length > 0).toBe(malformed > 0);
    expect(malformedSamples.length).toBeLessThanOrEqual(malformed);
    // Every direct of these fixtures has a reason.
    expect(sum(directReasons)).toBe(direct);
    expect(directRuns.longest).toBeLessThanOrEqual(direct);
    expect(directRuns.last).toBeLessThanOrEqual(directRuns.longest);
    expect(sum(log.flagWords)).toBe(withFlags);
    expect(sum(log.versions)).toBe(withFlags);
    expect(log.ratioPercent?.count ?? 0).toBe(forms['compressed'] ?? 0);
    const bits: Record<string, number> = {};
    for (const [word, count] of Object.entries(log.flagWords)) {
      for (let bit = 1; bit <= 0x8000; bit *= 2) {
        if ((Number.parseInt(word, 16) & bit) !== 0) bits[bit] = (bits[bit] ?? 0) + count;
      }
    }
    expect(log.flagBits).toEqual(bits);
  });
});
