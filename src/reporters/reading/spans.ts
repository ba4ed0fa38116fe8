import type { Bar } from '../../model/block.js';

/** A part of the width: where it begins and ends, 0 to 1. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where each bar is to be drawn, so that the one that ends last ends at the edge. */
export function spansOf(bars: readonly Bar[]): Span[] {
  const ends = bars.map(({ from, value }) => ({ from: lengthOf(from), to: lengthOf(from) + lengthOf(value) }));
  const last = ends.reduce((greatest, { to }) => Math.max(greatest, to), 0);
  if (last === 0 || last === Number.POSITIVE_INFINITY) return ends.map(() => ({ from: 0, to: 0 }));
  return ends.map(({ from, to }) => ({ from: from / last, to: to / last }));
}

function lengthOf(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? Math.max(value, 0) : 0;
}
