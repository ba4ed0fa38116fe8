import { statisticsChange } from '../../decoders/listener-statistics-rates.js';
import { stopOf } from '../../io/deadline.js';
import { pause } from '../../io/pause.js';
import { resolve } from '../../io/resolve.js';
import { addressLabel, shareOf } from '../../model/reach.js';
import type { MeasureContext, Observation } from '../command.js';
import type { ListenerAsked, ListenerFacts, ListenerPlace, ListenerTarget, SeenFacts, Watched } from './facts.js';
import { groupOf } from './group.js';
import { lookAtConfig } from './look-at-config.js';
import { lookAtHost } from './look-at-host.js';
import { reachOfListener } from './reach-of-listener.js';

/** What was seen of all listeners, again and again where that is asked for: one observation for each, and for each of its addresses. */
export async function* measure(
  { places }: ListenerTarget,
  asked: ListenerAsked,
  context: MeasureContext,
): AsyncIterable<Observation<ListenerFacts>> {
  const { signal } = context;
  const before = new Map<string, Seen>();
  for (let looks = 1; ; looks++) {
    const began = performance.now();
    context.progress(places.length === 1 ? `looking at ${places[0]?.text}` : `looking at ${places.length} listeners`);
    const looked = (await Promise.all(places.map((place) => lookAt(place, asked, context)))).flat();
    // Watching that is stopped half way through a look has said what it saw in those before.
    if (looks > 1 && signal.aborted) return;
    const watched =
      asked.watch === undefined
        ? looked
        : looked.map((observation) => ({ ...observation, ...since(before, observation) }));
    const group = places.length > 1 ? groupOf(watched, asked.watch !== undefined) : undefined;
    for (const { facts, label, startedAt } of watched) {
      yield { facts: facts.kind === 'listener' && group !== undefined ? { ...facts, group } : facts, label, startedAt };
    }
    if (asked.watch === undefined || looks === asked.count) return;
    await pause(asked.watch * 1000 - (performance.now() - began), signal);
    if (signal.aborted) return;
  }
}

interface Seen {
  readonly facts: Extract<SeenFacts['statistics'], { state: 'read' }>;
  /** Time of the monotonic clock, milliseconds. */
  readonly at: number;
  /** Intervals in a row up to this look in which requests were begun and none was finished. */
  readonly stuck: number;
}

/** What one look at one listener gave: all that a report needs, and when. */
export interface Looked<Facts = ListenerFacts> {
  readonly facts: Facts;
  readonly label: string;
  readonly startedAt: number;
}

async function lookAt(place: ListenerPlace, asked: ListenerAsked, context: MeasureContext): Promise<Looked[]> {
  const startedAt = performance.now();
  const { text } = place;
  if (place.kind === 'config') {
    const facts = await context.turn(() => lookAtConfig(place, asked, context));
    return [{ facts, label: text, startedAt }];
  }
  const { host, port } = place;
  const { network } = asked;
  const resolved = await resolve(host, port, network, context.signal);
  if (!resolved.ok) {
    const stopped = stopOf(context.signal);
    const facts = { kind: 'unresolved', asked, host, failure: resolved.failure, ...(stopped && { stopped }) } as const;
    return [{ facts, label: text, startedAt }];
  }
  const all = await Promise.all(
    resolved.value.destinations.map(async (to) => {
      const facts = await context.turn(() =>
        lookAtHost({ to, ...(place.stats && { stats: place.stats }) }, asked, context),
      );
      return { facts, address: to.address };
    }),
  );
  const seen = all.map(({ address, facts }) => ({ address, reach: reachOfListener(facts) }));
  const share = shareOf({ host, network, seen });
  return all.map(({ address, facts }) => ({
    facts: { ...facts, ...share },
    label: addressLabel(text, host, address),
    startedAt,
  }));
}

/** The facts with what the statistics did since the last look that had others. */
function since(before: Map<string, Seen>, { facts, label }: Looked): Pick<Looked, 'facts'> {
  if (facts.kind !== 'listener' || facts.statistics.state !== 'read') return { facts };
  const { statistics } = facts;
  const at = performance.now();
  const last = before.get(label);
  const watched: Watched = last
    ? statisticsChange(last.facts.statistics, statistics.statistics, (at - last.at) / 1000)
    : { state: 'first' };
  const stuck = isStuck(watched) ? (last?.stuck ?? 0) + 1 : 0;
  // Numbers that did not change are as old as those that they are equal to.
  if (watched.state !== 'unchanged') before.set(label, { facts: statistics, at, stuck });
  return { facts: { ...facts, statistics: { ...statistics, watched, ...(stuck > 0 && { stuckIntervals: stuck }) } } };
}

function isStuck(watched: Watched): boolean {
  if (watched.state !== 'rates') return false;
  const { requests_started: started = 0, requests_completed: completed } = watched.rates.perSecond;
  return started > 0 && completed === 0;
}
