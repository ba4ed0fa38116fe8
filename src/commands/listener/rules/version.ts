import { listenerStatisticOf } from '../../../knowledge/listener-statistics.js';
import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { statisticsOf } from '../seen-statistics.js';

const { version: known, deprecated } = listenerKnowledge;

/** What the names of the statistics say about the version: nothing else says it from outside. */
export const version: Rule<SeenFacts> = {
  id: 'listener/version',
  means: `Which version runs is not known. Railgun is deprecated since ${deprecated.date}.`,
  remedy: `Ask the program itself: ${known.command}`,
  cites: `${known.source}; ${deprecated.source}`,
  skips: ({ statistics }) => (statistics.state === 'read' ? undefined : 'there are no statistics'),
  check(facts) {
    const keys = Object.keys(statisticsOf(facts)?.values ?? {});
    const generations = keys.map((key) => listenerStatisticOf(key)?.generation);
    const evidence = ['/statistics/statistics/values'];
    if (generations.includes('recycler')) {
      return { status: 'pass', says: 'a version of 2014 or later, by its recycler_ statistics', evidence };
    }
    if (generations.includes('conveyor')) {
      const says = 'a version of 2013 or so, by its conveyor_ statistics';
      const remedy = `Compare with the newest, 5.3.3 of 2018: ${known.command}`;
      return { status: 'note', says, evidence, remedy };
    }
    return { status: 'note', says: 'the statistics do not show which version it is', evidence };
  },
};
