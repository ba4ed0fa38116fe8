import type { Status } from '../../src/model/finding.js';
import type { Change } from './estate.js';

/** One planted cause, and what is to be said of it. */
export interface Scenario {
  readonly name: string;
  readonly change: Change;
  /** What is typed behind `rg-diag doctor`, besides short timeouts. */
  readonly args?: readonly string[];
  readonly as?: 'railgun';
  /** Seconds to wait for an answer; absent: 1.5. */
  readonly readTimeout?: number;
  /** Seconds for all of it; absent: 25, which nothing takes. */
  readonly seconds?: number;
  readonly expected: Expected;
}

export interface Expected {
  /** The finding that comes first is of one of these rules. */
  readonly rules: readonly string[];
  readonly status: Status | readonly Status[];
  /** What its sentence, or the line that checks it again, names: every one of these. */
  readonly names: readonly string[];
  /** Rules of findings that are beneath it; one of each list. */
  readonly related?: readonly (readonly string[])[];
  /** Rules of what may stand beside it and counts too; absent: nothing does, all of it is beneath. */
  readonly beside?: readonly string[];
  /** What is to be done names this; absent: it is anything. */
  readonly remedy?: string;
  readonly exit: number | readonly number[];
}
