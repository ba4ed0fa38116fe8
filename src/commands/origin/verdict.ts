import { type EdgeMode, type EdgeVerdict, edgeVerdict, type Undetermined } from '../../decoders/edge-verdict.js';
import { edgeWay, type Scheme } from '../../decoders/edge-way.js';
import type { StageSeen } from '../../decoders/origin-stages.js';
import { certificateUnder, isVerdict, type WaySeen } from '../../decoders/other-modes.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { OriginAttempt, OriginHttp, OriginTls, SeenFacts } from './facts.js';

export type Judgement = EdgeVerdict | Undetermined;

/** A stage that went wrong, and how. */
export type FailedStage = Extract<StageSeen, { readonly failure: Failure }>;

interface Seen {
  readonly stages: readonly StageSeen[];
  readonly tls?: OriginTls;
  readonly http?: OriginHttp;
}

/** What visitors get, by today's rows: saved facts are judged anew, whatever stands in them. */
export function judgementOf(seen: Seen, facts: SeenFacts): Judgement {
  const { stages, status } = waySeenOf(isProxied(facts) && isOfCloudflare(seen) ? facts : seen, facts);
  const mode = edgeModeOf(facts);
  const profile = facts.asked.edgeProfile;
  return edgeVerdict({ stages, mode, profile, ...(status !== undefined && { status }) });
}

/** What was seen, as the decoders want it: the certificate judged by what was sent, and not by what was thought of it then. */
export function waySeenOf({ stages, tls, http }: Seen, facts: SeenFacts): WaySeen {
  const seen: WaySeen = {
    stages,
    ...(tls?.chain !== undefined && { chain: tls.chain }),
    ...(http !== undefined && { status: http.status }),
  };
  return certificateUnder(edgeModeOf(facts), seen, isNameUnjudged(facts));
}

/** Of an address nobody knows the name that visitors ask for. */
export function isNameUnjudged({ host }: Pick<SeenFacts, 'host'>): boolean {
  return familyOf(host) !== undefined;
}

/**
 * Whether the name leads to Cloudflare, which answered for it: what its addresses would be as origins is no answer then, the
 * whole of the facts is.
 */
export function isProxied({ stages }: Seen): boolean {
  return stages.some((seen) => isCloudflares(seen) && 'failure' in seen && seen.failure.blame === 'us');
}

function isOfCloudflare({ stages }: Seen): boolean {
  return stages.some(isCloudflares);
}

function isCloudflares(seen: StageSeen): boolean {
  return 'failure' in seen && seen.failure.code === 'cloudflare-address';
}

/** The scheme that visitors use. */
export function visitorScheme({ url }: Pick<SeenFacts, 'url'>): Scheme {
  return url.toLowerCase().startsWith('https:') ? 'https' : 'http';
}

/** The mode whose rules hold on this port, which is not always the one that was asked for. */
export function edgeModeOf(facts: Pick<SeenFacts, 'asked' | 'url' | 'port'>): EdgeMode {
  return edgeWay(facts.asked.mode, visitorScheme(facts), facts.port).mode;
}

/** Whether the origin causes no error. */
export function isHealthy(judgement: Judgement): boolean {
  return isVerdict(judgement) && judgement.code === null;
}

/** `525`, `530 (1016)`, `no error` or `unknown` */
export function codeText(judgement: Judgement): string {
  if (!isVerdict(judgement)) return 'unknown';
  const { code, errorCode } = judgement;
  if (code === null) return 'no error';
  return errorCode === undefined || errorCode === code ? String(code) : `${code} (${errorCode})`;
}

/** The stage that decided, where it was seen to fail: its place, and why. */
export function decidingFailure(
  { stages }: Pick<SeenFacts, 'stages'>,
  { stage }: Judgement,
): { readonly index: number; readonly seen: FailedStage } | undefined {
  const index = stages.findIndex((candidate) => candidate.stage === stage);
  const seen = stages[index];
  return seen !== undefined && 'failure' in seen ? { index, seen } : undefined;
}

/** Whether visitors whose requests meet this attempt get the page: where nobody can say, that counts as no. */
export function hasFailed(attempt: OriginAttempt, facts: SeenFacts): boolean {
  return !isHealthy(judgementOf(attempt, facts));
}

/** The failure is of this machine, or of what its user gave. */
export function isOurs({ blame, step, byRun }: Failure): boolean {
  return byRun !== true && (blame === 'us' || step === 'input');
}
