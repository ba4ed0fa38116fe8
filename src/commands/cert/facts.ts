import type { ChainFacts } from '../../decoders/chain-facts.js';
import type { UnreadableCertificate } from '../../decoders/presented-chain.js';
import type { ListenerTlsFacts } from '../../decoders/rg-listener-tls.js';
import type { SslModesFacts } from '../../decoders/ssl-modes.js';
import type { Failure } from '../../model/failure.js';
import type { Grade } from '../../model/grade.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare, UnresolvedFacts } from '../../model/reach.js';
import type { Stop } from '../../model/stop.js';

export type StartTlsName = 'smtp' | 'imap' | 'pop3' | 'ftp';

export interface CertAsked extends AskedOfNetworkCommand {
  /** The name for SNI and for the certificate, instead of the target's. */
  readonly servername?: string;
  readonly starttls?: StartTlsName;
  readonly caFile?: string;
  readonly addCa?: readonly string[];
  readonly crlFiles?: readonly string[];
  /** Days: less than that left warns. */
  readonly warningDays: number;
  /** Days: less than that left fails. */
  readonly criticalDays: number;
  readonly grade?: true;
}

/** Where the authorities come from that were trusted. */
export interface TrustFacts {
  readonly source: 'file' | 'system' | 'node';
  readonly path?: string;
  /** How many authorities. */
  readonly size: number;
}

/** What certificates tell, wherever they come from. */
export interface JudgedChain extends ChainFacts {
  readonly asked: CertAsked;
  /** RFC 3339: the instant that dates are judged by. */
  readonly observedAt: string;
  /** The name or address that the certificate has to be for. */
  readonly host?: string;
  readonly trust: TrustFacts;
  readonly unreadable?: readonly UnreadableCertificate[];
  readonly stopped?: Stop;
}

/** A server that sent certificates, whether or not the handshake was finished. */
export interface ServerFacts extends JudgedChain {
  readonly kind: 'server';
  readonly address: string;
  readonly port: number;
  readonly host: string;
  /** `TLSv1.3` */
  readonly protocol?: string;
  /** IANA's name. */
  readonly cipher?: string;
  readonly alpn?: string;
  /** The server asked for a client certificate. */
  readonly asksForCertificate?: true;
  /** Why the handshake was not finished, although certificates were sent. */
  readonly failure?: Failure;
  /** Milliseconds by step. */
  readonly phases: Readonly<Record<string, number>>;
  /** The handshake with nothing but what Cloudflare's edge offers; absent: what was agreed on is what it offers. */
  readonly edge?: EdgeHandshake;
  /** Absent after STARTTLS, because the edge and rg-listener speak HTTP only, and where nothing could be learned. */
  readonly sslModes?: SslModesFacts;
  readonly railgun?: ListenerTlsFacts;
  readonly grade?: Grade;
  readonly share?: AddressShare;
}

/** How a server takes a hello with the cipher suites of Cloudflare's edge. */
export interface EdgeHandshake {
  /** `TLSv1.2` */
  readonly protocol?: string;
  /** IANA's name. */
  readonly cipher?: string;
  readonly failure?: Failure;
}

/** A server of which no certificate was seen. */
export interface FailedFacts {
  readonly kind: 'failed';
  readonly asked: CertAsked;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly failure: Failure;
  /** Where it was the handshake that failed. */
  readonly sslModes?: SslModesFacts;
  readonly railgun?: ListenerTlsFacts;
  readonly share?: AddressShare;
  readonly stopped?: Stop;
}

/** The certificates of a file. */
export interface FileFacts extends JudgedChain {
  readonly kind: 'file';
  readonly file: string;
  /** Blocks of other kinds that were passed over unread, such as `PRIVATE KEY`. */
  readonly others?: readonly string[];
}

/** A file without certificates, or one that cannot be read. */
export interface UnreadFacts {
  readonly kind: 'unread';
  readonly asked: CertAsked;
  readonly file: string;
  readonly failure: Failure;
  readonly stopped?: Stop;
}

interface CertUnresolvedFacts extends UnresolvedFacts {
  readonly asked: CertAsked;
}

export type CertFacts = ServerFacts | FailedFacts | FileFacts | UnreadFacts | CertUnresolvedFacts;

export type CertTarget =
  | { readonly kind: 'server'; readonly host: string; readonly port: number; readonly text: string }
  | { readonly kind: 'file'; readonly path: string };
