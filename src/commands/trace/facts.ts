import type { CfRay } from '../../decoders/cf-ray.js';
import type { CloudflareError } from '../../decoders/cloudflare-error.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare, UnresolvedFacts } from '../../model/reach.js';
import type { StoppableFacts } from '../../model/stop.js';

/** What the user asked of every target. */
export interface TraceAsked extends AskedOfNetworkCommand {
  /** Plain HTTP for targets that are no URL. */
  readonly http?: true;
  /** What keys of the trace have to be; of a key that is there several times any one value will do. */
  readonly expect?: readonly { readonly key: string; readonly value: string }[];
  /** Total seconds that warn, and that fail, when they are exceeded. */
  readonly warning?: number;
  readonly critical?: number;
  /** A file of authorities to trust instead of those of the system. */
  readonly caFile?: string;
  /** Files of authorities to trust too. */
  readonly addCa?: readonly string[];
}

export interface TraceTarget {
  readonly label: string;
  readonly scheme: 'https' | 'http';
  readonly host: string;
  readonly port: number;
}

/** Milliseconds by name; a phase that was not finished, or did not happen, is absent. */
export interface TracePhases {
  /** Name resolution; through a proxy that of the proxy's name. */
  readonly resolve?: number;
  readonly connect?: number;
  /** Until the proxy had connected us. */
  readonly proxy?: number;
  readonly tls?: number;
  /** From the request to the first byte of the answer. */
  readonly firstByte?: number;
  /** From the start of name resolution to the last byte. */
  readonly total: number;
}

/** The head of the answer. */
export interface HttpFacts {
  readonly status: number;
  readonly reason: string;
  /** Those that say who answered and why; lower-case names, never a cookie; `location` without its query. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is known of every attempt. */
interface AttemptFacts extends StoppableFacts {
  readonly asked: TraceAsked;
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** The address that was connected to; absent where a proxy connects, or nothing got that far. */
  readonly address?: string;
  /** The proxy of the environment, without its password. */
  readonly proxy?: string;
  readonly phases: TracePhases;
  readonly tls?: { readonly protocol: string; readonly cipher: string };
  /** Absent where the target was given as an address, or a proxy connects. */
  readonly share?: AddressShare;
}

/** An answer that is a trace. */
export interface TraceAnswerFacts extends AttemptFacts {
  readonly kind: 'trace';
  readonly http: HttpFacts;
  /** The CF-RAY of the answer. */
  readonly ray?: Pick<CfRay, 'id' | 'colo'>;
  /** Key → value. */
  readonly trace: Readonly<Record<string, string>>;
  /** The keys in the order of the answer. */
  readonly order: readonly string[];
  /** What came again under a key that was there before; absent: nothing. */
  readonly duplicates?: readonly { readonly key: string; readonly value: string }[];
  /** The answer was longer than what was read of it. */
  readonly truncated?: true;
}

/** An answer that is something else. */
export interface NotATraceFacts extends AttemptFacts {
  readonly kind: 'not-a-trace';
  readonly http: HttpFacts;
  readonly ray?: Pick<CfRay, 'id' | 'colo'>;
  /** What it is, by what it shows of itself. */
  readonly answer: 'challenge' | 'cloudflare-error' | 'captive-portal' | 'not-proxied' | 'other';
  /** What an error of Cloudflare says. */
  readonly error?: CloudflareError;
  /** How the body begins: at most 2000 characters of UTF-8, other bytes as U+FFFD. */
  readonly body: string;
  /** There was more than `body` holds. */
  readonly truncated?: true;
}

/** No whole answer. */
export interface FailedFacts extends AttemptFacts {
  readonly kind: 'failed';
  readonly failure: Failure;
  /** The head of the answer, where that came. */
  readonly http?: HttpFacts;
}

/** A host whose name gave no address. */
export interface NoAddressFacts extends UnresolvedFacts {
  readonly asked: TraceAsked;
}

export type TraceFacts = TraceAnswerFacts | NotATraceFacts | FailedFacts | NoAddressFacts;
