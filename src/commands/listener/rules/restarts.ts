import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { toRates, watchedOf } from '../seen-statistics.js';
import { listed } from '../text.js';

/** Whether rg-listener ran on between two looks. */
export const restarts: Rule<SeenFacts> = {
  id: 'listener/restarts',
  means: 'Its counters went back, so it began anew: all connections from Cloudflare were lost.',
  remedy: 'See why: its panic log, and the log of the system around that time.',
  cites: listenerKnowledge.statistics.source,
  skips: (facts) => {
    const state = watchedOf(facts)?.state;
    if (state === undefined || state === 'first') return 'one look does not show it: --watch does';
    return state === 'unchanged' ? 'the numbers were not made anew since the last look' : undefined;
  },
  check(facts) {
    const watched = watchedOf(facts);
    const evidence = [toRates];
    if (watched?.state !== 'restarted') return { status: 'pass', says: 'it ran on since the last look', evidence };
    const says = `it began anew since the last look: ${listed(watched.counters)} went back`;
    return { status: 'warn', says, evidence, code: 'restarted' };
  },
};
