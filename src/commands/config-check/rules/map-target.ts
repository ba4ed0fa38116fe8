import { sources } from '../../../knowledge/sources.js';
import { bracketed } from '../../../model/endpoint.js';
import { sidePlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

/** Whether every target is an address that a web server can have. */
export const mapTarget = mapRule({
  id: 'map-target',
  means: 'No web server has such an address: requests go nowhere.',
  remedy: 'Give the address of the web server.',
  cites: sources.railgunBalancers,
  well: 'every target can be the address of a web server',
  *find(at) {
    for (const { entry, pointer, target } of at.targets) {
      const { kind, says, source: cites } = target;
      if (kind !== 'odd' && kind !== 'placeholder' && kind !== 'example') continue;
      const found = {
        says: `${bracketed(entry.target.host)} is ${says}`,
        evidence: [pointer],
        place: sidePlace(at, entry, 'target'),
        ...(cites !== undefined && { cites }),
      };
      yield kind === 'example' ? { status: 'note', ...found } : { status: 'warn', code: 'invalid-value', ...found };
    }
  },
});
