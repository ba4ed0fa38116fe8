import type { Evidence } from '../../decoders/wanted-evidence.js';
import type { PartFacts, PartKind } from './facts.js';

/** What a file of the bundle is going to be made of. What stands in words and paths may be secret: `how` is what is shown. */
export type PartSource =
  /** A file of settings or the panic log, whole, with what is secret in it masked. */
  | { readonly kind: 'file'; readonly path: string }
  /** The lines of rg-listener in log files, the oldest file first. */
  | { readonly kind: 'log'; readonly paths: readonly string[]; readonly extent: LogExtent }
  /** The same from the journal. */
  | { readonly kind: 'journal'; readonly extent: LogExtent }
  /** The end of a log of the web server. */
  | { readonly kind: 'origin-log'; readonly path: string; readonly extent: LogExtent }
  /** All checks of doctor, run once: whole, in this format. `words` are those behind `rg-diag`. */
  | { readonly kind: 'doctor'; readonly words: readonly string[]; readonly format: 'json' | 'text' }
  /** What that run has of one check, as text: the one whose `line` it is. */
  | { readonly kind: 'check'; readonly words: readonly string[]; readonly line: string }
  /** Another command of rg-diag, as text. */
  | { readonly kind: 'run'; readonly words: readonly string[] }
  /** The same to the Cloudflare address that is the `rank`th most frequent one in these logs (1: the first); `words` lack the address. */
  | {
      readonly kind: 'route-to-cloudflare';
      readonly logs: readonly string[];
      readonly rank: number;
      readonly words: readonly string[];
    }
  /** What name servers say of these names. */
  | { readonly kind: 'dns'; readonly names: readonly string[] }
  /** Versions: of rg-diag, Node, kernel and distribution, and what these programs print. */
  | { readonly kind: 'versions'; readonly programs: readonly ProgramWords[] }
  /** An HTTP archive, sanitised. */
  | { readonly kind: 'har'; readonly path: string };

/** A program by its name, and its arguments. */
export interface ProgramWords {
  readonly name: string;
  readonly args: readonly string[];
}

/** How much of a log is taken. */
export interface LogExtent {
  /** Milliseconds since the epoch: what was logged before is left out. */
  readonly since: number;
  /** The last bytes of each file at most. */
  readonly bytes: number;
}

/** A file of the bundle, and how it is to be made; in the order in which the files are listed. */
export interface PlannedPart extends Pick<PartFacts, 'kind' | 'file' | 'what' | 'how'> {
  readonly kind: PartKind;
  /** `planned`: to be made; `missing`: not to be, and why. */
  readonly state: Extract<PartFacts['state'], { readonly state: 'planned' | 'missing' }>;
  /** Absent where it is known before that it will be missing. */
  readonly source?: PartSource;
  /** What support asks for that is in it. */
  readonly evidence: readonly Evidence[];
}
