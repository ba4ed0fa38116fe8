import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { listed } from '../text.js';

/** Whether all listeners answer. */
export const balancer: Rule<SeenFacts> = {
  id: 'listener/balancer',
  means:
    'A load balancer that does not notice keeps sending its share of the connections to a listener that does not answer.',
  remedy: `Start the listeners that do not answer, or take them out of the balancer.\nHave the balancer check the TCP port that each has for wan.port (${listenerKnowledge.port.number} where it is not set), by connecting only.`,
  cites: listenerKnowledge.healthCheck.source,
  skips: ({ group }) => (group === undefined ? 'there is one listener only' : undefined),
  check({ group }) {
    const { tried, dead, unknown } = group ?? { tried: 0, dead: [], unknown: [] };
    const evidence = ['/group'];
    if (dead.length === tried) return { status: 'note', says: `none of the ${tried} listeners answers`, evidence };
    if (dead.length > 0) {
      const says = `${dead.length} of ${tried} listeners behind the balancer ${dead.length === 1 ? 'does' : 'do'} not answer: ${listed(dead)}`;
      return { status: 'warn', says, evidence, code: 'listeners-down' };
    }
    if (unknown.length > 0) {
      const says = `${tried - unknown.length} of ${tried} listeners answer; nothing is known of ${listed(unknown)}`;
      return { status: 'note', says, evidence, remedy: '' };
    }
    return { status: 'pass', says: `all ${tried} listeners answer`, evidence };
  },
};
