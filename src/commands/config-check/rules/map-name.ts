import { sources } from '../../../knowledge/sources.js';
import { familyOf } from '../../../model/endpoint.js';
import { sidePlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

/** Names that are listed. */
const few = 5;

/** Whether targets are addresses, which nobody has to look up. */
export const mapName = mapRule({
  id: 'map-name',
  means: 'The machine of rg-listener looks such a name up: what it gets may change, or be of Cloudflare.',
  remedy: 'Give the address instead; localhost may be 127.0.0.1 or ::1, and the web server listen on one of them only.',
  cites: sources.railgunBalancers,
  well: 'every target is an address',
  *find(at) {
    const names = at.targets.filter(({ entry }) => familyOf(entry.target.host) === undefined);
    const [first] = names;
    if (first === undefined) return;
    const distinct = [...new Set(names.map(({ entry }) => entry.target.host.toLowerCase()))];
    const list = `${distinct.slice(0, few).join(', ')}${distinct.length > few ? ', …' : ''}`;
    yield {
      status: 'note',
      says: `${names.length === 1 ? 'one target is a name' : `${names.length} targets are names`}: ${list}`,
      evidence: names.slice(0, few).map(({ pointer }) => pointer),
      place: sidePlace(at, first.entry, 'target'),
    };
  },
});
