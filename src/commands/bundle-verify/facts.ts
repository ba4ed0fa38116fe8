import type { ChangedLine } from '../../decoders/changed-lines.js';
import type { Leak } from '../../decoders/evidence-leaks.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfEveryCommand } from '../../model/stop.js';

export interface BundleVerifyTarget {
  readonly path: string;
}

export interface BundleVerifyAsked extends AskedOfEveryCommand {
  /** The railgun.conf whose secrets are looked for; absent: that of the package, where it is there. */
  readonly config?: string;
  /** A list of further secrets. */
  readonly secretFile?: string;
}

/** What is there under a name, whatever the manifest says. */
export interface VerifiedFile {
  readonly file: string;
  readonly kind: 'file' | 'directory' | 'link' | 'socket' | 'fifo' | 'device' | 'unknown';
  readonly bytes: number;
  /** Permissions in octal, four digits. */
  readonly mode: string;
  /** What the manifest says of it; absent: it is not listed. */
  readonly listed?: { readonly bytes: number; readonly sha256: string };
  /** What came of reading it; absent: it is no file. */
  readonly content?: FileContent;
}

export type FileContent =
  | {
      readonly state: 'read';
      /** Hexadecimal. */
      readonly sha256: string;
      /** Not a text: only known secrets are looked for in it. */
      readonly binary?: true;
      /** Where a secret that is known stands, in whatever form. */
      readonly leaks: readonly Leak[];
      /** Lines in which today's rules would mask something: the first of them, and how many. */
      readonly unmasked: { readonly lines: readonly ChangedLine[]; readonly count: number };
    }
  | { readonly state: 'unread'; readonly failure: Failure };

/** Where secrets to look for came from. */
export type SecretSource =
  | { readonly path: string; readonly state: 'read'; readonly secrets: number }
  | { readonly path: string; readonly state: 'unread'; readonly failure: Failure };

export type ManifestFacts =
  | {
      readonly state: 'read';
      /** Of the rg-diag that made it. */
      readonly version: string;
      /** RFC 3339, UTC. */
      readonly at: string;
      readonly anonymised: boolean;
      /** How many files it lists. */
      readonly files: number;
      /** Those that are not there. */
      readonly missing: readonly string[];
    }
  | { readonly state: 'unread'; readonly failure: Failure };

/** A folder, and how it compares with its manifest. No secret is in here. */
export interface VerifiedFacts {
  readonly kind: 'bundle';
  readonly asked: BundleVerifyAsked;
  readonly path: string;
  /** Permissions of the folder in octal, four digits. */
  readonly mode: string;
  readonly manifest: ManifestFacts;
  /** At most a thousand. */
  readonly files: readonly VerifiedFile[];
  /** There are more in the folder, which were not looked at. */
  readonly more: boolean;
  readonly secrets: {
    readonly sources: readonly SecretSource[];
    /** Different secrets that were looked for. */
    readonly searched: number;
    /** Those that were not, because they are too short or too ordinary. */
    readonly notSearched: number;
  };
}

/** What is no folder, or cannot be read. */
export interface FailedFacts {
  readonly kind: 'failed';
  readonly asked: BundleVerifyAsked;
  readonly path: string;
  readonly failure: Failure;
}

export type BundleVerifyFacts = VerifiedFacts | FailedFacts;
