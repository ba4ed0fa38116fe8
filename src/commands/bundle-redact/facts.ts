import type { Leak } from '../../decoders/evidence-leaks.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfEveryCommand } from '../../model/stop.js';

export interface BundleRedactTarget {
  readonly path: string;
}

export interface BundleRedactAsked extends AskedOfEveryCommand {
  /** Where the masked folder is to appear: nothing is there yet. */
  readonly directory: string;
  readonly anonymise?: true;
  /** The railgun.conf whose secrets are masked too; absent: that of the package, where it is there. */
  readonly config?: string;
  /** A list of further secrets. */
  readonly secretFile?: string;
}

/** A file of the new folder. Its name may differ where there was a secret, or a name, in it. */
export interface RedactedFileFacts {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Places in it at which a value was masked. */
  readonly masked: number;
}

/** What was not taken over. */
export interface LeftOut {
  readonly file: string;
  readonly why: string;
}

/** Where secrets that are masked by their value came from. */
export type SecretSource =
  | { readonly path: string; readonly state: 'read'; readonly secrets: number }
  | { readonly path: string; readonly state: 'unread'; readonly failure: Failure };

/** A folder, and what was masked in it. No secret is in here, and with `anonymise` no name. */
export interface RedactedFacts {
  readonly kind: 'bundle';
  readonly asked: BundleRedactAsked;
  readonly path: string;
  /** It had a manifest. */
  readonly wasBundle: boolean;
  readonly files: readonly RedactedFileFacts[];
  readonly leftOut: readonly LeftOut[];
  readonly secrets: {
    readonly sources: readonly SecretSource[];
    /** Different secrets that were looked for in what was written, in every form. */
    readonly searched: number;
    /** Those that were not, because they are too short or too ordinary. */
    readonly notSearched: number;
    /** Where one is left. */
    readonly leaks: readonly Leak[];
  };
  /** Where addresses and names were replaced: how many different ones of each, and the file that says which label is which. */
  readonly anonymised?: { readonly names: number; readonly addresses: number; readonly map: string };
  /** Whether the new folder is there. */
  readonly handedOver: boolean;
}

/** What cannot be read, or what cannot be written: nothing was made. */
export interface FailedFacts {
  readonly kind: 'failed';
  readonly asked: BundleRedactAsked;
  readonly path: string;
  readonly failure: Failure;
}

export type BundleRedactFacts = RedactedFacts | FailedFacts;
