import { railgunWay } from '../../decoders/railgun-way.js';
import { connect } from '../../io/connect.js';
import { stopOf } from '../../io/deadline.js';
import { ownAddresses } from '../../io/own-addresses.js';
import { resolve } from '../../io/resolve.js';
import { familyOf } from '../../model/endpoint.js';
import { type Destination, usualConnectTimeout } from '../../model/network.js';
import { reachOf, shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import { configurationFor } from './configuration.js';
import type {
  Attempt,
  ConfigResolveAsked,
  ConfigResolveFacts,
  ConfigResolveTarget,
  DestinationFacts,
  WayFacts,
} from './facts.js';

/** Where a request goes by the two files; with `probe`, what connecting to it comes to. */
export async function* measure(
  { host, port, scheme }: ConfigResolveTarget,
  asked: ConfigResolveAsked,
  { signal }: MeasureContext,
): AsyncIterable<Observation<ConfigResolveFacts>> {
  const configuration = await configurationFor(asked, signal);
  if ('failure' in configuration) {
    const stopped = stopOf(signal);
    yield { facts: { kind: 'unread', asked, host, port, ...configuration, ...(stopped && { stopped }) } };
    return;
  }
  const { listener, map } = configuration;
  const spoken = listener.insecureOrigin ? 'http' : scheme;
  const found = railgunWay({ host, port, scheme: spoken, map, originAddress: asked.originIp ?? '' });
  const wayOf = (to: typeof found.destination): WayFacts => ({
    ...(to.host !== '' && { host: to.host }),
    port: to.port,
    decidedBy: to.decidedBy === 'CF-ORIGIN-IP' ? to.decidedBy : placed(to.decidedBy.line, to.decidedBy.text),
  });
  const placed = (line: number, text: string) => ({
    file: listener.mapFile ?? '',
    line,
    text: text.slice(0, longestText),
  });
  const way = wayOf(found.destination);
  const { portLost } = found.destination;
  const facts: DestinationFacts = {
    kind: 'destination',
    asked,
    host,
    port,
    scheme,
    listener,
    ownAddresses: ownAddresses().addresses,
    spoken,
    way,
    steps: found.steps,
    ...(portLost !== undefined && { portLost }),
    ...(found.others.length > 0 && { others: found.others }),
    ...(found.unusable.length > 0 && { unusable: found.unusable }),
    ...(found.wildcards.length > 0 && { wildcards: found.wildcards }),
    ...(found.withoutLine !== undefined && { withoutLine: wayOf(found.withoutLine) }),
  };
  yield { facts: asked.probe === true ? { ...facts, ...(await probed(way, asked, signal)) } : facts };
}

/** UTF-16 units of a line that are kept. */
const longestText = 200;

type Probed = Pick<DestinationFacts, 'attempts' | 'unresolved' | 'share' | 'stopped'>;

/** One attempt to connect at every address of the destination. */
async function probed({ host, port }: WayFacts, asked: ConfigResolveAsked, signal: AbortSignal): Promise<Probed> {
  if (host === undefined) return {};
  const { network } = asked;
  const resolved = await resolve(host, port, network, signal);
  if (!resolved.ok) return { unresolved: resolved.failure, ...stopped(signal) };
  const { destinations } = resolved.value;
  const attempts = await Promise.all(destinations.map((to) => attempt(to, asked, signal)));
  const seen = attempts.map(({ address, failure }) => ({
    address,
    reach: failure === undefined ? ('works' as const) : reachOf(failure),
  }));
  return { attempts, ...(familyOf(host) === undefined && shareOf({ host, network, seen })), ...stopped(signal) };
}

function stopped(signal: AbortSignal): Pick<DestinationFacts, 'stopped'> {
  const stop = stopOf(signal);
  return stop === undefined ? {} : { stopped: stop };
}

async function attempt(
  to: Extract<Destination, { kind: 'ip' }>,
  { network }: ConfigResolveAsked,
  signal: AbortSignal,
): Promise<Attempt> {
  const connected = await connect(to, { seconds: network.connectTimeout ?? usualConnectTimeout, signal });
  const { address, port } = to;
  const { ms } = connected;
  if (!connected.ok) return { address, port, failure: connected.failure, ms };
  const { localAddress, localPort, remoteAddress } = connected.value;
  connected.value.destroy();
  if (localPort !== port || localAddress !== remoteAddress) return { address, port, ms };
  const detail = 'the attempt was connected with itself: nothing listens there';
  return { address, port, failure: { code: 'connection-refused', step: 'connect', blame: 'target', detail }, ms };
}
