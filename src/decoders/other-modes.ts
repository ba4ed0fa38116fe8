import type { EdgeProfileId } from '../knowledge/edge-profiles.js';
import { isStrict } from '../knowledge/ssl-modes.js';
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
  const { scheme, port, profile, seen, plain, nameUnjudged } = view;
  const asked = edgeWay(view.mode, scheme, port);
  const way = edgeWay(mode, scheme, port);
  const isSame = way.scheme === asked.scheme && way.port === asked.port;
  const notSeen = { undetermined: `not looked at: --mode ${mode}` };
  const isPlain = way.scheme === 'http' && way.port === 80;
  const other = isSame ? certificateUnder(way.mode, seen, nameUnjudged) : isPlain ? plain : undefined;
  if (other === undefined) return notSeen;
  const { stages, status } = other;
  const verdict = edgeVerdict({ stages, mode: way.mode, profile, ...(status !== undefined && { status }) });
  if (isVerdict(verdict)) {
    const { code, name, errorCode } = verdict;
    return { code, name, ...(errorCode !== undefined && { errorCode }) };
  }
  // A mode that refuses the certificate looks no further.
  const isCutShort = isSame && seen.chain !== undefined && refusal(seen.chain, nameUnjudged) !== undefined;
  return isCutShort ? notSeen : { undetermined: verdict.why };
}

/**
 * What was seen, with the certificate judged as a mode does: by its chain, whatever was thought of it then. Where no chain
 * could be read, that it could not remains. Pure and total.
 */
export function certificateUnder<Seen extends WaySeen>(mode: EdgeMode, seen: Seen, nameUnjudged = false): Seen {
  const { chain, stages } = seen;
  // Nobody gets to a certificate whose handshake failed.
  if (stages.some(({ stage, status }) => stage === 'tls' && status === 'fail')) return seen;
  return { ...seen, stages: stages.map((one) => (one.stage === 'certificate' ? judged(one) : one)) };

  function judged(one: StageSeen): StageSeen {
    const time = 'ms' in one && one.ms !== undefined ? { ms: one.ms } : {};
    const unread = 'failure' in one ? one.failure : undefined;
    const failure = chain === undefined ? unread : refusal(chain, nameUnjudged);
    if (failure !== undefined)
      return { stage: 'certificate', status: isStrict(mode) ? 'fail' : 'warn', failure, ...time };
    if (chain === undefined || one.status === 'pass') return one;
    return { stage: 'certificate', status: 'pass', says: 'Full (strict) accepts it', ...time };
  }
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
