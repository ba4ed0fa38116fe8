import type { EdgeMode } from '../../decoders/edge-verdict.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { Verdict } from '../../model/report.js';
import type { StoppableFacts } from '../../model/stop.js';

/** A kind of evidence, as `--skip` and `--only` name it. */
export type PartKind =
  | 'configuration'
  | 'memcached-conf'
  | 'log'
  | 'panic-log'
  | 'origin-log'
  | 'checks'
  | 'route'
  | 'dns'
  | 'versions'
  | 'har';

export interface BundleAsked extends AskedOfNetworkCommand {
  /** Hosts and URLs, without what could be secret in them. */
  readonly hosts: readonly string[];
  readonly config?: string;
  readonly ip?: readonly string[];
  readonly mode: EdgeMode;
  readonly edgeProfile: '2023' | '2026';
  readonly readTimeout?: number;
  /** The error that the case is about: `522`, `1016`. */
  readonly for?: number;
  /** As it was spelled. */
  readonly since: string;
  readonly logs?: readonly string[];
  readonly originLogs?: readonly string[];
  readonly hars?: readonly string[];
  /** Bytes of each log that are taken at most: its end. */
  readonly logBytes: number;
  /** Where the bundle is to appear: a folder that is not there yet. */
  readonly directory: string;
  readonly archive?: true;
  readonly anonymise?: true;
  readonly dryRun?: true;
  readonly skip?: readonly PartKind[];
  readonly only?: readonly PartKind[];
  /** For the ticket: zone, rays, and what happened in the user's words. What could be secret in them is masked. */
  readonly zone?: string;
  readonly rays?: readonly string[];
  readonly what?: string;
  readonly caFile?: string;
  readonly addCa?: readonly string[];
}

export interface BundleTarget {
  /** As the user named them. */
  readonly hosts: readonly string[];
  /** The same, read, in the same order. */
  readonly places: readonly CasePlace[];
  /** The user named a mode: it is handed on to doctor. */
  readonly modeGiven: boolean;
}

/** What a visitor asks for. */
export interface CasePlace {
  /** Lower case, ASCII; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** With its port where the user gave one: `[2001:db8::1]:8443`. */
  readonly shown: string;
  /** It was a URL. */
  readonly isUrl: boolean;
}

/** One file of the bundle, or what was to be one. */
export interface PartFacts {
  readonly kind: PartKind;
  /** The name of the file in the folder: `railgun.conf.txt`. */
  readonly file: string;
  /** What it is, a few words: `configuration of rg-listener`. */
  readonly what: string;
  /** Where it comes from: a path, or a command line; nothing secret is in it. */
  readonly how: string;
  readonly state: PartState;
}

export type PartState =
  /** `bytes` as far as they are known before. */
  | { readonly state: 'planned'; readonly bytes?: number }
  | {
      readonly state: 'collected';
      readonly bytes: number;
      /** Hexadecimal. */
      readonly sha256: string;
      /** Milliseconds that getting it took. */
      readonly ms: number;
      /** Places in it at which something secret was masked. */
      readonly masked: number;
      /** Not all of it is there, and why. */
      readonly cut?: string;
    }
  | {
      readonly state: 'missing';
      readonly why: string;
      readonly ms?: number;
      /** Another user than this one could read it. */
      readonly needsRoot?: true;
      /**
       * Nothing went wrong: `absent`, there is no such thing here, and nobody named one; `left-out`, it was not wanted. Absent: it was
       * wanted, and could not be had.
       */
      readonly because?: 'absent' | 'left-out';
    };

/** What support asks for in such a case, and which files have it. */
export interface WantedFacts {
  readonly says: string;
  readonly source: string;
  /** Files of the bundle that answer it; none: only a person can add it, or it is missing. */
  readonly files: readonly string[];
  /** Files that were to answer it, and could not be made, or say only why there is nothing. */
  readonly failed?: readonly string[];
  /** A part was to answer it: where there is no file, that part says why it is missing. */
  readonly hasPart?: true;
  /** Nothing that rg-diag does can give it. */
  readonly onlyByHand?: true;
  /** How a person can hand it over the next time, where there is an option for it: `--zone NAME`. */
  readonly option?: string;
  /** There is a gap for it in TICKET.txt. */
  readonly inTicket?: true;
}

/** The error that the case is about. */
export interface CaseFacts {
  readonly code: number;
  /** As Cloudflare calls it, where it has a name: `Connection timed out`. */
  readonly name?: string;
  /** What happened, without a full stop. */
  readonly cause: string;
}

/** A request of an HTTP archive that failed. */
export interface FailedRequest {
  /** Without login, query and fragment. */
  readonly url: string;
  readonly status: number;
  /** RFC 3339, UTC. */
  readonly at?: string;
  /** With its data centre, where that is known. */
  readonly ray?: string;
}

/** A secret that is left: where, never what. */
export interface LeakFacts {
  readonly file: string;
  readonly line: number;
  /** What kind of secret, and in which form it stands there. */
  readonly name: string;
  readonly form: string;
}

export interface RedactionFacts {
  /** Places at which something secret was masked, in all files together. */
  readonly masked: number;
  /** Different secrets that were looked for in what was written, in every form. */
  readonly searched: number;
  /** Those that are too short or too ordinary to be looked for, or beyond the number that is. */
  readonly notSearched: number;
  readonly leaks: readonly LeakFacts[];
  /** Files of settings that are there and cannot be read: nobody knows which secrets they name. */
  readonly unread?: readonly { readonly path: string; readonly failure: Failure }[];
  /** Where addresses and names were replaced: how many different ones of each, and the file with their labels, beside the bundle. */
  readonly anonymised?: { readonly names: number; readonly addresses: number; readonly map: string };
}

export interface BundleFacts extends StoppableFacts {
  readonly kind: 'bundle';
  readonly asked: BundleAsked;
  /** RFC 3339, UTC. */
  readonly observedAt: string;
  /** Whether it runs as root. */
  readonly isRoot: boolean;
  /** The railgun.conf of this machine; absent: there is none, and nobody named one. */
  readonly railgun?: string;
  /** What `asked.for` is, by what is published. */
  readonly case?: CaseFacts;
  readonly parts: readonly PartFacts[];
  readonly wanted: readonly WantedFacts[];
  /** What failed in the HTTP archives that were gathered: at most 10, the oldest first. */
  readonly failedRequests?: readonly FailedRequest[];
  /** What came of it; absent: nothing was written (`--dry-run`). */
  readonly result?: BundleResult;
}

export type BundleResult =
  | {
      readonly state: 'handed-over';
      readonly directory: string;
      readonly files: number;
      readonly bytes: number;
      readonly archive?: { readonly file: string; readonly bytes: number; readonly sha256: string };
      /** Why there is no archive, though one was asked for: the folder is whole. */
      readonly withoutArchive?: Failure;
      readonly redaction: RedactionFacts;
      /** What doctor made of it all: its verdict, and its first sentence. */
      readonly diagnosis?: { readonly verdict: Verdict; readonly says: string };
    }
  /** A secret was left, and nothing is where the bundle was to appear. */
  | { readonly state: 'withheld'; readonly redaction: RedactionFacts }
  /** It could not be written. */
  | { readonly state: 'failed'; readonly failure: Failure };
