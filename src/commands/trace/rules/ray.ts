import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { TraceAnswerFacts } from '../facts.js';

export const ray: Rule<TraceAnswerFacts> = {
  id: 'trace/ray',
  means: 'The trace cannot be tied to one request at Cloudflare: something on the way may have changed the answer.',
  remedy: 'Ask without a proxy or gateway in between, or give support the time (UTC) and your address instead.',
  cites: sources.rayId,
  check({ ray: found, trace, http }) {
    if (found === undefined) {
      const raw = http.headers['cf-ray'];
      const says = raw === undefined ? 'the answer has no CF-RAY' : `CF-RAY is not a ray id: ${raw}`;
      return { status: 'note', says, evidence: ['/http/headers'] };
    }
    const evidence = ['/ray', '/trace/colo'];
    if (found.colo !== undefined && found.colo !== trace['colo']) {
      const says = `CF-RAY names the data centre ${found.colo}, the trace ${trace['colo']}`;
      return { status: 'note', says, evidence };
    }
    return { status: 'pass', says: `the ray id is ${http.headers['cf-ray']}`, evidence };
  },
};
