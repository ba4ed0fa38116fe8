import { authorityOf, edgeRequest } from '../../decoders/edge-request.js';
import { profileOf } from '../../decoders/edge-timers.js';
import { edgeVerdict } from '../../decoders/edge-verdict.js';
import { type EdgeWay, edgeWay, type Scheme } from '../../decoders/edge-way.js';
import { notOffered, originCipherList } from '../../decoders/origin-cipher-suites.js';
import { type StageSeen, stageNames } from '../../decoders/origin-stages.js';
import { isVerdict, otherModes, refusal, type WaySeen } from '../../decoders/other-modes.js';
import { createDeadline, stopOf } from '../../io/deadline.js';
import { bracketed, familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import { httpFactsOf } from './answered.js';
import type { OriginAddress, OriginAsked, OriginAttempt, OriginFacts, OriginTarget, SeenFacts } from './facts.js';
import { type Given, givenOf } from './given.js';
import { type Looked, look, type Way } from './look.js';
import { type Place, placesOf } from './places.js';
import { lookAtPublicPath } from './public-path.js';
import type { Security } from './secure.js';
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
  const plain = lookWithoutTls(first, edge, target, asked, way, signal, addresses);
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
    ...(publicPath !== undefined && { public: publicPath }),
    ...(railgun !== undefined && { railgun }),
    notOffered,
    ...stoppedOf(signal),
  };
  yield { facts };
}

/** How the edge fetches the page; the failure where a file that was given cannot be used. */
async function wayOf(
  edge: EdgeWay,
  target: OriginTarget,
  asked: OriginAsked,
  now: number,
  { signal, version }: MeasureContext,
): Promise<Way | Failure> {
  const files = await givenOf(asked, signal);
  if ('code' in files) return files;
  // Without TLS nobody asks for authorities.
  const security = edge.scheme === 'http' ? undefined : await securityOf(edge, target, asked, files, now, signal);
  if (security !== undefined && 'code' in security) return security;
  const { connectSeconds, ackSeconds, readSeconds, headerBytes } = profileOf(asked.edgeProfile);
  return {
    scheme: edge.scheme,
    host: target.host,
    request: edgeRequest({
      method: asked.method,
      path: target.path,
      authority: authorityOf(target),
      scheme: target.scheme,
      userAgent: `rg-diag/${version}`,
      extra: files.headers,
    }),
    connectSeconds: asked.network.connectTimeout ?? connectSeconds,
    times: { ackSeconds, readSeconds: asked.readTimeout ?? readSeconds },
    headerLimit: headerBytes,
    ...(security !== undefined && { security }),
    view: viewOf(edge.scheme, target),
  };
}

/** How the edge speaks TLS with an origin, and what it thinks of certificates in this mode. */
async function securityOf(
  { mode }: EdgeWay,
  { host }: OriginTarget,
  asked: OriginAsked,
  { clientCertificate }: Given,
  now: number,
  signal: AbortSignal,
): Promise<Security | Failure> {
  const { authoritiesOf, standardOf } = await import('./standard.js');
  const standard = await standardOf(asked, authoritiesOf(asked), signal);
  if ('code' in standard) return standard;
  const isStrict = mode === 'strict' || mode === 'origin-pull';
  const nameUnjudged = familyOf(host) !== undefined;
  return {
    options: {
      alpn: ['h2', 'http/1.1'],
      ciphers: originCipherList,
      minVersion: 'TLSv1',
      ...(clientCertificate !== undefined && { clientCertificate }),
    },
    standard,
    now,
    badCertificate: isStrict ? 'fail' : 'warn',
    refusal: (chain) => refusal(chain, nameUnjudged),
  };
}

/** Whoever sends visitors from HTTP to HTTPS sends them round in a circle under Off and Flexible alike. */
function viewOf(scheme: Scheme, { host, port, scheme: visitorScheme, path }: OriginTarget): Way['view'] {
  return {
    scheme,
    mode: scheme === 'http' && visitorScheme === 'https' ? 'flexible' : 'full',
    host,
    port,
    visitorScheme,
    path,
  };
}

async function lookRepeatedly(
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
    ...(tls !== undefined && { tls }),
    ...(response !== undefined && { http: httpFactsOf(response) }),
    ...(isVerdict(verdict) ? { edge: verdict } : { undetermined: verdict }),
  };
}

/** What there is to say where the name has no address. */
function unresolved(found: Failure, ms: number, edge: EdgeWay, asked: OriginAsked): OriginAttempt {
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
function proxied(attempt: OriginAttempt, places: readonly Place[], { host }: OriginTarget): OriginAttempt {
  const [dns, ...rest] = attempt.stages;
  const isOwn = places.every(({ from }) => from === 'dns');
  if (!isOwn || dns?.status !== 'fail' || dns.failure.code !== 'cloudflare-address') return attempt;
  const detail = `${host} is proxied: DNS has Cloudflare’s addresses, and the origin’s own is not known here`;
  const { edge: _, ...known } = attempt;
  return {
    ...known,
    stages: [{ ...dns, failure: { ...dns.failure, blame: 'us', detail } }, ...rest],
    undetermined: { stage: 'dns', why: detail },
  };
}

/** Seconds for the look at port 80 that only tells what other modes would do, and what of it is waited for in the end. */
const courtesy = { most: 3, patience: 1 };

/** What the modes Off and Flexible would meet on port 80, while the way that was asked for is looked at. */
async function lookWithoutTls(
  to: Place['to'] | undefined,
  edge: EdgeWay,
  target: OriginTarget,
  asked: OriginAsked,
  way: Way,
  signal: AbortSignal,
  done: Promise<unknown>,
): Promise<WaySeen | undefined> {
  const isUsual = edge.scheme === 'https' && target.port === 443 && to?.port === 443;
  // Headers of the user may be secret, and are not for the clear.
  if (!isUsual || asked.headerFile !== undefined) return undefined;
  const deadline = createDeadline(courtesy.most);
  signal.addEventListener('abort', () => deadline.interrupt('the run has ended'), { once: true });
  let timer: NodeJS.Timeout | undefined;
  void done.then(() => {
    timer = setTimeout(() => deadline.interrupt('nobody waits for it any more'), courtesy.patience * 1000);
  });
  const { security: _, ...withoutSecurity } = way;
  const looked = await look(
    { ...to, port: 80 },
    { ...withoutSecurity, scheme: 'http', view: viewOf('http', target) },
    deadline.signal,
  );
  await done;
  clearTimeout(timer);
  deadline.close();
  const status = looked.answered?.response?.status;
  return { stages: looked.stages, ...(status !== undefined && { status }) };
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
  return lookAsListener(target, scheme, asked, place.to.address, context);
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
