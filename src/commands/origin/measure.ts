import { authorityOf } from '../../decoders/edge-request.js';
import { edgeWay, type Scheme } from '../../decoders/edge-way.js';
import { notOffered } from '../../decoders/origin-cipher-suites.js';
import { stopOf } from '../../io/deadline.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation } from '../command.js';
import { judgedAnew } from './anew.js';
import { lookRepeatedly, proxied, unresolved } from './attempts.js';
import type { OriginAsked, OriginFacts, OriginTarget } from './facts.js';
import { type Place, placesOf } from './places.js';
import { lookWithoutTls } from './plain-look.js';
import { lookAtPublicPath } from './public-path.js';
import { wayOf } from './way.js';

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
  const addresses = Promise.all(places.map((place) => lookRepeatedly(place, way, asked, context)));
  const plain = lookWithoutTls(first, edge, target, asked, way, context, addresses);
  const listener = listenerOf(target, edge.scheme, asked, places[0], context);
  const seen = await addresses;
  const railgun = await listener;
  const publicPath = await publicLook.finish(addresses);
  const withoutTls = await plain;

  const isProxied = publicPath?.ray !== undefined && publicPath.error?.code !== 1000;
  const [one] = seen.flatMap(({ attempts }) => attempts);
  const stages =
    'failure' in found
      ? unresolved(found.failure, found.ms, edge.scheme, asked)
      : ((isProxied ? proxied(places, edge.scheme, target) : undefined) ?? one?.stages ?? []);
  yield {
    facts: judgedAnew({
      kind: 'origin',
      asked,
      observedAt: new Date(observedAt).toISOString(),
      url,
      host: target.host,
      port: target.port,
      originPort: first?.port ?? edge.port,
      scheme: edge.scheme,
      stages,
      addresses: seen,
      otherModes: [],
      ...(withoutTls !== undefined && { plain: withoutTls }),
      ...(publicPath !== undefined && { public: publicPath }),
      ...(railgun !== undefined && { railgun }),
      notOffered,
      ...stoppedOf(signal),
    }),
  };
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

function stoppedOf(signal: AbortSignal) {
  const stopped = stopOf(signal);
  return stopped && { stopped };
}
