import type { MemcachedValue, MemcachedValues } from '../../decoders/memcached.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare, UnresolvedFacts } from '../../model/reach.js';
import type { StoppableFacts } from '../../model/stop.js';

/** What the user asked of every server. */
export interface MemcachedAsked extends AskedOfNetworkCommand {
  readonly tls?: true;
  /** PEM file of the authorities to trust instead of the system's. */
  readonly caFile?: string;
  /** PEM files of authorities to trust too. */
  readonly addCa?: readonly string[];
  /** The file with the password, never what it says. */
  readonly authFile?: string;
  /** Seconds that each answer may take. */
  readonly readTimeout: number;
  /** Thresholds of the round trip, seconds. */
  readonly warning?: number;
  readonly critical?: number;
  /** Seconds between two looks; absent: one look. */
  readonly watch?: number;
  /** How many looks; absent: until it is stopped. */
  readonly count?: number;
  /** What railgun.conf says, or its defaults: `memcached.limit` and `stream.size` in bytes, `memcached.timeout` in ms. */
  readonly limit: number;
  readonly streamSize: number;
  readonly memcachedTimeout: number;
}

export interface MemcachedTarget {
  /** As the user spelled it. */
  readonly text: string;
  readonly endpoint: Endpoint;
}

/** How the server was reached. */
interface Reached extends StoppableFacts {
  readonly asked: MemcachedAsked;
  /** `192.0.2.1:11211`, `[2001:db8::1]:11211`, `unix:/run/memcached.sock` */
  readonly address: string;
  readonly transport: 'tcp' | 'tls' | 'unix';
  /** Whether nobody but this machine can listen in: a unix socket, or a loopback address. */
  readonly local: boolean;
  readonly tls?: TlsFacts;
  /** What became of the password; absent: none was given. */
  readonly password?: 'accepted' | 'not-asked-for' | 'refused' | 'withheld';
  /** What became of all addresses of the name; absent: a literal address or a socket. */
  readonly share?: AddressShare;
}

export interface TlsFacts {
  /** `TLSv1.3` */
  readonly protocol: string;
  readonly cipher: string;
  /** Why the certificate did not verify, in OpenSSL's words; absent: it did. */
  readonly unverified?: string;
}

/** A memcached that answers. */
export interface ServerFacts extends Reached {
  readonly kind: 'server';
  /** How long connecting took, milliseconds, without TLS. */
  readonly connectMs: number;
  /** The round trip of a `version`, milliseconds. */
  readonly pingMs: number;
  readonly version: string;
  readonly stats: MemcachedValues;
  /** By name; what the server would not say is empty (see `refused`), as in `items` and `slabs`. */
  readonly settings: MemcachedValues;
  /** By class of slab. */
  readonly items: Readonly<Record<string, Readonly<Record<string, MemcachedValue>>>>;
  readonly slabs: Readonly<Record<string, Readonly<Record<string, MemcachedValue>>>>;
  /** Commands that the server did not answer with numbers, and what it said. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Hits per get since the server began, 0 to 1; absent: nothing was ever asked for. */
  readonly hitRatio?: number;
  /** Used bytes of `limit_maxbytes`, 0 to 1; absent: there is no limit. */
  readonly fillRatio?: number;
  /** Since the look before; absent: there was none, or the server began anew. */
  readonly rates?: Rates;
}

/** What happened between two looks. */
export interface Rates {
  /** Seconds between the two. */
  readonly seconds: number;
  /** Per second, by the name of the counter: `cmd_get`, `get_hits`, `evictions` … */
  readonly perSecond: Readonly<Record<string, number>>;
  /** Hits per get, 0 to 1; absent: nothing was asked for. */
  readonly hitRatio?: number;
}

/** A server that could not be talked to. */
export interface FailedFacts extends Reached {
  readonly kind: 'failed';
  readonly failure: Failure;
  /** The first line that came, at most 200 characters; absent: nothing came that says more. */
  readonly heard?: string;
}

interface UnresolvedServerFacts extends UnresolvedFacts {
  readonly asked: MemcachedAsked;
}

export type MemcachedFacts = ServerFacts | FailedFacts | UnresolvedServerFacts;
