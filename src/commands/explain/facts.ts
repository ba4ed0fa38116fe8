import type { Reading } from '../../decoders/explained-text.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfEveryCommand } from '../../model/stop.js';

/** What the user asked of every target. */
export type ExplainAsked = AskedOfEveryCommand;

/** Where a text comes from. */
interface Given {
  readonly asked: ExplainAsked;
  /** The text that was given, or the beginning of a longer one. */
  readonly text: string;
  /** The file that it was read from; absent for an argument. */
  readonly file?: string;
  /** The file is longer than what was looked at. */
  readonly truncated?: true;
}

/** A text that can be explained. */
export interface ExplainedFacts extends Given {
  readonly kind: 'explained';
  /** What it can be read as, the likeliest first; never empty. */
  readonly readings: readonly Reading[];
}

/** A text that is nothing that is known. */
export interface UnrecognisedFacts extends Given {
  readonly kind: 'unrecognised';
  /** The code in it, which no source lists. */
  readonly code?: number;
  /** What may have been meant. */
  readonly nearest?: string;
}

/** A file that cannot be read. */
export interface UnreadFacts {
  readonly kind: 'unread';
  readonly asked: ExplainAsked;
  readonly file: string;
  readonly failure: Failure;
}

/** A report of another command, judged again. */
export interface SavedFacts {
  readonly kind: 'saved';
  readonly asked: ExplainAsked;
  /** The command that measured it, and the version of the rg-diag that did. */
  readonly command: string;
  readonly version: string;
  readonly target: string;
  /** RFC 3339. */
  readonly at: string;
  /** What it was judged to be then. */
  readonly verdictThen: string;
  /** As they were saved: those of the other command. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export type ExplainFacts = ExplainedFacts | UnrecognisedFacts | UnreadFacts | SavedFacts;

/** What to explain: a text, what is in a file, or the reports that are saved in one (`-` is standard input). */
export type ExplainTarget =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file' | 'report'; readonly path: string };
