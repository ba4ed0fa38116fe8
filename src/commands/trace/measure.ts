import { type GetOptions, type Got, get } from '../../io/get.js';
import { type HttpProxy, proxyFor } from '../../io/proxy.js';
import { type Resolved, resolve } from '../../io/resolve.js';
import { trustedAuthorities } from '../../io/trust.js';
import { toMicrosecond } from '../../model/duration.js';
import { bracketed } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { type Destination, usualConnectTimeout } from '../../model/network.js';
import { addressLabel, type Reach, reachOf, shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import { factsOf, phasesOf, stoppedOf } from './answer.js';
import type { TraceAsked, TraceFacts, TraceTarget } from './facts.js';

const path = '/cdn-cgi/trace';

/** Asks every address of the target for its trace, or the proxy that the environment names. */
export async function* measure(
  target: TraceTarget,
  asked: TraceAsked,
  context: MeasureContext,
): AsyncIterable<Observation<TraceFacts>> {
  const { signal } = context;
  const about = aboutOf(target, asked);
  context.progress(`resolving ${target.host}`);
  const way = await wayTo(target, asked, signal);
  if ('failure' in way) {
    const { failure, ms, proxy } = way;
    const isName = failure.step === 'resolve' && proxy === undefined;
    yield {
      facts: isName
        ? { kind: 'unresolved', asked, host: target.host, failure, ...stoppedOf(signal) }
        : {
            kind: 'failed',
            ...about,
            ...(proxy !== undefined && { proxy: proxy.text }),
            phases: { total: toMicrosecond(ms) },
            failure,
            ...stoppedOf(signal),
          },
    };
    return;
  }

  context.progress(`asking ${target.host}`);
  const { destinations, proxy, ms } = way;
  const attempt = (to: Destination) =>
    context.turn(async () => {
      const startedAt = performance.now() - ms;
      const got = await get({ ...requestOf(target, asked, context, way), to }, signal);
      return { got, phases: phasesOf(got, ms), startedAt };
    });
  if (proxy !== undefined) {
    const { got, phases, startedAt } = await firstThatConnects(destinations, attempt);
    yield { facts: factsOf(got, { ...about, proxy: proxy.text, phases }, signal), startedAt };
    return;
  }
  const seen = await Promise.all(
    destinations.map(async (to) => {
      const { address } = to;
      const { got, phases, startedAt } = await attempt(to);
      return { facts: factsOf(got, { ...about, address, phases }, signal), startedAt, address };
    }),
  );
  const { host, label } = target;
  const share = shareOf({
    host,
    network: asked.network,
    seen: seen.map(({ facts, address }) => ({ address, reach: reachOfAnswer(facts) })),
  });
  for (const { facts, startedAt, address } of seen) {
    yield { facts: { ...facts, ...share }, label: addressLabel(label, host, address), startedAt };
  }
}

function reachOfAnswer(facts: ReturnType<typeof factsOf>): Reach {
  if (facts.kind === 'failed') return reachOf(facts.failure);
  return facts.kind === 'trace' ? 'works' : 'dead';
}

function aboutOf({ host, port, scheme }: TraceTarget, asked: TraceAsked) {
  const isUsual = port === (scheme === 'http' ? 80 : 443);
  return { asked, url: `${scheme}://${bracketed(host)}${isUsual ? '' : `:${port}`}${path}`, host, port };
}

/** How the target is reached. `ms` is how long the name resolution took. */
interface Way {
  readonly destinations: Resolved['destinations'];
  readonly proxy?: HttpProxy;
  readonly ca?: readonly string[];
  readonly ms: number;
}

interface NoWay {
  readonly failure: Failure;
  readonly proxy?: HttpProxy;
  readonly ms: number;
}

async function wayTo(
  { scheme, host, port }: TraceTarget,
  asked: TraceAsked,
  signal: AbortSignal,
): Promise<Way | NoWay> {
  const plain = scheme === 'http';
  const proxy = proxyFor({ plain, host, port });
  if (proxy !== undefined && 'code' in proxy) return { failure: proxy, ms: 0 };
  const through = { ...(proxy !== undefined && { proxy }) };
  const trust = plain && proxy?.tls !== true ? undefined : await trusted(asked, signal);
  if (trust?.ok === false) return { failure: trust.failure, ms: 0, ...through };
  // `--connect-to` says where the target is, not where the proxy is.
  const { connectTo: _, ...others } = asked.network;
  const resolved =
    proxy === undefined
      ? await resolve(host, port, asked.network, signal)
      : await resolve(proxy.host, proxy.port, others, signal);
  const { ms } = resolved;
  if (resolved.ok) {
    return {
      destinations: resolved.value.destinations,
      ms,
      ...through,
      ...(trust !== undefined && { ca: trust.value.pem }),
    };
  }
  const { failure } = resolved;
  const detail = proxy === undefined ? failure.detail : `the proxy ${proxy.text}: ${failure.detail}`;
  return { failure: { ...failure, detail }, ms, ...through };
}

function requestOf(
  { scheme, host, port }: TraceTarget,
  { network: { connectTimeout = usualConnectTimeout, connectTo } }: TraceAsked,
  { version }: MeasureContext,
  { proxy, ca }: Way,
): Omit<GetOptions, 'to'> {
  const through = { host: connectTo?.host ?? host, port: connectTo?.port ?? port };
  return {
    plain: scheme === 'http',
    host,
    port,
    path,
    headers: {
      'user-agent': `rg-diag/${version}`,
      // Cloudflare then reports an error as JSON; the trace is the same whatever is accepted.
      accept: 'application/problem+json, text/plain;q=0.9, */*;q=0.1',
      'accept-encoding': 'identity',
    },
    connectTimeout,
    ...(ca !== undefined && { ca }),
    ...(proxy !== undefined && { proxy: { ...proxy, through } }),
  };
}

/** The addresses of a proxy are ways to one and the same: the first that takes a connection will do. */
async function firstThatConnects<T extends { readonly got: Got }>(
  destinations: readonly Destination[],
  attempt: (to: Destination) => Promise<T>,
): Promise<T> {
  const [first, ...others] = destinations;
  if (first === undefined) throw new Error('a name that resolved has an address');
  const tried = await attempt(first);
  return tried.got.phases.connect === undefined && others.length > 0 ? firstThatConnects(others, attempt) : tried;
}

/** Every target of a run trusts the same authorities, and reading those of the system takes its time. */
const stores = new WeakMap<TraceAsked, ReturnType<typeof trustedAuthorities>>();

function trusted(asked: TraceAsked, signal: AbortSignal): ReturnType<typeof trustedAuthorities> {
  const { caFile, addCa } = asked;
  let store = stores.get(asked);
  if (store === undefined) {
    const options = { ...(caFile !== undefined && { caFile }), ...(addCa !== undefined && { addCa }) };
    store = trustedAuthorities(options, signal);
    stores.set(asked, store);
  }
  return store;
}
