import { stopOf } from '../../io/deadline.js';
import type { Destination } from '../../model/network.js';
import type { MeasureContext } from '../command.js';
import type { ListenerAsked, SeenFacts, StatisticsPlace } from './facts.js';
import { askForStatistics } from './statistics.js';
import { knock } from './wan.js';

interface HostAsked {
  readonly to: Extract<Destination, { kind: 'ip' }>;
  readonly stats?: StatisticsPlace;
}

/** One look at a listener somewhere: what answers on its WAN port, and its statistics where it was said where they are. */
export async function lookAtHost(
  { to, stats }: HostAsked,
  asked: ListenerAsked,
  { signal, now }: MeasureContext,
): Promise<SeenFacts> {
  const limits = { seconds: asked.readTimeout, signal };
  const [attempt, statistics] = await Promise.all([
    knock(to, true, asked, now, limits),
    stats === undefined
      ? ({ state: 'skipped', why: 'not-asked' } as const)
      : askForStatistics({ port: stats.port, hosts: [stats.host ?? to.address] }, asked, now, limits),
  ]);
  const stopped = stopOf(signal);
  return {
    kind: 'listener',
    asked,
    observedAt: new Date(now()).toISOString(),
    wan: { port: to.port, tls: true, attempts: [attempt] },
    statistics,
    ...(stopped && { stopped }),
  };
}
