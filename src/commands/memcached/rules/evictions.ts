import { numberOf } from '../../../decoders/memcached.js';
import { memcachedMemory } from '../../../knowledge/railgun-memcached.js';
import { grouped } from '../../../model/count.js';
import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';
import { rateText } from '../text.js';

/** Whether pages are thrown out for lack of room before their time. */
export const evictions: Rule<ServerFacts> = {
  id: 'memcached/evictions',
  means:
    'Pages were thrown out before they expired, because there was no room left: each of them cannot be compared again.',
  remedy: `Give memcached more memory (-m): ${memcachedMemory.text}.\nSee whether it goes on: --watch 10.`,
  cites: memcachedMemory.source,
  skips: ({ stats }) => (evictedOf(stats) === undefined ? 'the server does not say' : undefined),
  check({ stats, rates }) {
    const evicted = evictedOf(stats) ?? 0;
    const evidence = ['/stats/evictions'];
    if (evicted === 0) return { status: 'pass', says: 'nothing was evicted', evidence };
    const uptime = numberOf(stats['uptime']);
    const since = uptime === undefined ? '' : ` in ${durationText(uptime)}`;
    const says = `${grouped(evicted)} items evicted${since}`;
    const rate = rates?.perSecond['evictions'];
    if (rates === undefined || rate === undefined) return { status: 'warn', says, evidence, code: 'evictions' };
    const watched = [...evidence, '/rates'];
    if (rate === 0) {
      return { status: 'note', says: `${says}, none of them in the last ${rates.seconds} s`, evidence: watched };
    }
    return { status: 'warn', says: `${says}, now ${rateText(rate)}`, evidence: watched, code: 'evictions' };
  },
};

function evictedOf(stats: ServerFacts['stats']): number | undefined {
  return numberOf(stats['evictions']);
}
