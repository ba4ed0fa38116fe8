import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';
import { percentText } from '../text.js';

/** Below this part of hits memcached is of little use. */
const poor = 0.5;

/** How often what was asked for was there. */
export const hitRatio: Rule<ServerFacts> = {
  id: 'memcached/hit-ratio',
  means: 'Most of what is asked for is not there (any more). After a start that is normal for a while.',
  remedy:
    'See whether it stays like this: --watch 10.\nGive memcached more memory if it evicts.\nRaise memcached.expiration in railgun.conf if pages expire before they are asked for again.',
  cites: '',
  skips: (facts) => (facts.hitRatio === undefined ? 'nothing was ever asked for' : undefined),
  check(facts) {
    const { hitRatio: ratio = 0, rates } = facts;
    const now = rates?.hitRatio === undefined ? '' : `, ${percentText(rates.hitRatio)} in the last ${rates.seconds} s`;
    const says = `${percentText(ratio)} of the gets were hits${now}`;
    const isPoor = (rates?.hitRatio ?? ratio) < poor;
    return { status: isPoor ? 'note' : 'pass', says, evidence: ['/hitRatio', '/stats'] };
  },
};
