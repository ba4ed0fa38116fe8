import { isCloudflareAddress } from '../../decoders/address-kind.js';
import { stopOf } from '../../io/deadline.js';
import { dialDatagram } from '../../io/dial-datagram.js';
import { resolve } from '../../io/resolve.js';
import { endpointText } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Destination } from '../../model/network.js';
import { addressLabel, type Reach, reachOf, shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import type { FailedFacts, RouteAsked, RouteFacts, RouteTarget, WayFacts } from './facts.js';
import { lookAlong } from './look.js';
import { toolbox } from './toolbox.js';

type IpDestination = Extract<Destination, { kind: 'ip' }>;

/** Looks at the way to every address of the target. */
export async function* measure(
  target: RouteTarget,
  asked: RouteAsked,
  context: MeasureContext,
): AsyncIterable<Observation<RouteFacts>> {
  const { signal } = context;
  const { host } = target;
  context.progress(`resolving ${host}`);
  const resolved = await resolve(host, target.port, asked.network, signal);
  if (!resolved.ok) {
    yield { facts: { kind: 'unresolved', asked, host, failure: resolved.failure, ...stoppedOf(signal) } };
    return;
  }
  context.progress(`looking at the way to ${host}`);
  const find = toolbox(signal);
  const seen = await Promise.all(
    resolved.value.destinations.map((to) =>
      context.turn(async () => {
        const startedAt = performance.now();
        return { facts: await factsOf(to, target, asked, { signal, find }), startedAt };
      }),
    ),
  );
  const share = shareOf({
    host,
    network: asked.network,
    seen: seen.map(({ facts }) => ({ address: facts.address, reach: reachOfRoute(facts) })),
  });
  for (const { facts, startedAt } of seen) {
    const text = endpointText({ kind: 'host', host, port: facts.port }, facts.port);
    yield { facts: { ...facts, ...share }, label: addressLabel(text, host, facts.address), startedAt };
  }
}

async function factsOf(
  to: IpDestination,
  { host }: RouteTarget,
  asked: RouteAsked,
  { signal, find }: { signal: AbortSignal; find: ReturnType<typeof toolbox> },
): Promise<WayFacts | FailedFacts> {
  const { address, port } = to;
  const about = { asked, host, port, address, ...(isCloudflareAddress(address) && { cloudflare: true as const }) };
  const way = await routeOfSystem(to);
  if (way !== undefined) return { kind: 'failed', ...about, failure: way, tried: [], ...stoppedOf(signal) };
  const looked = await lookAlong(to, asked, { signal, find });
  if ('failure' in looked) return { kind: 'failed', ...about, ...looked, ...stoppedOf(signal) };
  return { kind: 'route', ...about, ...looked, ...stoppedOf(signal) };
}

/** Why this machine itself has no way to the address; nothing is sent to find that out. */
async function routeOfSystem(to: IpDestination): Promise<Failure | undefined> {
  const dialed = await dialDatagram(to);
  if (!dialed.ok) {
    return { ...dialed.failure, detail: `this machine has no way to ${to.address}: ${dialed.failure.detail}` };
  }
  dialed.value.destroy();
  return undefined;
}

function reachOfRoute(facts: WayFacts | FailedFacts): Reach {
  if (facts.kind === 'failed') return facts.failure.step === 'spawn' ? 'unknown' : reachOf(facts.failure);
  if (facts.reached) return 'works';
  // Silence about other probes than those of TCP says nothing about the port.
  return facts.cut === undefined && facts.protocol === 'tcp' ? 'dead' : 'unknown';
}

function stoppedOf(signal: AbortSignal): Pick<FailedFacts, 'stopped'> {
  const stop = stopOf(signal);
  return stop === undefined ? {} : { stopped: stop };
}
