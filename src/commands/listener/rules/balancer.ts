import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts, WanFacts } from '../facts.js';
import { listed } from '../text.js';

function remedyOf({ port }: Pick<WanFacts, 'port'>): string {
  return `Start the listeners that do not answer, or take them out of the balancer.\nHave the balancer check the TCP port of each (${port} of this one), by connecting only.`;
}

/** Whether all listeners answer. */
export const balancer: Rule<SeenFacts> = {
  id: 'listener/balancer',
  means:
    'A load balancer that does not notice keeps sending its share of the connections to a listener that does not answer.',
  remedy: remedyOf({ port: listenerKnowledge.port.number }),
  cites: listenerKnowledge.healthCheck.source,
  skips: ({ group }) => (group === undefined ? 'there is one listener only' : undefined),
  check({ group, wan }) {
    const { tried, dead, unknown } = group ?? { tried: 0, dead: [], unknown: [] };
    const evidence = ['/group'];
    if (dead.length === tried) {
      const says = `none of the ${tried} listeners answers`;
      const remedy = `Look for one cause first: the way to all of them, the balancer, or a change that was made to all.\nThen start them; on the machine of each: ${listenerKnowledge.service.start}`;
      return { status: 'fail', says, evidence, remedy, code: 'listeners-down' };
    }
    if (dead.length > 0) {
      const says = `${dead.length} of ${tried} listeners behind the balancer ${dead.length === 1 ? 'does' : 'do'} not answer: ${listed(dead)}`;
      return { status: 'warn', says, evidence, remedy: remedyOf(wan), code: 'listeners-down' };
    }
    if (unknown.length > 0) {
      const says = `${tried - unknown.length} of ${tried} listeners answer; nothing is known of ${listed(unknown)}`;
      return { status: 'note', says, evidence, remedy: '' };
    }
    return { status: 'pass', says: `all ${tried} listeners answer`, evidence };
  },
};
