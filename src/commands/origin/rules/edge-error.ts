import type { EdgeVerdict, Undetermined } from '../../../decoders/edge-verdict.js';
import { isVerdict } from '../../../decoders/other-modes.js';
import { edgeErrorOf } from '../../../knowledge/edge-errors.js';
import { edgeVerdicts } from '../../../knowledge/edge-verdicts.js';
import type { Failure } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { SeenFacts } from '../facts.js';
import { publicOutcome } from '../public-outcome.js';
import { seenText } from '../seen-text.js';
import { decisiveAddress, sideText, statusText, timeText } from '../text.js';
import { codeText, decidingFailure, hasFailed, isHealthy, isOurs, judgementOf } from '../verdict.js';
import { remedyOf, undeterminedRemedyOf } from './edge-remedy.js';

const source = 'Cloudflare, 5xx errors @64b2464';

/** Which error visitors get, in one sentence. */
export const edgeError: Rule<SeenFacts> = {
  id: 'origin/edge-error',
  means: 'Visitors get an error from Cloudflare instead of the page.',
  remedy: 'See what the code means: rg-diag explain.',
  cites: source,
  check(facts) {
    const judgement = judgementOf(facts, facts);
    if (!isVerdict(judgement)) return undeterminedCheck(facts, judgement);
    return isHealthy(judgement) ? healthyCheck(facts) : errorCheck(facts, judgement);
  },
};

function healthyCheck(facts: SeenFacts): Check {
  const index = facts.stages.findIndex(({ stage }) => stage === 'response');
  const evidence = facts.http === undefined ? ['/stages'] : ['/http/status', `/stages/${index}/status`];
  // A note, because it is what a status line has to say first.
  return { status: 'note', says: `no error: ${answerText(facts)}`, evidence, remedy: '' };
}

/** `203.0.113.7 answered 200 OK in 45.6 ms` */
function answerText(facts: SeenFacts): string {
  const { http, stages, host } = facts;
  const who = decisiveAddress(facts)?.address ?? host;
  const response = stages.find(({ stage }) => stage === 'response');
  const ms = response !== undefined && 'ms' in response ? response.ms : undefined;
  const what = http === undefined ? 'answered' : `answered ${statusText(http)}`;
  return `${who} ${what}${ms === undefined ? '' : ` in ${timeText(ms)}`}`;
}

function errorCheck(facts: SeenFacts, verdict: EdgeVerdict): Check {
  const failed = decidingFailure(facts, verdict);
  const failure = failed?.seen.failure;
  const evidence = [
    ...(failed === undefined ? [] : [`/stages/${failed.index}/failure`]),
    ...(facts.http === undefined ? [] : ['/http/status']),
    ...(verdict.stage === 'certificate' && facts.tls?.chain !== undefined ? ['/tls/chain/defects'] : []),
  ];
  return {
    status: failure === undefined ? 'fail' : statusOfFailure(failure, facts),
    says: errorText(facts, verdict),
    evidence: evidence.length > 0 ? evidence : ['/stages'],
    code: failure?.code ?? 'origin-error',
    remedy: remedyOf(facts, verdict, failure?.code),
    cites: sourceOf(verdict, failure?.code),
  };
}

function errorText(facts: SeenFacts, verdict: EdgeVerdict): string {
  const failed = decidingFailure(facts, verdict);
  const { http } = facts;
  if (verdict.passedThrough) {
    if (failed?.seen.failure.code === 'redirect-loop') {
      return `visitors are sent in a circle: ${seenText(facts, failed.seen)}, and Cloudflare hands that on`;
    }
    const status = http === undefined ? String(verdict.code) : statusText(http);
    return `visitors get ${verdict.code}: the origin itself answers ${status}, which Cloudflare hands on`;
  }
  const { code, errorCode, name } = verdict;
  const what = `${code} (${errorCode === undefined ? '' : `error ${errorCode}, `}${name})${someWork(facts) ? ' now and then' : ''}`;
  const why = failed === undefined ? '' : `: ${seenText(facts, failed.seen)}`;
  const outcome = facts.public === undefined ? undefined : publicOutcome(facts.public);
  // What Cloudflare answers now is what visitors get, whatever it looks like from here.
  if (outcome?.kind === 'answer' && outcome.cache === undefined) {
    return `visitors would get ${what}${why}; but Cloudflare answers ${outcome.status} now`;
  }
  return `visitors get ${what}${why}`;
}

/** Another address, or the same one at another time, gave no error. */
function someWork(facts: SeenFacts): boolean {
  return facts.addresses.some(({ attempts }) => attempts.some((attempt) => !hasFailed(attempt, facts)));
}

function sourceOf({ stage, code, errorCode }: EdgeVerdict, failure: string | undefined): string {
  const row = edgeVerdicts.find((candidate) => candidate.stage === stage && candidate.failures.includes(failure ?? ''));
  return row?.source ?? edgeErrorOf(errorCode ?? code ?? 0)?.source ?? source;
}

function undeterminedCheck(facts: SeenFacts, judgement: Undetermined): Check {
  const failed = decidingFailure(facts, judgement);
  const failure = failed?.seen.failure;
  const index = facts.stages.findIndex(({ stage }) => stage === judgement.stage);
  const evidence = [
    failed !== undefined ? `/stages/${failed.index}/failure` : index < 0 ? '/stages' : `/stages/${index}`,
  ];
  return {
    // What failed is a failure, whatever visitors make of it; where this machine is in the way, nothing was checked.
    status: failure === undefined || isOurs(failure) ? 'broken' : statusOfFailure(failure, facts),
    says: `nobody can say from here which error visitors get: ${judgement.why}${stopText(facts, failure)}`,
    evidence,
    code: failure?.code ?? facts.stopped?.code ?? 'no-answer',
    remedy: undeterminedRemedyOf(facts, judgement.stage, failure),
  };
}

/** Why the run ended, where that is in the way. */
function stopText({ stopped }: SeenFacts, failure: Failure | undefined): string {
  return failure?.byRun === true && stopped !== undefined ? ` (${stopped.detail})` : '';
}

/** What the finding means, and whose side it is; whatever is healthy means nothing. */
export function meaningOf(facts: SeenFacts): string {
  const judgement = judgementOf(facts, facts);
  if (!isVerdict(judgement)) return 'What Cloudflare would make of this origin is not known.';
  const { code, errorCode, passedThrough } = judgement;
  if (code === null) return '';
  if (passedThrough) return 'Cloudflare reached the origin and got its answer: the fault is on the side of the origin.';
  // The rows of 502 and 504 tell whose page it is, which is known here.
  const cause = code === 502 || code === 504 ? undefined : edgeErrorOf(errorCode ?? code)?.cause;
  const whose = sideText(judgement);
  const side = whose === undefined ? '' : ` The side to look at is ${whose}.`;
  return `Cloudflare answers ${codeText(judgement)} for this${cause === undefined ? '' : `: ${cause}`}.${side}`;
}
