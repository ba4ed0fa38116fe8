import type { HarComparison } from '../../decoders/har-comparison.js';
import type { HarSummary } from '../../decoders/har-summary.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfEveryCommand } from '../../model/stop.js';

export interface HarCheckTarget {
  readonly paths: readonly string[];
}

export interface HarCheckAsked extends AskedOfEveryCommand {
  /** Seconds from which on a request is slow. */
  readonly slow: number;
}

export interface ArchiveFacts {
  readonly path: string;
  /** `1.2`; empty where it names none. */
  readonly version: string;
  /** Who wrote it: `WebInspector 537.36`. */
  readonly creator: string;
  readonly summary: HarSummary;
}

export interface HarFacts {
  readonly kind: 'har';
  readonly asked: HarCheckAsked;
  /** One, or two in the order in which they were given. */
  readonly archives: readonly ArchiveFacts[];
  /** Of two. */
  readonly comparison?: HarComparison;
}

/** An archive that cannot be read, or is none. */
export interface UnreadFacts {
  readonly kind: 'unread';
  readonly asked: HarCheckAsked;
  readonly path: string;
  readonly failure: Failure;
}

export type HarCheckFacts = HarFacts | UnreadFacts;
