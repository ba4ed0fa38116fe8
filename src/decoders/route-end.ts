import { plainAddress, type RouteHop } from './route-hops.js';

/** How a route ended. */
export interface RouteEnd {
  /** Without what was printed beyond its end. */
  readonly hops: readonly RouteHop[];
  /** The distance at which the destination itself answered; absent: it did not. */
  readonly reachedAt?: number;
  /** The router that answered every probe beyond its own distance, and so let none of them pass. */
  readonly turnedBackBy?: string;
  /** The addresses that pass the probes on to each other again and again. */
  readonly loop?: readonly string[];
}

/** How often an address has to come again for it to be a loop: a route that changes while it is looked at comes back once. */
const visits = 3;

/**
 * What became of the probes: hops behind the destination are left out, and so is all that a router answered in the place
 * of what lies behind it. Cost is linear in the hops.
 */
export function routeEnd(hops: readonly RouteHop[], destination: string): RouteEnd {
  const wanted = plainAddress(destination) ?? destination;
  const at = hops.findIndex(({ hosts }) => hosts.some(({ address }) => address === wanted));
  const reached = hops[at];
  if (reached !== undefined) return { hops: hops.slice(0, at + 1), reachedAt: reached.ttl };
  const loop = loopOf(hops);
  if (loop !== undefined) return { hops, loop };
  const first = lastRun(hops);
  const router = hops[first]?.hosts[0]?.address;
  // Once at its own distance and once behind it: a route of two hops may end like that in silence, three do not.
  if (router === undefined || hops.slice(first).filter(hasAnswer).length < visits) return { hops };
  return { hops: hops.slice(0, first + 2), turnedBackBy: router };
}

function hasAnswer({ hosts }: RouteHop): boolean {
  return hosts.length > 0;
}

/** The index from which on one address alone answered; that of no hop where there is none. */
function lastRun(hops: readonly RouteHop[]): number {
  let first = hops.length;
  let alone: string | undefined;
  for (let index = hops.length - 1; index >= 0; index -= 1) {
    const { hosts = [] } = hops[index] ?? {};
    if (hosts.length === 0) continue;
    const address = hosts[0]?.address;
    if (hosts.length > 1 || (alone !== undefined && address !== alone)) break;
    alone = address;
    first = index;
  }
  return first;
}

/** The addresses of a loop: one that comes again, after another one answered in between, at three distances at least. */
function loopOf(hops: readonly RouteHop[]): readonly string[] | undefined {
  const seen = new Map<string, { count: number; last: number }>();
  let step = 0;
  let before: string | undefined;
  const order: string[] = [];
  for (const { hosts } of hops) {
    const address = hosts[0]?.address;
    if (address === undefined || address === before) continue;
    before = address;
    step += 1;
    order.push(address);
    const known = seen.get(address);
    if (known === undefined) seen.set(address, { count: 1, last: step });
    else {
      known.count += 1;
      if (known.count >= visits) return [...new Set(order.slice(known.last - 1, step))];
      known.last = step;
    }
  }
  return undefined;
}
