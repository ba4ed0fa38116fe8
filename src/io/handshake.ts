import type { Duplex } from 'node:stream';
import { connect as start, type TLSSocket } from 'node:tls';
import type { Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';

export interface HandshakeOptions {
  /** The name to send (SNI) and to verify; absent: none is sent. */
  readonly servername?: string;
  /** PEM texts of the authorities to trust; absent: those that Node brings. */
  readonly ca?: readonly string[];
  readonly alpn?: readonly string[];
}

export interface Handshake {
  readonly socket: TLSSocket;
  readonly protocol: string;
  readonly cipher: string;
  readonly alpn?: string;
  /** Why OpenSSL did not verify the certificate; absent: it did. */
  readonly unverified?: string;
}

/** A TLS handshake over a connection that is open; the certificate is looked at, but does not end it. */
export function handshake(
  stream: Duplex,
  { servername, ca, alpn }: HandshakeOptions,
  limits: Limits,
): Promise<Outcome<Handshake>> {
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = start({
      socket: stream,
      rejectUnauthorized: false,
      ...(servername !== undefined && { servername }),
      ...(ca !== undefined && { ca: [...ca] }),
      ...(alpn !== undefined && { ALPNProtocols: [...alpn] }),
    });
    const giveUp = limit(limits, 'tls', 'target', 'the TLS handshake was not finished', (failure) => {
      socket.destroy();
      resolve({ ok: false, failure, ms: performance.now() - started });
    });
    socket.once('error', (error) => {
      giveUp();
      socket.destroy();
      resolve({ ok: false, failure: classify(error, 'tls'), ms: performance.now() - started });
    });
    socket.once('secureConnect', () => {
      giveUp();
      socket.on('error', () => undefined);
      const value: Handshake = {
        socket,
        protocol: socket.getProtocol() ?? '',
        cipher: socket.getCipher().standardName,
        ...(typeof socket.alpnProtocol === 'string' && { alpn: socket.alpnProtocol }),
        ...(!socket.authorized && { unverified: String(socket.authorizationError) }),
      };
      resolve({ ok: true, value, ms: performance.now() - started });
    });
  });
}
