import type { RouteHop, RouteHost } from '../../decoders/route-hops.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare, UnresolvedFacts } from '../../model/reach.js';
import type { StoppableFacts } from '../../model/stop.js';

export type Tool = 'mtr' | 'traceroute' | 'tracepath';
export type Protocol = 'tcp' | 'icmp' | 'udp';

/** What the user asked of every target. */
export interface RouteAsked extends AskedOfNetworkCommand {
  /** `auto`: TCP where that can be done, else what can. */
  readonly protocol: Protocol | 'auto';
  /** The only program to use; absent: the first that does it. */
  readonly tool?: Tool;
  readonly maxHops: number;
  /** Probes for each hop. */
  readonly queries: number;
  /** Names of the hops are looked up. */
  readonly names?: true;
}

export interface RouteTarget {
  readonly label: string;
  readonly host: string;
  readonly port: number;
}

/** A way that was tried before, or instead. */
export interface TriedWay {
  readonly tool: Tool;
  readonly protocol: Protocol;
  readonly failure: Failure;
}

/** The program that was used. */
export interface ToolFacts {
  readonly name: Tool;
  /** Absolute. */
  readonly path: string;
  /** The first line of what it says about itself, where it does. */
  readonly version?: string;
}

export interface HostFacts extends RouteHost {
  /** The address is in the ranges that Cloudflare publishes. */
  readonly cloudflare?: true;
}

export interface HopFacts extends RouteHop {
  readonly hosts: readonly HostFacts[];
}

/** What is known of every address. */
interface AddressFacts extends StoppableFacts {
  readonly asked: RouteAsked;
  readonly host: string;
  readonly port: number;
  readonly address: string;
  /** The address is in the ranges that Cloudflare publishes. */
  readonly cloudflare?: true;
  /** Absent where the target was given as an address. */
  readonly share?: AddressShare;
}

/** What a program saw of the way to one address. */
export interface WayFacts extends AddressFacts {
  readonly kind: 'route';
  readonly tool: ToolFacts;
  /** What the probes were. */
  readonly protocol: Protocol;
  /** The program and its arguments, as it was run. */
  readonly command: readonly string[];
  /** What was tried before it, and why that was given up. */
  readonly tried: readonly TriedWay[];
  /** Without what lies behind the end of the route. */
  readonly hops: readonly HopFacts[];
  /** Whether the destination itself answered. */
  readonly reached: boolean;
  /** The router that answered every probe that should have gone beyond it; only where the destination was not reached. */
  readonly turnedBackBy?: string;
  /** The addresses that pass the probes to each other again and again. */
  readonly loop?: readonly string[];
  /** The largest packet that passes, in bytes, where the program found it out. */
  readonly pmtu?: number;
  /** Why the program did not get to its end; absent: it did. */
  readonly cut?: Failure;
  readonly ms: number;
  /** What it printed, at most 65536 characters of it. */
  readonly output: string;
}

/** Nothing was seen of the way: no program could look, or this machine has no route. */
export interface FailedFacts extends AddressFacts {
  readonly kind: 'failed';
  readonly failure: Failure;
  readonly tried: readonly TriedWay[];
}

/** A host whose name gave no address. */
export interface NoAddressFacts extends UnresolvedFacts {
  readonly asked: RouteAsked;
}

export type RouteFacts = WayFacts | FailedFacts | NoAddressFacts;
