import type { Failure } from './failure.js';

/** What a TLS server sent, byte for byte from its first one, and what decrypts it. */
export interface TlsRecording {
  readonly bytes: Uint8Array;
  /** Whether the server sent more than was kept. */
  readonly cut: boolean;
  /** SERVER_HANDSHAKE_TRAFFIC_SECRET of TLS 1.3; absent up to TLS 1.2, and where the handshake did not get that far. */
  readonly secret?: Uint8Array;
}

/** The certificates as the server sent them, or why they could not be read. */
export type SentCertificates =
  | {
      /** DER, in the order in which they were sent: nothing added, left out or sorted. May be empty. */
      readonly certificates: readonly Uint8Array[];
    }
  | { readonly failure: Failure };

/** What can be read from a server's side of a handshake, as far as it went. */
export interface TlsFlight {
  /** `TLSv1.2`, as OpenSSL spells it; absent before a ServerHello. */
  readonly protocol?: string;
  /** Absent where the server got to no Certificate message. */
  readonly sent?: SentCertificates;
  /** Whether there was a CertificateRequest. */
  readonly asksForCertificate: boolean;
  /** The number of a fatal alert that was sent in the clear, other than close_notify. */
  readonly alert?: number;
}

/** The decoder of a recording: `readFlight` of `decoders/tls-flight.ts`. It comes as an argument, because io decodes nothing. */
export type ReadFlight = (recording: TlsRecording) => TlsFlight;
