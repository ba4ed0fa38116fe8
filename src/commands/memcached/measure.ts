import { stopOf } from '../../io/deadline.js';
import { resolve } from '../../io/resolve.js';
import { addressLabel, type Reach, reachOf, shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import type { Place } from './dial.js';
import type { FailedFacts, MemcachedAsked, MemcachedFacts, MemcachedTarget, ServerFacts } from './facts.js';
import { failed, look } from './look.js';
import { prepare } from './preparation.js';
import { ratesOf } from './rates.js';

/** The port of a server that names none. */
const memcachedPort = 11211;

/** What was seen of a server: one observation for each of its addresses, again and again where that is asked for. */
export async function* measure(
  target: MemcachedTarget,
  asked: MemcachedAsked,
  context: MeasureContext,
): AsyncIterable<Observation<MemcachedFacts>> {
  const { signal } = context;
  let before = new Map<string, Seen>();
  for (let looks = 1; ; looks++) {
    const began = performance.now();
    const observations = await lookAtAll(target, asked, context);
    // Watching that is stopped half way through a look has said what it saw in those before.
    if (looks > 1 && signal.aborted) return;
    const now = new Map<string, Seen>();
    for (const observation of observations) {
      const { facts, seenAt } = observation;
      if (facts.kind !== 'server') {
        yield observation;
        continue;
      }
      now.set(facts.address, { facts, at: seenAt });
      const last = before.get(facts.address);
      const rates = last && ratesOf(last.facts.stats, facts.stats, (seenAt - last.at) / 1000);
      yield { ...observation, facts: { ...facts, ...(rates && { rates }) } };
    }
    before = now;
    if (asked.watch === undefined || looks === asked.count) return;
    await pause(asked.watch * 1000 - (performance.now() - began), signal);
    if (signal.aborted) return;
  }
}

interface Seen {
  readonly facts: ServerFacts;
  /** Time of the monotonic clock, milliseconds. */
  readonly at: number;
}

type Looked = Observation<MemcachedFacts> & { readonly seenAt: number };

/** One look at every address of the server. */
async function lookAtAll(
  { text, endpoint }: MemcachedTarget,
  asked: MemcachedAsked,
  context: MeasureContext,
): Promise<Looked[]> {
  const startedAt = performance.now();
  const { signal } = context;
  if (endpoint.kind === 'unix') {
    const looked = await lookAt({ to: endpoint }, asked, context);
    return [looked];
  }
  const { host, port = memcachedPort } = endpoint;
  const resolved = await resolve(host, port, asked.network, signal);
  if (!resolved.ok) {
    const stopped = stopOf(signal);
    const facts = { kind: 'unresolved', asked, host, failure: resolved.failure, ...(stopped && { stopped }) } as const;
    return [{ facts, startedAt, seenAt: performance.now() }];
  }
  const { network } = asked;
  const all = await Promise.all(
    resolved.value.destinations.map(async (to) => {
      const looked = await context.turn(() => lookAt({ to, host }, asked, context));
      return { ...looked, address: to.address };
    }),
  );
  const seen = all.map(({ address, facts }) => {
    const reach: Reach = facts.kind === 'server' ? 'works' : reachOf(facts.failure);
    return { address, reach };
  });
  const share = shareOf({ host, network, seen });
  return all.map(({ address, facts, ...looked }) => ({
    ...looked,
    label: addressLabel(text, host, address),
    facts: { ...facts, ...share },
  }));
}

type LookedAt = Omit<Looked, 'facts'> & { readonly facts: ServerFacts | FailedFacts };

async function lookAt(place: Place, asked: MemcachedAsked, { signal }: MeasureContext): Promise<LookedAt> {
  const startedAt = performance.now();
  const preparation = await prepare(asked, signal);
  const facts =
    'code' in preparation ? failed(place, asked, preparation, signal) : await look(place, asked, preparation, signal);
  return { facts, startedAt, seenAt: performance.now() };
}

/** Waits, or until the run ends. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(milliseconds, 0));
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
