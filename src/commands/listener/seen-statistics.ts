import { type ListenerStatistics, statisticOf } from '../../decoders/listener-statistics.js';
import type { StatisticsRates } from '../../decoders/listener-statistics-rates.js';
import type { SeenFacts, Watched } from './facts.js';

type Facts = Pick<SeenFacts, 'statistics'>;

/** The statistics, where they could be read. */
export function statisticsOf({ statistics }: Facts): ListenerStatistics | undefined {
  return statistics.state === 'read' ? statistics.statistics : undefined;
}

/** One number of them. */
export function numberOf(facts: Facts, key: string): number | undefined {
  const statistics = statisticsOf(facts);
  return statistics === undefined ? undefined : statisticOf(statistics, key);
}

/** What happened since a look before, where there was one. */
export function watchedOf({ statistics }: Facts): Watched | undefined {
  return statistics.state === 'read' ? statistics.watched : undefined;
}

/** The rates since a look before, where there are any. */
export function ratesOf(facts: Facts): StatisticsRates | undefined {
  const watched = watchedOf(facts);
  return watched?.state === 'rates' ? watched.rates : undefined;
}

/** Why a rule about one number has nothing to look at; nothing where it has. */
export function missing(facts: Facts, key: string): string | undefined {
  const { statistics } = facts;
  if (statistics.state !== 'read') return 'there are no statistics';
  return numberOf(facts, key) === undefined ? `the statistics have no ${key}` : undefined;
}

/** Why a rule about rates has nothing to look at; nothing where it has. */
export function withoutRates(facts: Facts): string | undefined {
  if (facts.statistics.state !== 'read') return 'there are no statistics';
  const watched = watchedOf(facts);
  if (watched === undefined) return 'one look does not show it: --watch does';
  if (watched.state === 'rates') return undefined;
  if (watched.state === 'restarted') return 'rg-listener began anew since the last look';
  return watched.state === 'unchanged'
    ? 'the numbers were not made anew since the last look'
    : 'this is the first look';
}

/** The pointer to one statistic. */
export function pointerTo(key: string): string {
  return `/statistics/statistics/values/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export const toRates = '/statistics/watched';
