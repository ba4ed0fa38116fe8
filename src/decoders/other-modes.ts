import type { EdgeProfileId } from '../knowledge/edge-profiles.js';
import type { Failure } from '../model/failure.js';
import type { ChainFacts } from './chain-facts.js';
import { type EdgeMode, type EdgeVerdict, edgeVerdict, type Undetermined } from './edge-verdict.js';
import { edgeWay, type Scheme } from './edge-way.js';
import type { StageSeen } from './origin-stages.js';
import { defectsUnderStrict } from './ssl-modes.js';

/** What visitors would get under a mode that was not asked for; `undetermined` where that cannot be told from what was seen. */
export type OtherMode = { readonly mode: EdgeMode } & (
  | { readonly code: number | null; readonly name: string; readonly errorCode?: number }
  | { readonly undetermined: string }
);

/** What was seen on one way to the origin. */
export interface WaySeen {
  readonly stages: readonly StageSeen[];
  readonly chain?: ChainFacts;
  readonly status?: number;
}

export interface ModesView {
  /** The mode that was asked for, and what was seen. */
  readonly mode: EdgeMode;
  readonly seen: WaySeen;
  /** How the visitor asks. */
  readonly scheme: Scheme;
  readonly port: number;
  /** What was seen on port 80, without TLS; absent: that was not looked at. */
  readonly plain?: WaySeen;
  readonly profile: EdgeProfileId;
  /** The name of the certificate does not count: only an address is known. */
  readonly nameUnjudged?: boolean;
}

const modes: readonly EdgeMode[] = ['off', 'flexible', 'full', 'strict', 'origin-pull'];

/** What the modes would do that were not asked for. Pure and total. */
export function otherModes(view: ModesView): OtherMode[] {
  return modes.filter((mode) => mode !== view.mode).map((mode) => ({ mode, ...under(mode, view) }));
}

function under(mode: EdgeMode, view: ModesView) {
  const { scheme, port, profile, seen, plain } = view;
  const asked = edgeWay(view.mode, scheme, port);
  const way = edgeWay(mode, scheme, port);
  const isSame = way.scheme === asked.scheme && way.port === asked.port;
  const notSeen = { undetermined: `not looked at: --mode ${mode}` };
  const isPlain = way.scheme === 'http' && way.port === 80;
  const other = isSame ? underCertificates(way.mode, view) : isPlain ? plain : undefined;
  if (other === undefined) return notSeen;
  const { stages, status } = other;
  const verdict = edgeVerdict({ stages, mode: way.mode, profile, ...(status !== undefined && { status }) });
  if (isVerdict(verdict)) {
    const { code, name, errorCode } = verdict;
    return { code, name, ...(errorCode !== undefined && { errorCode }) };
  }
  return seen === other || plain === other ? { undetermined: verdict.why } : notSeen;
}

/** What was seen, with the certificate judged as another mode does. */
function underCertificates(mode: EdgeMode, { seen, nameUnjudged }: ModesView): WaySeen {
  const { chain, stages } = seen;
  if (chain === undefined) return seen;
  const failure = refusal(chain, nameUnjudged);
  if (failure === undefined) return seen;
  const isStrict = mode === 'strict' || mode === 'origin-pull';
  return {
    ...seen,
    stages: stages.map((seenStage) =>
      seenStage.stage === 'certificate'
        ? { stage: 'certificate', status: isStrict ? 'fail' : 'warn', failure }
        : seenStage,
    ),
  };
}

/** Why Full (strict) refuses a chain: every reason, under the code of the first. */
export function refusal(chain: ChainFacts, nameUnjudged = false): Failure | undefined {
  const defects = defectsUnderStrict(chain, nameUnjudged);
  const [first] = defects;
  if (first === undefined) return undefined;
  const detail = [...new Set(defects.map((defect) => defect.detail))].join('; ');
  return { code: first.code, step: 'tls', blame: 'target', detail };
}

/** Whether it could be told what visitors get. */
export function isVerdict(verdict: EdgeVerdict | Undetermined): verdict is EdgeVerdict {
  return 'code' in verdict;
}
