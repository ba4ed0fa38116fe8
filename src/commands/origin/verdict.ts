import { type EdgeMode, type EdgeVerdict, edgeVerdict, type Undetermined } from '../../decoders/edge-verdict.js';
import { edgeWay } from '../../decoders/edge-way.js';
import type { StageSeen } from '../../decoders/origin-stages.js';
import type { Failure } from '../../model/failure.js';
import type { OriginAttempt, OriginHttp, SeenFacts } from './facts.js';

export type Judgement = EdgeVerdict | Undetermined;

/** A stage that went wrong, and how. */
export type FailedStage = Extract<StageSeen, { readonly failure: Failure }>;

interface Seen {
  readonly stages: readonly StageSeen[];
  readonly http?: OriginHttp;
}

/** What visitors get, by today's rows: saved facts are judged anew, whatever stands in them. */
export function judgementOf(seen: Seen, facts: SeenFacts): Judgement {
  const { stages, http } = isBehindCloudflare(seen) ? facts : seen;
  const mode = edgeModeOf(facts);
  const profile = facts.asked.edgeProfile;
  return edgeVerdict({ stages, mode, profile, ...(http !== undefined && { status: http.status }) });
}

/** Where the name leads to Cloudflare, what its addresses would be as origins is no answer: the whole of the facts is. */
function isBehindCloudflare({ stages }: Seen): boolean {
  return stages.some((seen) => 'failure' in seen && seen.failure.code === 'cloudflare-address');
}

/** The mode whose rules hold on this port, which is not always the one that was asked for. */
export function edgeModeOf({ asked, url, port }: Pick<SeenFacts, 'asked' | 'url' | 'port'>): EdgeMode {
  return edgeWay(asked.mode, url.toLowerCase().startsWith('https:') ? 'https' : 'http', port).mode;
}

/** Whether it could be told what visitors get. */
export function isDetermined(judgement: Judgement): judgement is EdgeVerdict {
  return 'code' in judgement;
}

/** Whether the origin causes no error. */
export function isHealthy(judgement: Judgement): boolean {
  return isDetermined(judgement) && judgement.code === null;
}

/** `525`, `530 (1016)`, `no error` or `unknown` */
export function codeText(judgement: Judgement): string {
  if (!isDetermined(judgement)) return 'unknown';
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
