import { listenerCertificateOf } from '../../decoders/listener-certificate.js';
import { readFlight } from '../../decoders/tls-flight.js';
import { connect } from '../../io/connect.js';
import { handshake } from '../../io/handshake.js';
import type { Limits } from '../../io/limits.js';
import { toMicrosecond } from '../../model/duration.js';
import { type Destination, destinationText, usualConnectTimeout } from '../../model/network.js';
import type { ListenerAsked, WanAttempt } from './facts.js';

/** Nothing is verified: the authority is not published. */
const noAuthorities: readonly string[] = [];

/** Connects to the WAN port of a listener, and shakes hands where TLS is to be spoken; nothing is said after that. */
export async function knock(
  to: Destination,
  tls: boolean,
  { network }: ListenerAsked,
  now: () => number,
  limits: Limits,
): Promise<WanAttempt> {
  const address = destinationText(to);
  const { connectTimeout: seconds = usualConnectTimeout } = network;
  const connected = await connect(to, { seconds, signal: limits.signal });
  if (!connected.ok) return { state: 'unreachable', address, failure: connected.failure };
  const connectMs = toMicrosecond(connected.ms);
  if (!tls) {
    connected.value.destroy();
    return { state: 'plain', address, connectMs };
  }
  const shaken = await handshake(
    connected.value,
    // Listeners of the first years speak TLS 1.0.
    { ca: noAuthorities, record: readFlight, minVersion: 'TLSv1' },
    limits,
  );
  if (!shaken.ok) {
    const sent = shaken.partial?.sent;
    const certificate = sent === undefined ? undefined : listenerCertificateOf(sent, now());
    // What is no TLS has no certificate that could be unreadable.
    const shown = certificate?.state === 'read' && { certificate };
    return { state: 'no-tls', address, connectMs, failure: shaken.failure, ...shown };
  }
  const { socket, protocol, cipher, sent, asksForCertificate } = shaken.value;
  socket.destroy();
  return {
    state: 'tls',
    address,
    connectMs,
    tlsMs: toMicrosecond(shaken.ms),
    protocol,
    cipher,
    ...(asksForCertificate === true && { asksForCertificate }),
    certificate: listenerCertificateOf(sent ?? { certificates: [] }, now()),
  };
}
