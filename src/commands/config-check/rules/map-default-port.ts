import { sources } from '../../../knowledge/sources.js';
import { mapPlace } from '../map-reading.js';
import { isDefaultWithPort } from './map-line.js';
import { mapRule } from './map-rule.js';

/** Whether `default` stands without a port. */
export const mapDefaultPort = mapRule({
  id: 'map-default-port',
  means:
    'default is for every request that no other line is for: no document has it with a port, and such a line is not known to do anything.',
  remedy: 'Write default = ADDRESS, and a line HOST:PORT = ADDRESS:PORT for each host that is asked for at that port.',
  cites: `${sources.railgunProblems}; ${sources.railgunBalancers}`,
  well: 'default has no port on its left side',
  *find(at) {
    for (const [index, problem] of at.map.problems.entries()) {
      if (!isDefaultWithPort(at, problem)) continue;
      yield {
        status: 'warn',
        code: 'undocumented-form',
        says: 'default has a port',
        evidence: [`${at.pointer}/problems/${index}`],
        place: mapPlace(at, problem.line, { column: problem.column }),
      };
    }
  },
});
