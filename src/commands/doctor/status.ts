import type { Status } from '../../model/finding.js';

const weights: Readonly<Record<Status, number>> = { fail: 4, broken: 3, warn: 2, note: 1, pass: 0, skip: 0 };

/** How bad it is: 4 to 0, and 0 for what held or did not apply. Of what is no status: 0. */
export function weightOf(status: Status): number {
  return Object.hasOwn(weights, status) ? weights[status] : 0;
}

/** Whether it counts against what was looked at. */
export function counts(status: Status): boolean {
  return weightOf(status) >= weights.warn;
}

/** The worse of the two. */
export function worse(one: Status, other: Status): Status {
  return weightOf(other) > weightOf(one) ? other : one;
}
