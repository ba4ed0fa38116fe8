/** A part of the scale in which values are counted in steps of the same width. */
export interface Scale {
  readonly from: number;
  /** The first value that belongs to the next part. */
  readonly to: number;
  /** Steps for each unit: 100 counts in steps of 0.01. */
  readonly perUnit: number;
}

/** Percent of the original size. A header has two decimals and rarely more than 100, so this is exact for real values. */
export const ratioScales: readonly Scale[] = [
  { from: 0, to: 1000, perUnit: 100 },
  { from: 1000, to: 100_000, perUnit: 10 },
];

/** Seconds. */
export const timeScales: readonly Scale[] = [
  { from: 0, to: 1, perUnit: 100_000 },
  { from: 1, to: 100, perUnit: 1000 },
  { from: 100, to: 100_000, perUnit: 10 },
];

/**
 * How values from 0 to below 100,000 with at most 9 decimals are spread: memory of a fixed size, whatever their number.
 * Plain data, so that a worker can hand it over. The order in which values come, or distributions are merged, changes nothing.
 */
export interface Distribution {
  readonly scales: readonly Scale[];
  /** For each scale how many values lie nearest to each step; allocated when the first value comes. */
  readonly steps: (Uint32Array | undefined)[];
  count: number;
  min: number;
  max: number;
  /** The sum of all values in units of 1e-9, as `sumHigh` × 1e15 + `sumLow`: exact, where adding fractions is not. */
  sumHigh: number;
  sumLow: number;
}

/** A distribution in numbers. */
export interface DistributionSummary {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  /** Percentiles are nearest rank, with an error of half a step of the scale: at most 0.05. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

const SUM_LIMIT = 1e15;
const UNITS = 1e9;

export function createDistribution(scales: readonly Scale[]): Distribution {
  return { scales, steps: scales.map(() => undefined), count: 0, min: Infinity, max: 0, sumHigh: 0, sumLow: 0 };
}

export function addValue(into: Distribution, value: number): void {
  into.count += 1;
  if (value < into.min) into.min = value;
  if (value > into.max) into.max = value;
  addSum(into, 0, Math.floor(value * UNITS + 0.5));
  let at = 0;
  let scale = into.scales[0] as Scale;
  while (value >= scale.to && at + 1 < into.scales.length) {
    at += 1;
    scale = into.scales[at] as Scale;
  }
  const steps = stepsOf(into, at);
  const step = Math.floor((value - scale.from) * scale.perUnit + 0.5);
  steps[step] = (steps[step] as number) + 1;
}

/** Values that something faster has measured just as `addValue` does: all of them on the first scale. */
export interface Measured {
  /** The step of each value. */
  readonly steps: Uint32Array;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly sumHigh: number;
  readonly sumLow: number;
}

export function addMeasured(into: Distribution, measured: Measured): void {
  if (measured.count === 0) return;
  addTotals(into, measured);
  countEach(stepsOf(into, 0), measured.steps, measured.count);
}

/** Adds 1 to `counts` for each of the first `length` of `list`. */
export function countEach(counts: Uint32Array, list: Uint32Array, length: number): void {
  for (let i = 0; i < length; i += 1) {
    const at = list[i] as number;
    counts[at] = (counts[at] as number) + 1;
  }
}

export function mergeDistribution(into: Distribution, from: Distribution): void {
  addTotals(into, from);
  from.steps.forEach((added, at) => {
    if (added === undefined) return;
    const steps = stepsOf(into, at);
    for (let i = 0; i < added.length; i += 1) steps[i] = (steps[i] as number) + (added[i] as number);
  });
}

function addTotals(into: Distribution, from: Omit<Measured, 'steps'>): void {
  into.count += from.count;
  into.min = Math.min(into.min, from.min);
  into.max = Math.max(into.max, from.max);
  addSum(into, from.sumHigh, from.sumLow);
}

/** @param low below `SUM_LIMIT` */
function addSum(into: Distribution, high: number, low: number): void {
  into.sumHigh += high;
  into.sumLow += low;
  if (into.sumLow >= SUM_LIMIT) {
    into.sumLow -= SUM_LIMIT;
    into.sumHigh += 1;
  }
}

/** Nothing where no value was counted. */
export function summariseDistribution(of: Distribution): DistributionSummary | undefined {
  if (of.count === 0) return undefined;
  const [p50 = of.max, p90 = of.max, p99 = of.max] = percentiles(of, [50, 90, 99]);
  const mean = (of.sumHigh * SUM_LIMIT + of.sumLow) / of.count / UNITS;
  return { count: of.count, min: of.min, mean, p50, p90, p99, max: of.max };
}

/**
 * All in one pass. @param percents ascending integers: 99 of 100 values is then exactly the 99th, without the noise of
 * 0.99 × 100
 */
function percentiles(of: Distribution, percents: readonly number[]): number[] {
  const ranks = percents.map((percent) => Math.ceil((percent * of.count) / 100));
  const found: number[] = [];
  let seen = 0;
  for (const [at, scale] of of.scales.entries()) {
    const steps = of.steps[at] ?? [];
    for (let step = 0; step < steps.length; step += 1) {
      const here = steps[step] as number;
      if (here === 0) continue;
      seen += here;
      const value = (scale.from * scale.perUnit + step) / scale.perUnit;
      while (found.length < ranks.length && seen >= (ranks[found.length] as number)) {
        found.push(Math.min(of.max, Math.max(of.min, value)));
      }
      if (found.length === ranks.length) return found;
    }
  }
  return found;
}

function stepsOf(of: Distribution, at: number): Uint32Array {
  const present = of.steps[at];
  if (present !== undefined) return present;
  const scale = of.scales[at] as Scale;
  // One more, for the values below `to` that lie nearest to it.
  const steps = new Uint32Array((scale.to - scale.from) * scale.perUnit + 1);
  of.steps[at] = steps;
  return steps;
}
