import { addressBytes, addressText } from './ip-address.js';

/** Round trips in milliseconds. */
export interface RouteTimes {
  /** How many answers they are of. */
  readonly received: number;
  readonly bestMs: number;
  readonly avgMs: number;
  readonly worstMs: number;
}

/** An address that answered at a hop. */
export interface RouteHost {
  /** IPv6 as RFC 5952 wants it. */
  readonly address: string;
  /** As it was looked up, where it was. */
  readonly name?: string;
  /** Of its own answers; absent where the program does not say whose answer it was. */
  readonly times?: RouteTimes;
}

/** What is known of one distance from here. */
export interface RouteHop {
  /** How many routers a probe may pass, from 1. */
  readonly ttl: number;
  /** Who answered, in the order in which they first did; nobody: the probes were lost, or nobody tells. */
  readonly hosts: readonly RouteHost[];
  readonly sent: number;
  /** At most `sent`. */
  readonly received: number;
  /** 0 is none, 1 is all. */
  readonly loss: number;
  /** Of all its answers; absent where there are none. */
  readonly times?: RouteTimes;
  /** What a program wrote behind an answer, once each: `!H`, `!X`, `!13`. */
  readonly marks: readonly string[];
}

/** A route as one of the programs printed it, as far as it did. */
export interface Route {
  /** By distance; a distance of which nothing was printed is not there. */
  readonly hops: readonly RouteHop[];
  /** The largest packet that passes, in bytes, where the program found it out. */
  readonly pmtu?: number;
}

/** A hop farther away than this is none: it is all that a packet has room for. */
const farthest = 255;

interface Row {
  sent: number;
  received: number;
  readonly hosts: Map<string, { name?: string; readonly times: Tally }>;
  readonly times: Tally;
  readonly marks: Set<string>;
}

/** Collects what a program prints of a route, in whatever order it does. */
export class RouteRows {
  readonly #rows = new Map<number, Row>();

  /** A probe was sent. A distance that no packet can go is ignored. */
  sent(ttl: number, count = 1): void {
    const row = this.#row(ttl);
    if (row !== undefined) row.sent += count;
  }

  /** An address is at this hop, whether or not its answers can be told from those of others. */
  host(ttl: number, address: string, name?: string): void {
    const row = this.#row(ttl);
    if (row === undefined) return;
    const known = row.hosts.get(address) ?? { times: new Tally() };
    if (name !== undefined && name !== '' && name !== address) known.name = name;
    row.hosts.set(address, known);
  }

  /** An answer came, after so many milliseconds where it was timed, from the address where that is known. */
  answer(ttl: number, ms: number | undefined, address?: string): void {
    const row = this.#row(ttl);
    if (row === undefined) return;
    row.received += 1;
    if (address !== undefined) this.host(ttl, address);
    if (ms === undefined || !Number.isFinite(ms)) return;
    row.times.add(ms);
    if (address !== undefined) row.hosts.get(address)?.times.add(ms);
  }

  mark(ttl: number, mark: string): void {
    this.#row(ttl)?.marks.add(mark);
  }

  hops(): RouteHop[] {
    return [...this.#rows.entries()]
      .sort(([a], [b]) => a - b)
      .map(([ttl, row]): RouteHop => {
        const sent = Math.max(row.sent, row.received);
        const loss = sent === 0 ? 0 : Number(((sent - row.received) / sent).toFixed(6));
        const times = row.times.summary();
        const hosts = [...row.hosts].map(([address, { name, times: own }]): RouteHost => {
          const summary = own.summary();
          return { address, ...(name !== undefined && { name }), ...(summary && { times: summary }) };
        });
        const marks = [...row.marks];
        return { ttl, hosts, sent, received: row.received, loss, ...(times && { times }), marks };
      });
  }

  #row(ttl: number): Row | undefined {
    if (!Number.isInteger(ttl) || ttl < 1 || ttl > farthest) return undefined;
    let row = this.#rows.get(ttl);
    if (row === undefined) {
      row = { sent: 0, received: 0, hosts: new Map(), times: new Tally(), marks: new Set() };
      this.#rows.set(ttl, row);
    }
    return row;
  }
}

class Tally {
  #count = 0;
  #sum = 0;
  #best = Number.POSITIVE_INFINITY;
  #worst = 0;

  add(ms: number): void {
    this.#count += 1;
    this.#sum += ms;
    this.#best = Math.min(this.#best, ms);
    this.#worst = Math.max(this.#worst, ms);
  }

  summary(): RouteTimes | undefined {
    if (this.#count === 0) return undefined;
    const avgMs = Number((this.#sum / this.#count).toFixed(3));
    return { received: this.#count, bestMs: this.#best, avgMs, worstMs: this.#worst };
  }
}

/** An address in the one spelling in which it can be compared; nothing for what is none. */
export function plainAddress(text: string): string | undefined {
  const bytes = addressBytes(text);
  return bytes === undefined ? undefined : addressText(bytes);
}
