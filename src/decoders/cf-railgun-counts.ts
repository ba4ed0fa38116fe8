import {
  type AnchorIndex,
  DIRECT_BYTES,
  DIRECT_COUNTS,
  DIRECT_LENGTHS,
  FIRST_RUN,
  FORM_COUNTS,
  LIST_COUNTS,
  LONGEST_RUN,
  MOST_DIRECTS,
  NUMBERS,
  RUN,
} from './anchor-index.js';
import type { RailgunBlock } from './cf-railgun-block.js';
import { DIRECT } from './cf-railgun-grammar.js';
import { countReason, type RailgunTally } from './cf-railgun-tally.js';
import { addMeasured, countEach, ratioScales, type Scale, timeScales } from './distribution.js';

/** What the index has counted on its own: kept in its memory until it is added to a tally. */
export class RailgunCounts {
  readonly #index: AnchorIndex;
  /** The reasons of `index.directs`. */
  readonly #reasons: string[] = [];

  constructor(index: AnchorIndex) {
    this.#index = index;
    [ratioScales, timeScales].forEach((scales, i) => {
      const { to, perUnit } = scales[0] as Scale;
      index.numbers.set([Infinity, 0, 0, 0, to, perUnit], i * NUMBERS);
    });
  }

  /** A block begins. */
  begin(): void {
    this.#index.state.set([-1, 0, 0], FIRST_RUN);
  }

  /** A value that the index did not count. */
  addRun(isDirect: boolean): void {
    const { state } = this.#index;
    if (isDirect) state[RUN] = (state[RUN] as number) + 1;
    else this.#endRun();
  }

  /** The block ends. */
  runs(): RailgunBlock['directRuns'] {
    const { state } = this.#index;
    const last = state[RUN] as number;
    this.#endRun();
    return { first: state[FIRST_RUN] as number, longest: state[LONGEST_RUN] as number, last };
  }

  #endRun(): void {
    const { state } = this.#index;
    const run = state[RUN] as number;
    if ((state[FIRST_RUN] as number) < 0) state[FIRST_RUN] = run;
    if (run > (state[LONGEST_RUN] as number)) state[LONGEST_RUN] = run;
    state[RUN] = 0;
  }

  /** From now on the index counts the `direct` value at window[start, end) itself, if there is room for it. */
  recognise(start: number, end: number, reason: string): void {
    const slot = this.#reasons.length;
    const { window, state, directs } = this.#index;
    if (slot === MOST_DIRECTS || end - start > DIRECT_BYTES) return;
    this.#reasons.push(reason);
    directs.set(window.subarray(start, end), slot * DIRECT_BYTES);
    state[DIRECT_LENGTHS + slot] = end - start;
  }

  /** Adds what was counted since the last time, and returns how many values that were. */
  collect(tally: RailgunTally): number {
    const { state, lists } = this.#index;
    let values = 0;
    for (const [form, known] of tally.forms.entries()) {
      const count = state[FORM_COUNTS + form] as number;
      tally.forms[form] = known + count;
      values += count;
    }
    this.#reasons.forEach((reason, slot) => {
      const count = state[DIRECT_COUNTS + slot] as number;
      if (count === 0) return;
      tally.forms[DIRECT] = (tally.forms[DIRECT] as number) + count;
      countReason(tally, reason, count);
      values += count;
    });
    if (values === 0) return 0;
    addMeasured(tally.ratioPercent, this.#measured(0));
    addMeasured(tally.originTimeSeconds, this.#measured(1));
    countEach(tally.flagWords, lists[2], state[LIST_COUNTS + 2] as number);
    countEach(tally.versions, lists[3], state[LIST_COUNTS + 3] as number);
    state.fill(0, LIST_COUNTS, DIRECT_LENGTHS);
    return values;
  }

  #measured(list: 0 | 1): Parameters<typeof addMeasured>[1] {
    const { state, numbers, lists } = this.#index;
    const at = list * NUMBERS;
    const [min = 0, max = 0, sumHigh = 0, sumLow = 0] = numbers.subarray(at, at + 4);
    numbers.set([Infinity, 0, 0, 0], at);
    return { steps: lists[list], count: state[LIST_COUNTS + list] as number, min, max, sumHigh, sumLow };
  }
}
