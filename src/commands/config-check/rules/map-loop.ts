import { sources } from '../../../knowledge/sources.js';
import { sidePlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

const ownAddress = 'Give the address of the web server itself, as rg-listener reaches it in its own network.';

/** Whether a line leads back to rg-listener, or to the address that it has on the outside. */
export const mapLoop = mapRule({
  id: 'map-loop',
  means:
    'Requests come back to where they came from, or have to leave the network and come in again, where they may be lost.',
  remedy: ownAddress,
  cites: `${sources.railgunProblems}; ${sources.railgunBalancers}`,
  well: 'no line leads back to rg-listener or to its public address',
  *find(at) {
    const conf = at.confs[0]?.pointer;
    for (const { entry, pointer, target } of at.targets) {
      const isLoop = target.kind === 'loop';
      if (!isLoop && target.kind !== 'public-side') continue;
      yield {
        status: isLoop ? 'fail' : 'warn',
        code: 'request-loop',
        says: `${entry.target.text} is ${target.says}`,
        evidence: [pointer, ...(conf === undefined ? [] : [`${conf}/settings`])],
        place: sidePlace(at, entry, 'target'),
        ...(!isLoop && {
          remedy: `${ownAddress}\nWhere NAT or the balancer does lead from the inside to the public address (hairpin NAT), it works, by a detour.`,
        }),
      };
    }
  },
});
