import { addressUnknown, edgeVerdict } from '../../decoders/edge-verdict.js';
import type { EdgeWay, Scheme } from '../../decoders/edge-way.js';
import { type StageSeen, stageNames } from '../../decoders/origin-stages.js';
import { isVerdict } from '../../decoders/other-modes.js';
import { bracketed } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import { httpFactsOf } from './answered.js';
import type { OriginAddress, OriginAsked, OriginAttempt, OriginTarget } from './facts.js';
import { type Looked, look, type Way } from './look.js';
import type { Place } from './places.js';

/** Every attempt at one address, one after the other. */
export async function lookRepeatedly(
  place: Place,
  way: Way,
  edge: EdgeWay,
  asked: OriginAsked,
  { signal, turn, progress }: MeasureContext,
): Promise<OriginAddress> {
  const { to, kind, from, dns } = place;
  const attempts: OriginAttempt[] = [];
  for (let time = 0; time < asked.repeat; time += 1) {
    if (time > 0 && signal.aborted) break;
    if (dns.status === 'fail') {
      attempts.push(attemptOf({ stages: skippedBehind(dns, edge.scheme) }, edge, asked, new Date().toISOString()));
      break;
    }
    const again = asked.repeat > 1 ? ` (${time + 1} of ${asked.repeat})` : '';
    const attempt = await turn(async () => {
      progress(`asking ${bracketed(to.address)}:${to.port}${again}`);
      const at = new Date().toISOString();
      const looked = await look(to, way, signal);
      return attemptOf({ ...looked, stages: [dns, ...looked.stages] }, edge, asked, at);
    });
    attempts.push(attempt);
  }
  return { address: to.address, port: to.port, kind, from, attempts };
}

function attemptOf({ stages, tls, answered }: Looked, edge: EdgeWay, asked: OriginAsked, at: string): OriginAttempt {
  const response = answered?.response;
  const verdict = edgeVerdict({
    stages,
    mode: edge.mode,
    profile: asked.edgeProfile,
    ...(response !== undefined && { status: response.status }),
  });
  return {
    at,
    stages,
    ...(answered?.acknowledged !== undefined && { acknowledged: answered.acknowledged }),
    ...(tls !== undefined && { tls }),
    ...(answered?.begun === true && { begun: true }),
    ...(response !== undefined && { http: httpFactsOf(response) }),
    ...(isVerdict(verdict) ? { edge: verdict } : { undetermined: verdict }),
  };
}

/** What there is to say where the name has no address. */
export function unresolved(found: Failure, ms: number, edge: EdgeWay, asked: OriginAsked): OriginAttempt {
  const { family } = asked.network;
  // Cloudflare takes the other family all the same.
  const isRuledOut = family !== undefined && found.code === 'no-address';
  const failure: Failure = isRuledOut
    ? { ...found, blame: 'us', detail: `-${family} allows no other, and ${found.detail}` }
    : found;
  return attemptOf(
    { stages: skippedBehind({ stage: 'dns', status: 'fail', failure, ms }, edge.scheme) },
    edge,
    asked,
    new Date().toISOString(),
  );
}

function skippedBehind(first: StageSeen, scheme: Scheme): StageSeen[] {
  return [
    first,
    ...stageNames.slice(1).map((stage): StageSeen => {
      const isOfTls = stage === 'tls' || stage === 'certificate';
      const reason = isOfTls && scheme === 'http' ? 'plain HTTP in this mode' : `${first.stage} failed`;
      return { stage, status: 'skip', reason };
    }),
  ];
}

/** The name leads to Cloudflare, which answers for it: the origin is somewhere else, and nobody here knows where. */
export function proxied(attempt: OriginAttempt, places: readonly Place[], { host }: OriginTarget): OriginAttempt {
  const [dns, ...rest] = attempt.stages;
  const isOwn = places.every(({ from }) => from !== 'given');
  if (!isOwn || dns?.status !== 'fail' || dns.failure.code !== 'cloudflare-address') return attempt;
  const detail = `${host} is proxied, and its name leads to Cloudflare`;
  const { edge: _, ...known } = attempt;
  return {
    ...known,
    stages: [{ ...dns, failure: { ...dns.failure, blame: 'us', detail } }, ...rest],
    undetermined: { stage: 'dns', why: addressUnknown(detail) },
  };
}
