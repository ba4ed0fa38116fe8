import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type ConnectionOptions,
  checkServerIdentity,
  type SecureVersion,
  connect as start,
  type TLSSocket,
} from 'node:tls';
import { familyOf } from '../model/endpoint.js';
import type { Failure, Outcome } from '../model/failure.js';
import type { ReadFlight, SentCertificates, TlsFlight } from '../model/tls.js';
import { asciiName } from './ascii-name.js';
import { classify } from './classify.js';
import { alertOf } from './classify-tls.js';
import { inItsPlace, withFirstBytes } from './handshake-failure.js';
import { type Limits, limit } from './limits.js';
import { tlsContext } from './tls-context.js';
import { recordedBytes, TlsRecorder } from './tls-recorder.js';

export interface HandshakeOptions {
  /** The name to send (SNI); absent, or an address: none is sent. */
  readonly servername?: string;
  /** The name or address that the certificate must be for; absent: names are not judged (see `unverified`). */
  readonly identity?: string;
  /** PEM texts of the authorities to trust; absent: those that Node brings. The same array is parsed once. */
  readonly ca?: readonly string[];
  readonly alpn?: readonly string[];
  /** `readFlight` of decoders/tls-flight.ts: what the server sends is recorded and read; absent: it is not. */
  readonly record?: ReadFlight;
  readonly requestOcsp?: true;
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** OpenSSL's spelling of a list. */
  readonly ciphers?: string;
  /** PEM: the certificate to show when the server asks for one, with its key. */
  readonly clientCertificate?: string;
}

export interface Handshake {
  readonly socket: TLSSocket;
  /** `TLSv1.3` */
  readonly protocol: string;
  /** IANA's name: `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string;
  readonly alpn?: string;
  /**
   * Why the certificate did not verify, in OpenSSL's words (`CERT_HAS_EXPIRED`, `DEPTH_ZERO_SELF_SIGNED_CERT`), the first
   * reason only; absent: it did. It says nothing about names, unless `identity` was given: then
   * `ERR_TLS_CERT_ALTNAME_INVALID` where the certificate is otherwise good, but for another name.
   */
  readonly unverified?: string;
  /** The certificates as they were sent; absent without `record`. */
  readonly sent?: SentCertificates;
  /** The stapled answer (DER) that `requestOcsp` asked for; absent: none came. */
  readonly ocspResponse?: Uint8Array;
  /** Whether the server asked for a client certificate (it may do without); absent without `record`. */
  readonly asksForCertificate?: boolean;
}

/** With `record`, a handshake that failed still shows what the server had sent by then. */
export type HandshakeOutcome = Outcome<Handshake> & {
  readonly partial?: TlsFlight & { readonly ocspResponse?: Uint8Array };
};

/** Milliseconds to wait for what becomes of a client certificate that was asked for: twice the handshake, within these. */
const shortestWait = 250;
const longestWait = 3000;

/**
 * A TLS handshake over a connection that is open. The certificate is looked at, but does not end it. Whoever gets the
 * socket destroys it, and the stream with it; after a failure both are destroyed. Never throws.
 */
export function handshake(stream: Duplex, options: HandshakeOptions, limits: Limits): Promise<HandshakeOutcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    let socket: TLSSocket | undefined;
    let finished: TLSSocket | undefined;
    let over = false;
    let ocspResponse: Uint8Array | undefined;
    // Whether the server's hello was good: both sides have keys.
    let agreed = false;
    const settle = (outcome: () => HandshakeOutcome) => {
      if (over) return;
      over = true;
      giveUp();
      resolve(outcome());
    };
    const fail = (failure: Failure, alert?: number) =>
      settle(() => {
        const flight = recorder?.flight();
        socket?.destroy();
        stream.destroy();
        const told = inItsPlace(failure, { alert: alert ?? flight?.alert, agreed, flight });
        const partial = flight && { ...flight, ...(ocspResponse && { ocspResponse }) };
        return { ok: false, failure: told, ms: performance.now() - started, ...(partial && { partial }) };
      });
    const succeed = (secured: TLSSocket) =>
      settle(() => {
        const { sent, asksForCertificate } = recorder?.flight() ?? {};
        const value: Handshake = {
          ...agreedBy(secured),
          ...(sent !== undefined && { sent }),
          ...(ocspResponse !== undefined && { ocspResponse }),
          ...(asksForCertificate !== undefined && { asksForCertificate }),
        };
        return { ok: true, value, ms: performance.now() - started };
      });
    const recorder =
      options.record &&
      new TlsRecorder(stream, options.record, () =>
        fail(failureOf('answer-too-long', `more than ${recordedBytes} bytes, and the TLS handshake is not finished`)),
      );
    const before = bytesRead(stream);
    const giveUp = limit(limits, 'tls', 'target', 'the TLS handshake was not finished', (failure) => {
      if (finished) succeed(finished);
      const isSilent = bytesRead(stream) === before;
      fail({ ...failure, detail: isSilent ? `${failure.detail} (the server said nothing)` : failure.detail });
    });
    if (stream.destroyed) {
      // The peer was quicker, and nobody was listening.
      fail(stream.errored ? classify(stream.errored, 'tls') : failureOf('connection-closed', closedEarly));
      return;
    }
    try {
      socket = start(settings(recorder?.stream ?? stream, options));
    } catch (error) {
      // Options that OpenSSL does not take.
      fail({ ...classify(error, 'tls'), blame: 'us' });
      return;
    }
    const begun = socket;
    begun.on('keylog', (line: Buffer) => {
      agreed = true;
      recorder?.note(line);
    });
    begun.on('OCSPResponse', (response: Buffer | null) => {
      if (response !== null && response.length > 0) ocspResponse = response;
    });
    begun.on('error', (error) => {
      const failure = classify(error, 'tls');
      if (failure.code === 'not-tls') fail(withFirstBytes(failure, recorder?.firstBytes()));
      else if (failure.code === 'connection-closed') fail({ ...failure, detail: closedEarly });
      else fail(failure, alertOf(error));
    });
    // Usually an error comes first.
    begun.on('close', () => fail(failureOf('connection-closed', closedEarly)));
    begun.once('secureConnect', () => {
      finished = begun;
      const flight = recorder?.flight();
      if (flight?.asksForCertificate !== true || flight.protocol !== 'TLSv1.3') {
        succeed(begun);
        return;
      }
      // In TLS 1.3 the client is done before the server looks for its certificate. Tickets or data say that it does
      // without one, an alert that it does not; some servers say neither.
      const wait = Math.min(longestWait, Math.max(shortestWait, (performance.now() - started) * 2));
      const done = () => {
        clearTimeout(timer);
        // A listener of `readable` that stays would keep those of `data` from hearing anything.
        begun.off('readable', done);
        succeed(begun);
      };
      const timer = setTimeout(done, wait);
      for (const event of ['session', 'readable', 'close']) begun.once(event, done);
    });
  });
}

const closedEarly = 'the server closed the connection before the TLS handshake was finished';

function settings(stream: Duplex, options: HandshakeOptions): ConnectionOptions {
  const { servername, identity, alpn, requestOcsp } = options;
  const name = servername === undefined ? '' : nameInTls(servername);
  return {
    socket: stream as Socket,
    secureContext: tlsContext(options),
    rejectUnauthorized: false,
    checkServerIdentity: (_, certificate) =>
      identity === undefined ? undefined : checkServerIdentity(nameInTls(identity), certificate),
    ...(name !== '' && familyOf(name) === undefined && { servername: name }),
    ...(alpn !== undefined && { ALPNProtocols: [...alpn] }),
    ...(requestOcsp === true && { requestOCSP: true }),
  };
}

/** What DNS calls it: no dot at the end, no zone behind an address, letters of ASCII. */
function nameInTls(host: string): string {
  return asciiName(host.replace(/%.*$/, '').replace(/\.$/, ''));
}

function agreedBy(socket: TLSSocket): Omit<Handshake, 'sent' | 'ocspResponse' | 'asksForCertificate'> {
  const { alpnProtocol, authorized, authorizationError } = socket;
  return {
    socket,
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().standardName,
    ...(typeof alpnProtocol === 'string' && alpnProtocol !== '' && { alpn: alpnProtocol }),
    ...(!authorized && { unverified: String(authorizationError) }),
  };
}

function failureOf(code: Failure['code'], detail: string): Failure {
  return { code, step: 'tls', blame: 'target', detail };
}

function bytesRead(stream: Duplex): number {
  return stream instanceof Socket ? stream.bytesRead : 0;
}
