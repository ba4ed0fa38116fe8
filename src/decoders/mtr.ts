import { plainAddress, type Route, RouteRows } from './route-hops.js';

export interface MtrOptions {
  /** How many probes each hop was to get: versions before 0.87 do not print which they sent. */
  readonly queries: number;
  /** It did not get to its end: a probe that nothing followed may still be answered, and is not counted as lost. */
  readonly cut?: boolean;
}

/**
 * The lines that `mtr --raw` prints as things happen, so that those of a run that was ended early are as good: `x` (sent:
 * hop from 0, number of the probe), `h` (an address at a hop), `d` (its name), `p` (an answer: hop, microseconds, number of
 * the probe). It marks nothing: whatever a router answers, that the time is exceeded or that there is no way, is an answer.
 * A last line without its end is not read. Source: traviscross/mtr, ui/raw.c at v0.85 and v0.95.
 */
export function decodeMtr(text: string, { queries, cut = false }: MtrOptions): Route {
  const rows = new RouteRows();
  /** For each hop, the probes without an answer. */
  const open = new Map<number, Set<string>>();
  const addresses = new Map<number, Set<string>>();
  const names = new Map<number, string>();
  /** For each hop, the milliseconds of its answers. */
  const answers = new Map<number, number[]>();
  let isSaid = false;

  for (let at = 0; ; ) {
    const end = text.indexOf('\n', at);
    if (end < 0) break;
    const [kind, hop = '', value = '', probe] = text.slice(at, end).trim().split(' ', 4);
    at = end + 1;
    if (!/^\d{1,3}$/.test(hop)) continue;
    const ttl = Number(hop) + 1;
    switch (kind) {
      case 'x': {
        isSaid = true;
        const waiting = open.get(ttl) ?? new Set();
        open.set(ttl, waiting.add(value));
        rows.sent(ttl);
        break;
      }
      case 'h': {
        const address = plainAddress(value);
        if (address === undefined) break;
        const known = addresses.get(ttl) ?? new Set();
        addresses.set(ttl, known.add(address));
        rows.host(ttl, address);
        break;
      }
      case 'd':
        names.set(ttl, value);
        break;
      case 'p': {
        if (!/^\d{1,12}$/.test(value)) break;
        // Of an answer that comes twice, the second one is nobody's.
        if (probe !== undefined && open.get(ttl)?.delete(probe) !== true) break;
        const before = answers.get(ttl);
        if (before === undefined) answers.set(ttl, [Number(value) / 1000]);
        else before.push(Number(value) / 1000);
        break;
      }
    }
  }
  for (const [ttl, times] of answers) {
    // Of a hop with several addresses it is not said whose an answer is.
    const address = aloneAt(addresses.get(ttl));
    for (const ms of times) rows.answer(ttl, ms, address);
  }
  for (const [ttl, name] of names) {
    const address = aloneAt(addresses.get(ttl));
    if (address !== undefined) rows.host(ttl, address, name);
  }
  if (cut) for (const [ttl, waiting] of open) rows.sent(ttl, -pendingOf(waiting));
  const last = isSaid ? 0 : Math.max(0, ...answers.keys());
  for (let ttl = 1; ttl <= last; ttl += 1) rows.sent(ttl, queries);
  return { hops: rows.hops().filter(({ sent }) => sent > 0) };
}

/** The address of a hop that has no other. */
function aloneAt(addresses: ReadonlySet<string> | undefined): string | undefined {
  return addresses?.size === 1 ? [...addresses][0] : undefined;
}

/** A hop has one probe under way at a time: of those without an answer the last one may still get it. */
function pendingOf(waiting: ReadonlySet<string>): number {
  return Math.min(waiting.size, 1);
}
