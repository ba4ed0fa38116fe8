import type { ChainFacts } from '../../decoders/chain-facts.js';
import type { CloudflareError } from '../../decoders/cloudflare-error.js';
import type { EdgeMode, EdgeVerdict, Undetermined } from '../../decoders/edge-verdict.js';
import type { StageName, StageSeen } from '../../decoders/origin-stages.js';
import type { OtherMode } from '../../decoders/other-modes.js';
import type { Blame, Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare } from '../../model/reach.js';
import type { StoppableFacts } from '../../model/stop.js';

export interface OriginAsked extends AskedOfNetworkCommand {
  /** The SSL/TLS mode of the zone. */
  readonly mode: EdgeMode;
  readonly edgeProfile: '2023' | '2026';
  /** Addresses of the origin (`--ip`); absent: those of the name. */
  readonly ip?: readonly string[];
  readonly method: string;
  /** The file of `--header-file`: what is in it is no fact. */
  readonly headerFile?: string;
  /** Seconds to wait for an answer (`--read-timeout`), where that is not the profile's. */
  readonly readTimeout?: number;
  /** How often every address is asked; at least 1. */
  readonly repeat: number;
  readonly caFile?: string;
  readonly addCa?: readonly string[];
  readonly crlFiles?: readonly string[];
  /** The PEM file of `--client-cert`, which the origin is shown. */
  readonly clientCert?: string;
  /** `railgun.conf`, where the way through rg-listener is wanted too. */
  readonly railgun?: string;
  /** The version of rg-listener: what it tells the edge has changed. */
  readonly railgunVersion?: string;
  /** Whether to look at the public path: always, never, or (absent) where the host is proxied by Cloudflare. */
  readonly public?: 'always' | 'never';
}

/** An HTTP answer, as it came. */
export interface OriginHttp {
  /** `HTTP/1.1`, `HTTP/2` */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  /** The status line and all headers, in bytes of HTTP/1.1. */
  readonly headerBytes: number;
  /** Those that say who answered and why; lower-case names, never a cookie; `location` without its query. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body that were read; not all where it was long or slow. */
  readonly bodyBytes: number;
  /** The body was read to its end. */
  readonly bodyWhole: boolean;
  /** The connection is kept open for another request. */
  readonly keepAlive: boolean;
  /** The origin demands a client certificate, and says so in an answer instead of ending the handshake. */
  readonly wantsClientCertificate?: true;
  /** What was accepted though it should not be so. */
  readonly notes?: readonly string[];
  /** An error page of Cloudflare in the answer. */
  readonly error?: CloudflareError;
}

export interface OriginTls {
  /** `TLSv1.3` */
  readonly protocol?: string;
  /** IANA's name. */
  readonly cipher?: string;
  readonly alpn?: string;
  readonly asksForCertificate?: true;
  /** What the certificates are worth; absent where none could be read. */
  readonly chain?: ChainFacts;
}

/** One attempt to fetch the page from one address, the way the edge does. */
export interface OriginAttempt {
  /** RFC 3339. */
  readonly at: string;
  readonly stages: readonly StageSeen[];
  /** Whether the origin's TCP acknowledged the request; absent where the system does not tell, or nothing was asked. */
  readonly acknowledged?: boolean;
  readonly tls?: OriginTls;
  readonly http?: OriginHttp;
  /** Bytes of an answer came, but its head was not whole. */
  readonly begun?: true;
  readonly edge?: EdgeVerdict;
  /** Where `edge` is absent. */
  readonly undetermined?: Undetermined;
}

/** Whose an address is, by the published lists. */
export type AddressKind = 'public' | 'cloudflare' | 'private' | 'reserved' | 'placeholder';

export interface OriginAddress {
  readonly address: string;
  readonly port: number;
  readonly kind: AddressKind;
  /** Where the address comes from: `--ip`, `--resolve` and the like, this machine's own hosts file, or DNS. */
  readonly from: 'given' | 'hosts' | 'dns';
  readonly attempts: readonly OriginAttempt[];
}

/** What the same URL gives to everybody, through Cloudflare. */
export interface PublicPath {
  readonly address?: string;
  readonly ray?: { readonly id: string; readonly colo?: string };
  readonly http?: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  /** An error that the edge itself answered with. */
  readonly error?: CloudflareError;
  /** `/cdn-cgi/trace`, key → value. */
  readonly trace?: Readonly<Record<string, string>>;
  readonly failure?: Failure;
}

/** The same page as rg-listener would fetch it. */
export interface RailgunFacts {
  /** The status that visitors see; null: none on account of the origin; absent: nobody can say. */
  readonly code?: number | null;
  /** The other code, where the sources differ. */
  readonly otherCode?: number;
  /** What rg-listener would write into its log; absent where it writes nothing, or no published source shows the words. */
  readonly logLine?: string;
  /** Where it breaks; absent where nothing does. */
  readonly stage?: StageName;
  readonly blame?: Blame;
  /** Where `code` is absent: what is in the way. */
  readonly why?: string;
  /** `127.0.0.1:443` */
  readonly destination?: string;
  /** What decided where to connect to: a line of railgun-nat.conf, or `CF-ORIGIN-IP`. */
  readonly decidedBy?: { readonly file: string; readonly line: number; readonly text: string } | 'CF-ORIGIN-IP';
  /** A port that was asked for and is not used, because no line names it. */
  readonly portLost?: number;
  /** What a person should know about the two files. */
  readonly notes?: readonly string[];
  readonly validateCert?: boolean;
  readonly insecureOrigin?: boolean;
  readonly lanTimeoutSeconds?: number;
  readonly stages: readonly StageSeen[];
  readonly tls?: OriginTls;
  readonly http?: OriginHttp;
  /** Where `railgun.conf`, or a file that it names, could not be used. */
  readonly failure?: Failure;
}

export type { OtherMode };

export interface SeenFacts extends StoppableFacts {
  readonly kind: 'origin';
  readonly asked: OriginAsked;
  /** RFC 3339: the instant that dates are judged by. */
  readonly observedAt: string;
  /** The URL that a visitor would ask for. */
  readonly url: string;
  readonly host: string;
  /** The port of the URL, and the one that the edge connects to in this mode. */
  readonly port: number;
  readonly originPort: number;
  /** How the edge speaks with the origin in this mode. */
  readonly scheme: 'https' | 'http';
  /** Of the attempt that decides: the worst. */
  readonly stages: readonly StageSeen[];
  /** Absent where nobody can say: then there is `undetermined`. */
  readonly edge?: EdgeVerdict;
  readonly undetermined?: Undetermined;
  readonly tls?: OriginTls;
  readonly http?: OriginHttp;
  /** The place of the attempt that decides; absent where there was no address. */
  readonly decisive?: { readonly address: number; readonly attempt: number };
  readonly addresses: readonly OriginAddress[];
  /** How many of all attempts failed, where there were several. */
  readonly failing?: { readonly attempts: number; readonly failed: number };
  readonly share?: AddressShare;
  readonly otherModes: readonly OtherMode[];
  /** What a look at port 80 showed, for the modes without TLS; absent: it was not looked at. */
  readonly plain?: { readonly stages: readonly StageSeen[]; readonly status?: number };
  /** Absent: not looked at. */
  readonly public?: PublicPath;
  readonly railgun?: RailgunFacts;
  /** What the edge offers to origins, and the OpenSSL of this Node has not. */
  readonly notOffered: readonly string[];
}

/** Nothing could be measured: a file that was given cannot be read. */
export interface UnreadFacts extends StoppableFacts {
  readonly kind: 'unread';
  readonly asked: OriginAsked;
  readonly url: string;
  readonly failure: Failure;
}

export type OriginFacts = SeenFacts | UnreadFacts;

export interface OriginTarget {
  /** How it is called: the URL as given, but for what looks secret in it, or the host. */
  readonly label: string;
  readonly scheme: 'https' | 'http';
  /** In letters of ASCII, as in Host. */
  readonly host: string;
  readonly port: number;
  /** With its query. */
  readonly path: string;
}
