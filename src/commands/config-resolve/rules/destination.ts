import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { decidedText, requestText, wayText } from '../text.js';

/** Where it goes, and by what. */
export const destination: Rule<DestinationFacts> = {
  id: 'config-resolve/destination',
  means:
    'Without a line in the map rg-listener sends requests to the address that Cloudflare hands over, which is the one in its DNS.',
  remedy: 'Name that address, so that it is judged too: --origin-ip ADDR.',
  cites: `${sources.railgunProblems}; ${sources.railgunBalancers}`,
  check(facts) {
    const { way, spoken, listener, host } = facts;
    const request = requestText(facts);
    const over = `over ${spoken.toUpperCase()}`;
    if (way.decidedBy !== 'CF-ORIGIN-IP') {
      const says = `${request} goes to ${wayText(way)} ${over}, by ${decidedText(way.decidedBy)}: ${way.decidedBy.text}`;
      // Without a place, which would put it behind all that passed too.
      return { status: 'pass', says, evidence: ['/way'] };
    }
    const why =
      listener.mapFile === undefined
        ? 'there is no map'
        : `the map has no line for ${host} that can be used, and no default`;
    if (way.host !== undefined) {
      return {
        status: 'pass',
        says: `${request} goes to ${wayText(way)} ${over}, which is CF-ORIGIN-IP: ${why}`,
        evidence: ['/way'],
      };
    }
    const says = `${request} goes to the address that DNS at Cloudflare has for it (CF-ORIGIN-IP), port ${way.port}, ${over}: ${why}`;
    return { status: 'note', says, evidence: ['/way'] };
  },
};
