import type { FailureCode } from './failure.js';
import type { SafeFix, SourcePlace } from './place.js';

/**
 * `pass` held, `note` is worth knowing, `warn` and `fail` count against the target, `skip` did not apply, and `broken`
 * could not be judged (unreadable input, or a rule with a bug).
 */
export type Status = 'pass' | 'note' | 'warn' | 'fail' | 'skip' | 'broken';

/** What one rule found in one report. What was seen, what it means and what to do are separate fields. */
export interface Finding {
  /** `<command>/<rule>`, stable. */
  readonly rule: string;
  readonly status: Status;
  /** What was found, one sentence. */
  readonly says: string;
  /** What it means where the rule does not pass, one sentence; empty where it does. */
  readonly means: string;
  /** JSON pointers into the report's facts, each of which resolves. */
  readonly evidence: readonly string[];
  /** What to do about it, one step a line; empty where there is nothing to do. */
  readonly remedy: string;
  /** Where the knowledge comes from; empty where the rule needs none. */
  readonly cites: string;
  /** The failure behind it, where there is one. */
  readonly code?: FailureCode;
  /** Where in a file it is, where it is in one. */
  readonly place?: SourcePlace;
  /** What would put it right, where that is safe. */
  readonly fix?: SafeFix;
  /** What others found that belongs to it: what follows from it, and what bears it out. */
  readonly related?: readonly RelatedFinding[];
  /** The command that looks at it again, as a line to type. */
  readonly again?: string;
}

/** A finding of another check, beneath the one that it belongs to. */
export interface RelatedFinding {
  /** `follows`: it is there because of the other; `confirms`: it says the same from another side, as a line of a log does. */
  readonly relation: 'follows' | 'confirms';
  readonly rule: string;
  readonly status: Status;
  /** What it was found of. */
  readonly target: string;
  readonly says: string;
}
