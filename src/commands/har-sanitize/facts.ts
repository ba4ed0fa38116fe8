import type { HarProblem } from '../../decoders/har-problems.js';
import type { SecretLeft } from '../../decoders/har-sanitized.js';
import type { JwtPart, MaskedPlace } from '../../decoders/masking.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfEveryCommand } from '../../model/stop.js';

export interface HarSanitizeTarget {
  readonly path: string;
}

export interface HarSanitizeAsked extends AskedOfEveryCommand {
  /** What of a JSON Web Token is masked. */
  readonly jwt: JwtPart;
  /** The archive was to be handed over; false: only the report was asked for. */
  readonly handOver: boolean;
}

/** An archive, and what was masked in it. No value that was masked is in here. */
export interface SanitizedFacts {
  readonly kind: 'sanitized';
  readonly asked: HarSanitizeAsked;
  readonly path: string;
  /** Bytes of the archive, inflated. */
  readonly bytes: number;
  /** `1.2`; empty where it names none. */
  readonly version: string;
  /** Who wrote it: `WebInspector 537.36`. */
  readonly creator: string;
  readonly entries: number;
  readonly masked: {
    /** Values that were masked, wherever they stand. */
    readonly count: number;
    /** Where they stand → how many. */
    readonly in: Readonly<Record<string, number>>;
    /** What they are called → how many: the most frequent, at most 50. */
    readonly names: Readonly<Record<string, number>>;
    /** The first hundred. */
    readonly places: readonly MaskedPlace[];
  };
  readonly proof: {
    /** Different values that were looked for in the result. */
    readonly searched: number;
    /** Different values that were not, because they are too short or too ordinary. */
    readonly notSearched: number;
    /** Where one was found: at most twenty places. */
    readonly left: readonly SecretLeft[];
  };
  /** Where it is not as HAR 1.2 wants it: how many places before and after, and the first twenty after. */
  readonly validity: { readonly before: number; readonly after: number; readonly problems: readonly HarProblem[] };
  /** Bytes of the sanitised archive. */
  readonly outputBytes: number;
  /** Whether it was handed over. */
  readonly handedOver: boolean;
}

/** An archive that cannot be read, or is none. */
export interface UnreadFacts {
  readonly kind: 'unread';
  readonly asked: HarSanitizeAsked;
  readonly path: string;
  readonly failure: Failure;
}

export type HarSanitizeFacts = SanitizedFacts | UnreadFacts;
