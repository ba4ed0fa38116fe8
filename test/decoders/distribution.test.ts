import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addValue,
  createDistribution,
  type Distribution,
  mergeDistribution,
  ratioScales,
  summariseDistribution,
  timeScales,
} from '../../src/decoders/distribution.js';

function distributionOf(values: readonly number[], scales = ratioScales): Distribution {
  const distribution = createDistribution(scales);
  for (const value of values) addValue(distribution, value);
  return distribution;
}

/** Nearest rank, from the sorted values. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? Number.NaN;
}

/** Values as a header writes them: up to 5 digits, a point, `decimals` digits. */
const written = (most: number, decimals: number) => {
  const unit = 10 ** decimals;
  return fc.oneof(
    fc.integer({ min: 0, max: most * unit - 1 }).map((n) => n / unit),
    fc.integer({ min: 0, max: 2 * unit }).map((n) => n / unit),
  );
};

describe('distribution', () => {
  it('is exact for ratios with two decimals below 1000 percent', () => {
    fc.assert(
      fc.property(fc.array(written(1000, 2), { minLength: 1, maxLength: 300 }), (values) => {
        const summary = summariseDistribution(distributionOf(values));
        const [p50, p90, p99] = [50, 90, 99].map((percent) => percentile(values, percent));
        expect(summary).toMatchObject({
          count: values.length,
          min: Math.min(...values),
          p50,
          p90,
          p99,
          max: Math.max(...values),
        });
      }),
    );
  });

  it.each([
    ['ratio', ratioScales, 100_000, 9, (value: number) => (value < 1000 ? 0.005 : 0.05)],
    ['time', timeScales, 100_000, 6, (value: number) => (value < 1 ? 0.000005 : value < 100 ? 0.0005 : 0.05)],
  ] as const)('is within half a step of %s', (_, scales, most, decimals, error) => {
    fc.assert(
      fc.property(fc.array(written(most, decimals), { minLength: 1, maxLength: 300 }), (values) => {
        const summary = summariseDistribution(distributionOf(values, scales));
        for (const percent of [50, 90, 99] as const) {
          const exact = percentile(values, percent);
          expect(Math.abs((summary?.[`p${percent}`] ?? Number.NaN) - exact)).toBeLessThanOrEqual(error(exact) + 1e-9);
        }
      }),
    );
  });

  it('takes the 99th of 100 values and the 3rd of 30 for p99 and p10', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(summariseDistribution(distributionOf(values))).toMatchObject({ p50: 50, p90: 90, p99: 99 });
  });

  it('is the same in any order and grouping, down to the last bit of the mean', () => {
    const values = fc.array(written(100_000, 9), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(values, fc.nat(100), (all, cut) => {
        const merged = distributionOf(all.slice(cut).reverse());
        mergeDistribution(merged, structuredClone(distributionOf(all.slice(0, cut))));
        expect(summariseDistribution(merged)).toEqual(summariseDistribution(distributionOf(all)));
      }),
    );
  });

  it('has an exact mean of a billion and a half units a time', () => {
    const distribution = createDistribution(ratioScales);
    for (let i = 0; i < 30_000; i += 1) addValue(distribution, 99_999.999999999);
    expect(summariseDistribution(distribution)?.mean).toBe(99_999.999999999);
  });

  it('is nothing without values', () => {
    expect(summariseDistribution(createDistribution(timeScales))).toBeUndefined();
  });
});
