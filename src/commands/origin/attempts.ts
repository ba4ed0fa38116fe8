import type { Scheme } from '../../decoders/edge-way.js';
import { type StageSeen, withSkipped } from '../../decoders/origin-stages.js';
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
  asked: OriginAsked,
  { signal, turn, progress }: MeasureContext,
): Promise<OriginAddress> {
  const { to, kind, from, dns } = place;
  const attempts: OriginAttempt[] = [];
  for (let time = 0; time < asked.repeat; time += 1) {
    if (time > 0 && signal.aborted) break;
    if (dns.status === 'fail') {
      attempts.push(attemptOf({ stages: withSkipped([dns], way.scheme) }));
      break;
    }
    const again = asked.repeat > 1 ? ` (${time + 1} of ${asked.repeat})` : '';
    const attempt = await turn(async () => {
      progress(`asking ${bracketed(to.address)}:${to.port}${again}`);
      const at = new Date().toISOString();
      const looked = await look(to, way, signal);
      return { ...attemptOf({ ...looked, stages: [dns, ...looked.stages] }), at };
    });
    attempts.push(attempt);
  }
  return { address: to.address, port: to.port, kind, from, attempts };
}

function attemptOf({ stages, tls, answered }: Looked): OriginAttempt {
  const response = answered?.response;
  return {
    at: new Date().toISOString(),
    stages,
    ...(answered?.acknowledged !== undefined && { acknowledged: answered.acknowledged }),
    ...(tls !== undefined && { tls }),
    ...(answered?.begun === true && { begun: true }),
    ...(response !== undefined && { http: httpFactsOf(response) }),
  };
}

/** The stages where the name has no address. */
export function unresolved(
  found: Failure,
  ms: number,
  scheme: Scheme,
  { network: { family } }: OriginAsked,
): StageSeen[] {
  // Cloudflare takes the other family all the same.
  const isRuledOut = family !== undefined && found.code === 'no-address';
  const failure: Failure = isRuledOut
    ? { ...found, blame: 'us', detail: `-${family} allows no other, and ${found.detail}` }
    : found;
  return withSkipped([{ stage: 'dns', status: 'fail', failure, ms }], scheme);
}

/**
 * The stages where the name leads to Cloudflare, which answers for it: the origin is somewhere else, and nobody here knows
 * where. Nothing where that is not so.
 */
export function proxied(places: readonly Place[], scheme: Scheme, { host }: OriginTarget): StageSeen[] | undefined {
  const isOwn = places.every(({ from }) => from !== 'given');
  const dns = places.map((place) => place.dns).find(isCloudflares);
  if (!isOwn || dns === undefined) return undefined;
  const failure: Failure = {
    ...dns.failure,
    blame: 'us',
    detail: `${host} is proxied, and its name leads to Cloudflare`,
  };
  return withSkipped([{ ...dns, failure }], scheme);
}

function isCloudflares(seen: StageSeen): seen is Extract<StageSeen, { readonly failure: Failure }> {
  return 'failure' in seen && seen.failure.code === 'cloudflare-address';
}
