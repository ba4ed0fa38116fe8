import { statisticOf } from '../../decoders/listener-statistics.js';
import type { GroupFacts, ListenerFacts } from './facts.js';
import { certificateSeen, reachOfListener } from './reach-of-listener.js';

interface Member {
  readonly facts: ListenerFacts;
  readonly label: string;
}

/** What became of all listeners of a run. A label that is there twice counts as two. */
export function groupOf(members: readonly Member[], watched: boolean): GroupFacts {
  const those = (reach: string) =>
    members.flatMap(({ facts, label }) => (reachOfListener(facts) === reach ? [label] : []));
  const names = new Map<string, string[]>();
  const requests = new Map<string, number>();
  for (const { facts, label } of members) {
    const name = nameOf(facts);
    if (name !== undefined) names.set(name, [...(names.get(name) ?? []), label]);
    const count = requestsOf(facts, watched);
    if (count !== undefined) requests.set(label, count);
  }
  return {
    tried: members.length,
    dead: those('dead'),
    unknown: those('unknown'),
    names: Object.fromEntries(names),
    requests: Object.fromEntries(requests),
    watched,
  };
}

function nameOf(facts: ListenerFacts): string | undefined {
  const certificate = facts.kind === 'listener' ? certificateSeen(facts)?.certificate : undefined;
  return certificate?.state === 'read' ? certificate.railgunName : undefined;
}

function requestsOf(facts: ListenerFacts, watched: boolean): number | undefined {
  if (facts.kind !== 'listener' || facts.statistics.state !== 'read') return undefined;
  const { statistics, watched: change } = facts.statistics;
  if (!watched) return statisticOf(statistics, 'requests_completed') ?? statisticOf(statistics, 'requests_started');
  if (change?.state !== 'rates') return undefined;
  return change.rates.perSecond['requests_completed'] ?? change.rates.perSecond['requests_started'];
}
