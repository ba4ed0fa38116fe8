import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { listed } from '../text.js';

/** Whether every listener has something to do where others have. */
export const sharedLoad: Rule<SeenFacts> = {
  id: 'listener/shared-load',
  means: 'The balancer does not send requests to every listener: those that have none are of no use.',
  remedy:
    'See whether the balancer has it in its list, and takes it for healthy.\nCloudflare keeps connections open: after a listener was added, it takes a while until it has its share.',
  cites: listenerKnowledge.balancer.source,
  skips: ({ group }) =>
    group === undefined
      ? 'there is one listener only'
      : Object.keys(group.requests).length < 2
        ? 'fewer than two listeners say how many requests they have'
        : undefined,
  check({ group }) {
    const { requests, watched } = group ?? { requests: {}, watched: false };
    const rows = Object.entries(requests);
    const idle = rows.flatMap(([label, count]) => (count === 0 ? [label] : []));
    const evidence = ['/group/requests'];
    const when = watched ? 'since the last look' : 'since it began';
    if (idle.length === 0) return { status: 'pass', says: `all ${rows.length} listeners have requests`, evidence };
    if (idle.length === rows.length) {
      return { status: 'note', says: `no listener had requests ${when}`, evidence, remedy: '' };
    }
    const says = `no requests ${when}, while others have them: ${listed(idle)}`;
    return { status: 'warn', says, evidence, code: 'listener-idle' };
  },
};
