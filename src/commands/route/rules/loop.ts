import type { Rule } from '../../../model/rule.js';
import type { WayFacts } from '../facts.js';
import { loopRemedy } from './reached.js';

export const loop: Rule<WayFacts> = {
  id: 'route/loop',
  means: 'Routers pass the packets on to each other until these are too old to live: none arrives.',
  remedy: loopRemedy,
  cites: '',
  check({ loop: found, hops }) {
    if (found === undefined) return { status: 'pass', says: 'no router comes again and again', evidence: ['/hops'] };
    const says = `the probes go in circles: ${[...found, found[0]].join(' → ')}`;
    return { status: 'fail', says, evidence: ['/loop', `/hops/${hops.length - 1}`], code: 'routing-loop' };
  },
};
