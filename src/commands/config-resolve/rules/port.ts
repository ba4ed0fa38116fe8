import { sources } from '../../../knowledge/sources.js';
import { bracketed } from '../../../model/endpoint.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { placeOf, wayText } from '../text.js';

/** Whether the port that visitors ask for is the one that is connected to. */
export const port: Rule<DestinationFacts> = {
  id: 'config-resolve/port',
  means:
    'Without a line that names a port on both sides, rg-listener sends a request for a port that is not usual to 80 or 443.',
  remedy: '',
  cites: sources.railgunProblems,
  check(facts) {
    const { portLost, way, host, steps } = facts;
    if (portLost === undefined) {
      return { status: 'pass', says: `port ${way.port} is used, as it should be`, evidence: ['/port', '/way/port'] };
    }
    const { decidedBy } = way;
    const target = way.host === undefined ? 'ADDRESS' : bracketed(way.host);
    const wanted = `${bracketed(host)}:${portLost} = ${target}:${portLost}`;
    const isHalf = steps[0]?.taken === true && decidedBy !== 'CF-ORIGIN-IP';
    const says = isHalf
      ? `port ${portLost} was asked for; line ${decidedBy.line} names it for the host and no port for its target, which is taken to be ${way.port}`
      : `port ${portLost} was asked for, and ${wayText(way)} is connected to: no line names the port`;
    const step = isHalf ? `Give the target its port: ${wanted}` : `Add a line for the port to the map: ${wanted}`;
    return {
      status: 'warn',
      says,
      evidence: ['/portLost', '/way'],
      code: 'missing-setting',
      remedy: `${step}\nSend rg-listener a SIGHUP, or restart it.`,
      ...(isHalf && placeOf(decidedBy)),
    };
  },
};
