import type { ChainFacts } from '../../decoders/chain-facts.js';
import type { StageSeen } from '../../decoders/origin-stages.js';
import { type ChainStandard, judgePresented } from '../../decoders/presented-chain.js';
import { readFlight } from '../../decoders/tls-flight.js';
import { asciiName } from '../../io/ascii-name.js';
import { type HandshakeOptions, type HandshakeOutcome, handshake } from '../../io/handshake.js';
import { toMicrosecond } from '../../model/duration.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Secret } from '../../model/secret.js';
import type { OriginTls } from './facts.js';

type Stream = Parameters<typeof handshake>[0];

/** How TLS is spoken, and what is thought of certificates. */
export interface Security {
  readonly options: Pick<HandshakeOptions, 'alpn' | 'ciphers' | 'minVersion'>;
  /** PEM: what to show when the origin asks for a certificate, with its key. */
  readonly clientCertificate?: Secret;
  readonly standard: ChainStandard;
  /** Milliseconds since the epoch: the instant that dates are judged by. */
  readonly now: number;
  /** What a certificate that is not good enough does: it ends the attempt, or is only worth a warning. */
  readonly badCertificate: 'fail' | 'warn';
  /** Why a certificate is not good enough. */
  refusal(chain: ChainFacts): Failure | undefined;
}

export interface Secured {
  /** `tls`, and `certificate` where it came to that. */
  readonly stages: readonly StageSeen[];
  readonly tls: OriginTls;
  /** What to speak HTTP over; absent: something failed. */
  readonly stream?: Stream;
  readonly alpn?: string;
}

/** Nothing is verified by OpenSSL: the chain as sent is judged by itself. */
const noAuthorities: readonly string[] = [];

/** A handshake over a connection that is open, and the certificate in it. `seconds` bounds it. Never throws. */
export async function secure(
  stream: Stream,
  host: string,
  seconds: number,
  security: Security,
  signal: AbortSignal,
): Promise<Secured> {
  const servername = familyOf(host) === undefined && { servername: host };
  const shaken = await handshake(
    stream,
    {
      ...servername,
      ca: noAuthorities,
      record: readFlight,
      requestOcsp: true,
      ...security.options,
      ...(security.clientCertificate !== undefined && { clientCertificate: security.clientCertificate.reveal() }),
    },
    { seconds, signal },
  );
  const { tls, unread } = await tlsOf(shaken, host, security);
  const ms = toMicrosecond(shaken.ms);
  if (!shaken.ok) return { stages: [{ stage: 'tls', status: 'fail', failure: shaken.failure, ms }], tls };
  const { protocol, cipher, alpn, socket } = shaken.value;
  const says = `${protocol}, ${cipher}${alpn === undefined ? '' : `, ALPN ${alpn}`}`;
  const agreed: StageSeen = { stage: 'tls', status: 'pass', says, ms };
  const failure = tls.chain === undefined ? unread : security.refusal(tls.chain);
  const status = security.badCertificate;
  const certificate: StageSeen =
    failure === undefined
      ? { stage: 'certificate', status: 'pass', says: certificateText(tls.chain) }
      : { stage: 'certificate', status, failure };
  const stages = [agreed, certificate];
  if (certificate.status === 'fail') {
    socket.destroy();
    return { stages, tls };
  }
  return { stages, tls, stream: socket, ...(alpn !== undefined && { alpn }) };
}

/** What the handshake showed, with its certificates judged; `unread`: there was none, or none that can be read. */
async function tlsOf(
  shaken: HandshakeOutcome,
  name: string,
  { standard, now }: Security,
): Promise<{ tls: OriginTls; unread?: Failure }> {
  const { protocol, sent, ocspResponse, asksForCertificate, cipher, alpn } = shaken.ok
    ? shaken.value
    : { ...shaken.partial, cipher: undefined, alpn: undefined };
  const tls: OriginTls = {
    ...(protocol !== undefined && { protocol }),
    ...(cipher !== undefined && { cipher }),
    ...(alpn !== undefined && { alpn }),
    ...(asksForCertificate === true && { asksForCertificate }),
  };
  if (sent === undefined || 'failure' in sent || sent.certificates.length === 0) {
    const detail = sent !== undefined && 'failure' in sent ? sent.failure.detail : 'the origin sent no certificate';
    return { tls, unread: unreadable(detail) };
  }
  const judged = await judgePresented(
    {
      certificates: sent.certificates,
      host: asciiName(name),
      now,
      askedForStaple: true,
      ...(ocspResponse !== undefined && { ocspResponse }),
      leafIsFirst: true,
    },
    standard,
  );
  if ('chain' in judged) return { tls: { ...tls, chain: judged } };
  return { tls, unread: unreadable(judged.unreadable[0]?.failure.detail ?? 'the first certificate cannot be read') };
}

function unreadable(detail: string): Failure {
  return { code: 'malformed-certificate', step: 'tls', blame: 'target', detail };
}

function certificateText(chain: ChainFacts | undefined): string {
  const leaf = chain?.chain[chain.leaf];
  return leaf === undefined ? 'presented' : `${leaf.subject}, valid until ${leaf.notAfter}`;
}
