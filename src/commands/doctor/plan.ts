import type { RailgunConf } from '../../decoders/railgun-conf.js';
import type { RailgunNat } from '../../decoders/railgun-nat.js';
import type { Failure } from '../../model/failure.js';
import { maskedUrl } from '../../model/masked-url.js';
import { rgDiagLine } from '../../model/shell-quoted.js';
import type { CheckKind, ConfigurationFacts, DoctorAsked, DoctorTarget, Subject } from './facts.js';
import { checksOfHosts } from './plan-hosts.js';
import { checksOfMachine } from './plan-machine.js';

/** Hosts that one run checks: those that were named, then those of the map in its order. */
export const mostHosts = 50;

/** A check before it is run: what `rg-diag` is to be called with, and why. */
export interface PlannedCheck {
  readonly kind: CheckKind;
  readonly name: string;
  readonly subject: Subject;
  /** The name of the command in the catalogue. */
  readonly command: string;
  /** What stands behind `rg-diag`. The query of a URL may be secret: `line` shows it masked. */
  readonly words: readonly string[];
  readonly line: string;
  readonly why: string;
  /** Why it is not run. */
  readonly skipped?: string;
}

/** A check as a part of the plan describes it. */
export type CheckDraft = Omit<PlannedCheck, 'line'>;

/** The configuration of rg-listener, as far as it could be read. */
export type ReadConfiguration =
  /** `irregular`: it is there, and no regular file: reading it would wait for a writer. */
  | { readonly path: string; readonly failure: Failure; readonly irregular?: true }
  | { readonly path: string; readonly conf: RailgunConf; readonly mapFile?: string; readonly map?: RailgunNat };

export interface PlanInput {
  readonly target: Pick<DoctorTarget, 'places' | 'modeGiven'>;
  readonly asked: DoctorAsked;
  /** Absent: there is none on this machine. */
  readonly configuration?: ReadConfiguration | undefined;
  readonly logs: FoundLogs;
}

/** The logs that are to be read. */
export interface FoundLogs {
  readonly readable: readonly string[];
  /** There are none, and the journal has what rg-listener logs. */
  readonly journal?: true;
  /** They are there, and this user may not read them. */
  readonly unreadable: readonly { readonly path: string; readonly failure: Failure }[];
}

export interface Plan {
  /** No line is there twice. */
  readonly checks: readonly PlannedCheck[];
  /** Lines of the map without a check. */
  readonly unchecked: Extract<ConfigurationFacts, { state: 'read' }>['unchecked'];
}

/** Every check that applies, in the order in which they are begun: those of this machine, then those of each host. Pure. */
export function planOf(input: PlanInput): Plan {
  const { skip = [] } = input.asked;
  const { drafts, unchecked } = checksOfHosts(input, mostHosts);
  const seen = new Set<string>();
  const checks = [...checksOfMachine(input), ...drafts].flatMap((draft) => {
    const key = JSON.stringify(draft.words);
    if (seen.has(key)) return [];
    seen.add(key);
    const shown = draft.words.map((word) => (word.includes('://') ? maskedUrl(word) : word));
    const skipped = skip.includes(draft.kind) ? `--skip ${draft.kind}` : draft.skipped;
    return [{ ...draft, line: rgDiagLine(shown), ...(skipped !== undefined && { skipped }) }];
  });
  return { checks, unchecked };
}
