import type { CfRailgun } from '../../decoders/cf-railgun.js';
import type { RailgunLogSummary } from '../../decoders/cf-railgun-tally.js';
import type { CfRay } from '../../decoders/cf-ray.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfEveryCommand, Stop } from '../../model/stop.js';

/** The forms that `--expect` can ask for. */
export type Form = CfRailgun['form'] | CfRay['form'];

/** What the user asked of every target. */
export interface DecodeAsked extends AskedOfEveryCommand {
  /** Any other form is a failure. */
  readonly expect?: Form;
  /** Every value is streamed as a record of its own. */
  readonly each?: true;
}

/** The parts of a Cf-Railgun or CF-RAY value; what the value does not have is an absent key. */
interface Parts extends Omit<CfRailgun, 'form'>, Pick<Partial<CfRay>, 'colo'> {}

/** A value that could be decoded. */
export interface ValueFacts extends Parts {
  readonly kind: 'value';
  readonly asked: DecodeAsked;
  readonly value: string;
  readonly form: Form;
}

/** A value that could not, with what was read of it. */
export interface MalformedFacts extends Parts {
  readonly kind: 'malformed';
  readonly asked: DecodeAsked;
  readonly value: string;
  /** The part that is wrong. */
  readonly field: string;
  /** Where it begins: characters (UTF-16 units) before it. */
  readonly at: number;
  readonly failure: Failure;
}

/** What a log holds. */
export interface LogFacts extends RailgunLogSummary {
  readonly kind: 'log';
  readonly asked: DecodeAsked;
  /** Lines, whether or not there is a value in them. */
  readonly lines: number;
  /** Values that stand where a Cf-Railgun value belongs and cannot be decoded. */
  readonly malformed: number;
  /** The first few of them. */
  readonly malformedSamples: readonly { readonly line: number; readonly text: string }[];
  /** Consecutive `direct` values, in the order of the log: the longest run, and the one at its end. */
  readonly directRuns: { readonly longest: number; readonly last: number };
  /** Why the log could not be read to its end. The numbers are those of the part that could. */
  readonly failure?: Failure;
  /** Why reading ended early; absent where the log was read to its end. */
  readonly stopped?: Stop;
}

/** An input of which nothing could be read. */
export interface UnreadFacts {
  readonly kind: 'unread';
  readonly asked: DecodeAsked;
  readonly failure: Failure;
}

export type DecodeFacts = ValueFacts | MalformedFacts | LogFacts | UnreadFacts;

/** What to decode: one value, or a log by its path (`-` is standard input). */
export type DecodeTarget =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'log'; readonly path: string };
