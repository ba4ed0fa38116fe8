import { sources } from '../../../knowledge/sources.js';
import { sidePlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

/** Whether there are wildcards. */
export const mapWildcard = mapRule({
  id: 'map-wildcard',
  means: 'No document has wildcards in the map: whether rg-listener applies them is not known.',
  remedy: 'Give each host a line of its own, or use default for all that have none.',
  cites: sources.railgunBalancers,
  well: 'there are no wildcards',
  *find(at) {
    for (const { entry, pointer } of at.entries) {
      if (!entry.isWildcard) continue;
      const place = sidePlace(at, entry, 'key');
      yield {
        status: 'warn',
        code: 'undocumented-form',
        says: `${entry.name} is a wildcard`,
        evidence: [pointer],
        place,
      };
    }
  },
});
