/** Intervals that are kept at most. */
export const MOST_INTERVALS = 60;

/** Widths in seconds, each a multiple of the one before; from a day on, each is twice the one before. */
const widths = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400];

/** How events are spread over time: in intervals of one width, as narrow as `MOST_INTERVALS` of them allow. */
export interface RateIntervals {
  /** Seconds. */
  width: number;
  /** The first and the last interval: how many widths after 1970-01-01T00:00Z it begins; first > last where there is none. */
  first: number;
  last: number;
}

export function createRateIntervals(): RateIntervals {
  return { width: 1, first: Infinity, last: -Infinity };
}

/** Makes room for an instant (ms since 1970), with wider intervals where they would be too many. */
export function coverInstant(intervals: RateIntervals, at: number): void {
  const interval = intervalOf(intervals.width, at);
  if (interval < intervals.first) intervals.first = interval;
  if (interval > intervals.last) intervals.last = interval;
  while (intervals.last - intervals.first >= MOST_INTERVALS) widen(intervals);
}

/** Makes room for other intervals, of which there is at least one. */
export function joinIntervals(intervals: RateIntervals, other: RateIntervals): void {
  while (intervals.width < other.width) widen(intervals);
  coverInstant(intervals, other.first * other.width * 1000);
  coverInstant(intervals, other.last * other.width * 1000);
}

function widen(intervals: RateIntervals): void {
  const width = widths.find((next) => next > intervals.width) ?? intervals.width * 2;
  const factor = width / intervals.width;
  intervals.first = Math.floor(intervals.first / factor);
  intervals.last = Math.floor(intervals.last / factor);
  intervals.width = width;
}

/** The interval of that width in which an instant (ms since 1970) lies. */
export function intervalOf(width: number, at: number): number {
  return Math.floor(at / (width * 1000));
}

/** Brings counts by interval from one width to a wider one. */
export function widened(counts: ReadonlyMap<number, number>, from: number, to: number): Map<number, number> {
  const wide = new Map<number, number>();
  for (const [interval, count] of counts) {
    const into = Math.floor((interval * from) / to);
    wide.set(into, (wide.get(into) ?? 0) + count);
  }
  return wide;
}
