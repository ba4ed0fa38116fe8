import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { listed } from '../text.js';

/** Whether all listeners are activated as the same Railgun. */
export const alike: Rule<SeenFacts> = {
  id: 'listener/alike',
  means:
    'Listeners behind one balancer are to be activated with one token. Different names show different Railguns, as far as can be inferred.',
  remedy: 'Give all of them the same activation.token, and restart them.',
  cites: listenerKnowledge.balancer.source,
  skips: ({ group }) =>
    group === undefined
      ? 'there is one listener only'
      : Object.values(group.names).flat().length < 2
        ? 'fewer than two listeners show a name'
        : undefined,
  check({ group }) {
    const names = Object.entries(group?.names ?? {});
    const evidence = ['/group/names'];
    if (names.length === 1) return { status: 'pass', says: `all show ${names[0]?.[0]}`, evidence };
    const says = `${names.length} different names: ${listed(names.map(([name, who]) => `${name} at ${listed(who)}`))}`;
    return { status: 'warn', says, evidence, code: 'listeners-differ' };
  },
};
