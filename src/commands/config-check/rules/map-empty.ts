import { sources } from '../../../knowledge/sources.js';
import { mapRule } from './map-rule.js';

/** Whether the map has a line. */
export const mapEmpty = mapRule({
  id: 'map-empty',
  means: 'Every request goes to the address that Cloudflare hands over in CF-ORIGIN-IP, which is the one in its DNS.',
  remedy:
    'Only where rg-listener is behind the same NAT, firewall or load balancer as the web server: add default = ADDRESS.',
  cites: `${sources.railgunProblems}; ${sources.railgunBalancers}`,
  well: 'the map has lines',
  *find({ map, pointer }) {
    if (map.entries.length > 0 || map.problems.length > 0) return;
    yield { status: 'note', says: 'the map has no line that is no comment', evidence: [`${pointer}/entries`] };
  },
});
