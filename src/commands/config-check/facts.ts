import type { CertificateFacts } from '../../decoders/certificate.js';
import type { PrivateKeyFacts } from '../../decoders/private-key.js';
import type { NatEntry, NatProblem } from '../../decoders/railgun-nat.js';
import type { TokenShape } from '../../decoders/railgun-token.js';
import type { Failure } from '../../model/failure.js';
import type { FileStatus } from '../../model/file-status.js';
import type { SourceEdit } from '../../model/place.js';
import type { AskedOfEveryCommand, StoppableFacts } from '../../model/stop.js';

export type { FileStatus };

export interface ConfigCheckAsked extends AskedOfEveryCommand {
  /** The listeners of these files stand behind a balancer of layer 4, also where there is one file only. */
  readonly behindLoadBalancer?: true;
  /** What is safe to put right is put right. */
  readonly fix?: true;
}

/** All files of one run: they belong together. */
export interface ConfigCheckTarget {
  readonly files: readonly string[];
}

/** A setting as it stands. Columns count UTF-16 units from 1. Secrets are `***`. */
export interface SettingFacts {
  readonly line: number;
  readonly key: string;
  readonly keyColumn: number;
  readonly value: string;
  readonly valueColumn: number;
  /** UTF-16 units of the value in the file: `value` is shortened (with `…`) where it is longer than 4096. */
  readonly valueLength: number;
  /** The value is not shown. */
  readonly hidden?: true;
  /** The column of a semicolon at the end of the value. */
  readonly semicolon?: number;
  /** The value stands in quotation marks, which are part of it. */
  readonly quoted?: true;
  /** An earlier line that sets the same key to the very same value. */
  readonly repeats?: number;
  /** The line without its end, where all of it may be seen. */
  readonly text?: string;
  /** UTF-16 units of the line with its end. */
  readonly length: number;
}

/** A token, never itself. */
export interface TokenFacts {
  /** Index in `settings`. */
  readonly setting: number;
  readonly shape: TokenShape;
  /** UTF-16 units, without a semicolon at the end and quotation marks. */
  readonly characters: number;
  /** Equal tokens of all files of the run have the same number, from 0. */
  readonly group: number;
}

/** A file that a setting names. */
export interface ReferredFile {
  readonly key: string;
  /** Index in `settings`. */
  readonly setting: number;
  /** As it is in the file, without what is certainly not part of it (a semicolon at the end, quotation marks). */
  readonly path: string;
  readonly status?: FileStatus;
  /** Why nothing could be said of it, or it could not be read. */
  readonly failure?: Failure;
  /** Of a file that rg-listener writes: what is said of its folder. */
  readonly folder?: { readonly path: string; readonly status?: FileStatus; readonly failure?: Failure };
  /** Of `cert.file`: its certificates in their order; of `ca.bundle`: how many it holds. */
  readonly certificates?: readonly CertificateFacts[];
  readonly count?: number;
  /** Of `ca.bundle`: names of the Cloudflare Origin CA roots that are in it. */
  readonly originCa?: readonly string[];
  /** Of a PEM file: blocks that cannot be read, by their line. */
  readonly damaged?: readonly { readonly line: number; readonly detail: string }[];
  /** Of `key.file`: what it is. `fits`: it belongs to the first certificate of `cert.file`. */
  readonly privateKey?: PrivateKeyFacts;
}

/** A railgun.conf. */
export interface ConfFacts {
  readonly path: string;
  readonly status?: FileStatus;
  readonly lines: number;
  /** It begins with a byte order mark. */
  readonly mark?: true;
  /** It is no UTF-8: its text is read as ISO 8859-1. */
  readonly notUtf8?: true;
  /** Lines that end with CR LF or CR. */
  readonly carriageReturns: number;
  readonly settings: readonly SettingFacts[];
  /** Lines that are no `key = value`. */
  readonly unreadable: readonly {
    readonly line: number;
    readonly column: number;
    readonly why: 'no-equals' | 'no-key' | 'not-a-key';
  }[];
  readonly token?: TokenFacts;
  readonly files: readonly ReferredFile[];
  /** Index in `maps` of the one that `map.file` names; absent where none is named, or it could not be read (see `files`). */
  readonly map?: number;
}

/** A railgun-nat.conf. */
export interface MapFacts {
  readonly path: string;
  readonly status?: FileStatus;
  /** Every line without its end; in the place of comments and of what may be secret are as many asterisks. */
  readonly lines: readonly string[];
  readonly carriageReturns: number;
  /** It is no UTF-8: its text is read as ISO 8859-1. */
  readonly notUtf8?: true;
  readonly entries: readonly NatEntry[];
  readonly problems: readonly NatProblem[];
}

/** A file that was named and could not be read. */
export interface UnreadFile {
  readonly path: string;
  readonly failure: Failure;
}

export interface ConfigFacts extends StoppableFacts {
  readonly kind: 'config';
  readonly asked: ConfigCheckAsked;
  /** RFC 3339, UTC: the instant to judge as of (`--now`). */
  readonly observedAt: string;
  readonly configs: readonly ConfFacts[];
  /** Those that were named on the command line, and those that a configuration names, each once. */
  readonly maps: readonly MapFacts[];
  readonly unread: readonly UnreadFile[];
  /** This machine, which need not be that of rg-listener. */
  readonly machine: {
    /** Its addresses, without those of the loopback interface and of a link. */
    readonly addresses: readonly string[];
    readonly hasLinkLocalIpv6: boolean;
  };
  /** What `--fix` did, in this order; the rest of the facts is what stands in the files now. */
  readonly fixed?: {
    readonly edits: readonly (SourceEdit & { readonly rule: string })[];
    readonly failures: readonly UnreadFile[];
  };
}

export type ConfigCheckFacts = ConfigFacts;
