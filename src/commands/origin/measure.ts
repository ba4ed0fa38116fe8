import { authorityOf } from '../../decoders/edge-request.js';
import { edgeWay, type Scheme } from '../../decoders/edge-way.js';
import { notOffered } from '../../decoders/origin-cipher-suites.js';
import { otherModes, type WaySeen } from '../../decoders/other-modes.js';
import { stopOf } from '../../io/deadline.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import { lookRepeatedly, proxied, unresolved } from './attempts.js';
import type { OriginAddress, OriginAsked, OriginAttempt, OriginFacts, OriginTarget, SeenFacts } from './facts.js';
import { type Place, placesOf } from './places.js';
import { lookWithoutTls } from './plain-look.js';
import { lookAtPublicPath } from './public-path.js';
import { wayOf } from './way.js';
import { reachOf, worstOf } from './worst.js';

/** Everything that is seen of one origin: all of its addresses, in one report. */
export async function* measure(
  target: OriginTarget,
  asked: OriginAsked,
  context: MeasureContext,
): AsyncIterable<Observation<OriginFacts>> {
  const { signal } = context;
  const url = `${target.scheme}://${authorityOf(target)}${target.path === '*' ? '' : target.path}`;
  const unread = (failure: Failure): Observation<OriginFacts> => ({
    facts: { kind: 'unread', asked, url, failure, ...stoppedOf(signal) },
  });
  const edge = edgeWay(asked.mode, target.scheme, target.port);
  const observedAt = context.now();
  const way = await wayOf(edge, target, asked, observedAt, context);
  if ('code' in way) {
    yield unread(way);
    return;
  }
  context.progress(`looking for ${target.host}`);
  const found = await placesOf(target, edge.port, asked, signal);
  const places = 'failure' in found ? [] : found;
  const publicLook = lookAtPublicPath(target, asked, places, context);

  const first = places.find(({ dns }) => dns.status === 'pass')?.to;
  const addresses = Promise.all(places.map((place) => lookRepeatedly(place, way, edge, asked, context)));
  const plain = lookWithoutTls(first, edge, target, asked, way, context, addresses);
  const listener = listenerOf(target, edge.scheme, asked, places[0], context);
  const seen = await addresses;
  const railgun = await listener;
  const publicPath = await publicLook.finish(addresses);
  const withoutTls = await plain;

  const attempts: readonly OriginAttempt[] =
    'failure' in found ? [unresolved(found.failure, found.ms, edge, asked)] : seen.flatMap((one) => one.attempts);
  const decisive = worstOf(attempts);
  const at = placeIn(seen, decisive);
  const nameUnjudged = familyOf(target.host) !== undefined;
  const isProxied = publicPath?.ray !== undefined && publicPath.error?.code !== 1000;
  const { stages, edge: verdict, undetermined } = isProxied ? proxied(decisive, places, target) : decisive;
  const facts: SeenFacts = {
    kind: 'origin',
    asked,
    observedAt: new Date(observedAt).toISOString(),
    url,
    host: target.host,
    port: target.port,
    originPort: first?.port ?? edge.port,
    scheme: edge.scheme,
    stages,
    ...(verdict !== undefined && { edge: verdict }),
    ...(undetermined !== undefined && { undetermined }),
    ...(decisive.tls !== undefined && { tls: decisive.tls }),
    ...(decisive.http !== undefined && { http: decisive.http }),
    ...(at !== undefined && { decisive: at }),
    addresses: seen,
    ...(asked.repeat > 1 &&
      attempts.length > 1 && { failing: { attempts: attempts.length, failed: attempts.filter(isFailed).length } }),
    ...shareOf({
      host: target.host,
      network: asked.network,
      seen: seen.map(({ address, attempts: own }) => ({ address, reach: reachOf(own) })),
    }),
    otherModes: otherModes({
      mode: asked.mode,
      seen: waySeenOf(decisive),
      scheme: target.scheme,
      port: target.port,
      ...(withoutTls !== undefined && { plain: withoutTls }),
      profile: asked.edgeProfile,
      nameUnjudged,
    }),
    ...(withoutTls !== undefined && { plain: withoutTls }),
    ...(publicPath !== undefined && { public: publicPath }),
    ...(railgun !== undefined && { railgun }),
    notOffered,
    ...stoppedOf(signal),
  };
  yield { facts };
}

async function listenerOf(
  target: OriginTarget,
  scheme: Scheme,
  asked: OriginAsked,
  place: Place | undefined,
  context: MeasureContext,
) {
  if (asked.railgun === undefined || place === undefined) return undefined;
  const { lookAsListener } = await import('./railgun.js');
  return context.turn(() => lookAsListener(target, scheme, asked, place.to.address, context));
}

function waySeenOf({ stages, tls, http }: OriginAttempt): WaySeen {
  return {
    stages,
    ...(tls?.chain !== undefined && { chain: tls.chain }),
    ...(http !== undefined && { status: http.status }),
  };
}

function placeIn(addresses: readonly OriginAddress[], wanted: OriginAttempt): SeenFacts['decisive'] {
  for (const [address, { attempts }] of addresses.entries()) {
    const attempt = attempts.indexOf(wanted);
    if (attempt >= 0) return { address, attempt };
  }
  return undefined;
}

function isFailed({ edge }: OriginAttempt): boolean {
  return edge === undefined || edge.code !== null;
}

function stoppedOf(signal: AbortSignal) {
  const stopped = stopOf(signal);
  return stopped && { stopped };
}
