import { listenerTlsOf } from '../../decoders/rg-listener-tls.js';
import { sslModesOf } from '../../decoders/ssl-modes.js';
import { readFlight } from '../../decoders/tls-flight.js';
import { connect } from '../../io/connect.js';
import { stopOf } from '../../io/deadline.js';
import { type HandshakeOutcome, handshake } from '../../io/handshake.js';
import { resolve } from '../../io/resolve.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { type Destination, destinationText } from '../../model/network.js';
import type { MeasureContext, Observation } from '../command.js';
import { criteriaOf } from './criteria.js';
import type { CertAsked, CertFacts, CertTarget, FailedFacts, ServerFacts } from './facts.js';
import { judged } from './judge.js';

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
  const { destinations, by } = resolved.value;
  const seen = await Promise.all(
    destinations.map((destination) =>
      context.turn(async () => {
        const startedAt = performance.now();
        const facts = await measureAddress(destination, resolved.ms, target, asked, context);
        return { facts, startedAt, address: destination.address };
      }),
    ),
  );
  const dead = seen.filter(({ facts }) => facts.kind === 'failed').map(({ address }) => address);
  const share = { host, tried: seen.length, dead };
  for (const { facts, startedAt, address } of seen) {
    const label =
      by === 'literal' && asked.network.connectTo === undefined ? target.text : `${target.text} (${address})`;
    yield { facts: { ...facts, ...(by !== 'literal' && { share }) }, label, startedAt };
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
  const phases: Record<string, number> = { resolve: rounded(resolveMs) };
  const destination = destinationText(to);
  const failed = (failure: Failure): FailedFacts => {
    const stopped = stopOf(signal);
    const isTls = failure.step === 'tls' && asked.starttls === undefined && stopped === undefined;
    return {
      kind: 'failed',
      asked,
      host: name,
      address,
      port,
      failure,
      ...(isTls && {
        sslModes: sslModesOf(undefined),
        railgun: listenerTlsOf({ host: name, destination, failure }),
      }),
      ...(stopped && { stopped }),
    };
  };
  const criteria = await criteriaOf(asked, signal);
  if ('code' in criteria) return failed(criteria);
  const shaken = await shakeHands(to, name, asked, signal, phases);
  if ('code' in shaken) return failed(shaken);
  const { protocol, cipher, alpn, sent, ocspResponse, asksForCertificate } = shaken.ok
    ? shaken.value
    : { ...shaken.partial, cipher: undefined, alpn: undefined };
  if (shaken.ok) shaken.value.socket.destroy();
  if (sent === undefined) return failed(shaken.ok ? noCertificate('in its handshake') : shaken.failure);
  if ('failure' in sent) return failed(shaken.ok ? sent.failure : shaken.failure);
  if (sent.certificates.length === 0) return failed(shaken.ok ? noCertificate('in its list') : shaken.failure);
  const chain = await judged(
    {
      certificates: sent.certificates,
      host: asciiOf(name),
      now: now(),
      askedForStaple: true,
      ...(ocspResponse !== undefined && { ocspResponse }),
      leafIsFirst: true,
    },
    asked,
    criteria,
  );
  if (!('chain' in chain)) {
    const detail = chain.unreadable[0]?.failure.detail ?? '';
    return failed({ code: 'malformed-certificate', step: 'tls', blame: 'target', detail });
  }
  // Only a client certificate was wanting: Cloudflare's edge has one to show (Authenticated Origin Pulls).
  const isWelcome = shaken.ok || shaken.failure.code === 'client-certificate-required';
  const view = isWelcome ? { chain } : shaken.ok ? {} : { failure: shaken.failure };
  const stopped = stopOf(signal);
  return {
    kind: 'server',
    ...chain,
    host: name,
    address,
    port,
    ...(protocol !== undefined && { protocol }),
    ...(cipher !== undefined && { cipher }),
    ...(alpn !== undefined && { alpn }),
    ...(asksForCertificate === true && { asksForCertificate }),
    ...(!shaken.ok && { failure: shaken.failure }),
    phases,
    ...(asked.starttls === undefined && {
      sslModes: sslModesOf(isWelcome ? chain : undefined),
      railgun: listenerTlsOf({ host: name, destination, ...view }),
    }),
    ...(asked.grade === true && { grade: await gradeOf(to, name, asked, criteria.pem, signal) }),
    ...(stopped && { stopped }),
  };
}

/** Connects, asks for TLS where the protocol begins without, and shakes hands. */
async function shakeHands(
  to: Address,
  name: string,
  asked: CertAsked,
  signal: AbortSignal,
  phases: Record<string, number>,
): Promise<HandshakeOutcome | Failure> {
  const { connectTimeout } = asked.network;
  const connected = await connect(to, { signal, ...(connectTimeout !== undefined && { seconds: connectTimeout }) });
  phases['connect'] = rounded(connected.ms);
  if (!connected.ok) return connected.failure;
  let stream: Parameters<typeof handshake>[0] = connected.value;
  if (asked.starttls !== undefined) {
    const { Conversation } = await import('../../io/conversation.js');
    const { startTls } = await import('../../io/starttls.js');
    const conversation = new Conversation(connected.value);
    const started = await startTls(asked.starttls, conversation, { signal });
    phases['starttls'] = rounded(started.ms);
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
    },
    { signal },
  );
  phases['tls'] = rounded(outcome.ms);
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
    },
    { signal },
  );
}

/** A name with letters of any script as DNS, SNI and certificates spell it. */
function asciiOf(name: string): string {
  return URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`).hostname : name;
}

function noCertificate(where: string): Failure {
  return { code: 'tls-failed', step: 'tls', blame: 'target', detail: `the server sent no certificate ${where}` };
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
