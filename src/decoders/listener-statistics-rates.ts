import { listenerStatisticOf } from '../knowledge/listener-statistics.js';
import type { ListenerStatistics } from './listener-statistics.js';

/** What happened between two sets of statistics. */
export interface StatisticsRates {
  /** Seconds between the two: by their own `time` where they have it. */
  readonly seconds: number;
  /** Of counters: per second, by key. */
  readonly perSecond: Readonly<Record<string, number>>;
  /** Of gauges: how much more there is than before, by key. */
  readonly change: Readonly<Record<string, number>>;
}

/** What two sets of statistics say about the time between them. */
export type StatisticsChange =
  | { readonly state: 'unchanged' }
  /** Counters that went back: rg-listener began anew. At most 20. */
  | { readonly state: 'restarted'; readonly counters: readonly string[] }
  | { readonly state: 'rates'; readonly rates: StatisticsRates };

/**
 * Compares two sets of statistics of one listener, `seconds` apart by the clock of who looked. rg-listener makes them anew every
 * `stats.interval` only: in between they are unchanged.
 */
export function statisticsChange(
  before: ListenerStatistics,
  after: ListenerStatistics,
  seconds: number,
): StatisticsChange {
  const keys = Object.keys(after.values).filter((key) => Object.hasOwn(before.values, key));
  if (keys.every((key) => before.values[key] === after.values[key])) return { state: 'unchanged' };
  const difference = (key: string) => differenceOf(before.values[key] ?? 0, after.values[key] ?? 0);
  const those = (kind: 'counter' | 'gauge') => keys.filter((key) => listenerStatisticOf(key)?.kind === kind);
  const counters = those('counter');
  const back = counters.filter((key) => difference(key) < 0);
  if (back.length > 0) return { state: 'restarted', counters: back.slice(0, 20) };
  const ownSeconds = keys.includes('time') ? difference('time') : 0;
  const between = ownSeconds > 0 ? ownSeconds : seconds;
  if (!(between > 0)) return { state: 'unchanged' };
  const rates: StatisticsRates = {
    seconds: Number(between.toFixed(3)),
    perSecond: Object.fromEntries(counters.map((key) => [key, rounded(difference(key) / between)])),
    change: Object.fromEntries(
      those('gauge')
        .filter((key) => key !== 'time')
        .map((key) => [key, difference(key)]),
    ),
  };
  return { state: 'rates', rates };
}

/** Exact also where the numbers themselves are too large for it. */
function differenceOf(before: number | string, after: number | string): number {
  if (typeof before === 'number' && typeof after === 'number') return after - before;
  return Number(BigInt(after) - BigInt(before));
}

function rounded(number: number): number {
  return Number(number.toPrecision(6));
}
