import { isOfferedToOrigins, originCipherList } from '../../decoders/origin-cipher-suites.js';
import { judgePresented } from '../../decoders/presented-chain.js';
import { listenerTlsOf } from '../../decoders/rg-listener-tls.js';
import { sslModesOf } from '../../decoders/ssl-modes.js';
import { readFlight } from '../../decoders/tls-flight.js';
import { asciiName } from '../../io/ascii-name.js';
import { connect } from '../../io/connect.js';
import { stopOf } from '../../io/deadline.js';
import { type HandshakeOutcome, handshake } from '../../io/handshake.js';
import { resolve } from '../../io/resolve.js';
import { toMicrosecond } from '../../model/duration.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { type Destination, destinationText, usualConnectTimeout } from '../../model/network.js';
import { addressLabel, reachOf, shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import { criteriaOf } from './criteria.js';
import type { CertAsked, CertFacts, CertTarget, EdgeHandshake, FailedFacts, ServerFacts } from './facts.js';

type Server = Extract<CertTarget, { kind: 'server' }>;
type Address = Extract<Destination, { kind: 'ip' }>;

/** Nothing is verified by OpenSSL: the chain as sent is judged by itself, so it needs no authorities. */
const noAuthorities: readonly string[] = [];

/** What Cloudflare's edge can speak with an origin. */
const webProtocols: readonly string[] = ['h2', 'http/1.1'];

/** The certificates that every address of a name sends, one observation each. */
export async function* measureServer(
  target: Server,
  asked: CertAsked,
  context: MeasureContext,
): AsyncIterable<Observation<CertFacts>> {
  const { host, port } = target;
  const { signal } = context;
  context.progress(`checking ${target.text}`);
  const resolved = await resolve(host, port, asked.network, signal);
  if (!resolved.ok) {
    const stopped = stopOf(signal);
    yield { facts: { kind: 'unresolved', asked, host, failure: resolved.failure, ...(stopped && { stopped }) } };
    return;
  }
  const { destinations } = resolved.value;
  const seen = await Promise.all(
    destinations.map((destination) =>
      context.turn(async () => {
        const startedAt = performance.now();
        const facts = await measureAddress(destination, resolved.ms, target, asked, context);
        return { facts, startedAt, address: destination.address };
      }),
    ),
  );
  const share = shareOf({
    host,
    network: asked.network,
    seen: seen.map(({ facts, address }) => ({
      address,
      reach: facts.kind === 'failed' ? reachOf(facts.failure) : 'works',
    })),
  });
  for (const { facts, startedAt, address } of seen) {
    yield { facts: { ...facts, ...share }, label: addressLabel(target.text, host, address), startedAt };
  }
}

async function measureAddress(
  to: Address,
  resolveMs: number,
  { host }: Server,
  asked: CertAsked,
  { signal, now }: MeasureContext,
): Promise<ServerFacts | FailedFacts> {
  const name = asked.servername ?? host;
  const { address, port } = to;
  const phases: Record<string, number> = { resolve: toMicrosecond(resolveMs) };
  const destination = destinationText(to);
  // The edge and rg-listener compare with the host of the request, never with the address that they connect to.
  const nameUnjudged = familyOf(name) !== undefined;
  const origin = { destination, ...(!nameUnjudged && { host: name }) };
  const failed = (failure: Failure): FailedFacts => {
    const stopped = stopOf(signal);
    const isTls = isOfServer(failure) && asked.starttls === undefined && stopped === undefined;
    return {
      kind: 'failed',
      asked,
      host: name,
      address,
      port,
      failure,
      ...(isTls && {
        sslModes: sslModesOf(undefined),
        railgun: listenerTlsOf({ ...origin, failure }),
      }),
      ...(stopped && { stopped }),
    };
  };
  const criteria = await criteriaOf(asked, signal);
  if ('code' in criteria) return failed(criteria);
  const shaken = await shakeHands(to, name, asked, signal, { phases });
  if ('code' in shaken) return failed(shaken);
  const { protocol, cipher, alpn, sent, ocspResponse, asksForCertificate } = shaken.ok
    ? shaken.value
    : { ...shaken.partial, cipher: undefined, alpn: undefined };
  if (shaken.ok) shaken.value.socket.destroy();
  if (sent === undefined) return failed(shaken.ok ? noCertificate('in its handshake') : shaken.failure);
  if ('failure' in sent) return failed(shaken.ok ? sent.failure : shaken.failure);
  if (sent.certificates.length === 0) return failed(shaken.ok ? noCertificate('in its list') : shaken.failure);
  const observedAt = now();
  const chain = await judgePresented(
    {
      certificates: sent.certificates,
      host: asciiName(name),
      now: observedAt,
      askedForStaple: true,
      ...(ocspResponse !== undefined && { ocspResponse }),
      leafIsFirst: true,
    },
    criteria,
  );
  if (!('chain' in chain)) {
    const detail = `the first certificate cannot be read: ${chain.unreadable[0]?.failure.detail ?? ''}`;
    return failed({ code: 'malformed-certificate', step: 'tls', blame: 'target', detail });
  }
  // Only a client certificate was wanting: Cloudflare's edge may have one to show, rg-listener has none.
  const needsClientCertificate = !shaken.ok && shaken.failure.code === 'client-certificate-required';
  const isOffered = asked.starttls !== undefined || cipher === undefined || isOfferedToOrigins(protocol ?? '', cipher);
  const edge = isOffered ? undefined : await shakeHandsAsEdge(to, name, asked, signal);
  const welcomed = edge === undefined ? shaken.ok || needsClientCertificate : edge.failure === undefined;
  const decisive = edge?.failure ?? (shaken.ok ? undefined : shaken.failure);
  const stopped = stopOf(signal);
  return {
    kind: 'server',
    asked,
    observedAt: new Date(observedAt).toISOString(),
    ...chain,
    trust: criteria.trust,
    host: name,
    address,
    port,
    ...(protocol !== undefined && { protocol }),
    ...(cipher !== undefined && { cipher }),
    ...(alpn !== undefined && { alpn }),
    ...(asksForCertificate === true && { asksForCertificate }),
    ...(!shaken.ok && { failure: shaken.failure }),
    phases,
    ...(edge !== undefined && { edge }),
    ...(asked.starttls === undefined && {
      ...((welcomed || (decisive && isOfServer(decisive) && stopped === undefined)) && {
        sslModes: sslModesOf(welcomed ? chain : undefined, { nameUnjudged, needsClientCertificate }),
      }),
      railgun: listenerTlsOf({ ...origin, ...(shaken.ok ? { chain } : { failure: shaken.failure }) }),
    }),
    ...(asked.grade === true && { grade: await gradeOf(to, name, asked, criteria.pem, signal) }),
    ...(stopped && { stopped }),
  };
}

/** What the edge would get from a server that has agreed with us on something that the edge does not offer. */
async function shakeHandsAsEdge(
  to: Address,
  name: string,
  asked: CertAsked,
  signal: AbortSignal,
): Promise<EdgeHandshake> {
  const shaken = await shakeHands(to, name, asked, signal, { ciphers: originCipherList });
  if ('code' in shaken) return { failure: shaken };
  if (!shaken.ok) return { failure: shaken.failure };
  const { socket, protocol, cipher } = shaken.value;
  socket.destroy();
  return { protocol, cipher };
}

/** Whether a failure is what the edge would meet too: something in the handshake, and not on our side. */
function isOfServer({ step, blame }: Failure): boolean {
  return step === 'tls' && blame !== 'us';
}

/** Connects, asks for TLS where the protocol begins without, and shakes hands. */
async function shakeHands(
  to: Address,
  name: string,
  asked: CertAsked,
  signal: AbortSignal,
  { phases = {}, ciphers }: { phases?: Record<string, number>; ciphers?: string },
): Promise<HandshakeOutcome | Failure> {
  const { connectTimeout: seconds = usualConnectTimeout } = asked.network;
  const connected = await connect(to, { seconds, signal });
  phases['connect'] = toMicrosecond(connected.ms);
  if (!connected.ok) return connected.failure;
  let stream: Parameters<typeof handshake>[0] = connected.value;
  if (asked.starttls !== undefined) {
    const { Conversation } = await import('../../io/conversation.js');
    const { startTls } = await import('../../io/starttls.js');
    const conversation = new Conversation(connected.value);
    const started = await startTls(asked.starttls, conversation, { signal });
    phases['starttls'] = toMicrosecond(started.ms);
    if (!started.ok) {
      conversation.close();
      return started.failure;
    }
    stream = started.value;
  }
  const outcome = await handshake(
    stream,
    {
      ...(familyOf(name) === undefined && { servername: name }),
      ca: noAuthorities,
      ...(asked.starttls === undefined && { alpn: webProtocols }),
      record: readFlight,
      requestOcsp: true,
      // Old servers have certificates too, and Cloudflare's edge still speaks TLS 1.0 with origins.
      minVersion: 'TLSv1',
      ...(ciphers !== undefined && { ciphers }),
    },
    { signal },
  );
  phases['tls'] = toMicrosecond(outcome.ms);
  return outcome;
}

async function gradeOf(to: Address, name: string, asked: CertAsked, ca: readonly string[], signal: AbortSignal) {
  const { grade } = await import('../../io/grade.js');
  return grade(
    to,
    {
      ...(familyOf(name) === undefined && { servername: name }),
      host: name,
      ...(asked.starttls !== undefined && { starttls: asked.starttls }),
      ca,
      ...(asked.network.connectTimeout !== undefined && { connectTimeout: asked.network.connectTimeout }),
    },
    { signal },
  );
}

function noCertificate(where: string): Failure {
  return { code: 'tls-failed', step: 'tls', blame: 'target', detail: `the server sent no certificate ${where}` };
}
