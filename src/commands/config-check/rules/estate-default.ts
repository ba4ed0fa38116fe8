import { sources } from '../../../knowledge/sources.js';
import { packageMap } from '../../../model/package-files.js';
import { mapsOf } from '../map-reading.js';
import { estateRule, whereIs } from './estate-rule.js';

const remedy =
  'Add default = 127.0.0.1 to the map where the web server is on the same machine, else its address there.';

/** Whether each listener knows where requests go, without going back to the balancer. */
export const estateDefault = estateRule({
  id: 'estate-default',
  means:
    'A request for a host that the map does not name goes to CF-ORIGIN-IP, which behind a load balancer is the balancer itself.',
  remedy,
  cites: sources.railgunBalancers,
  well: 'every map has a default',
  *find(confs, facts) {
    const maps = mapsOf(facts);
    for (const conf of confs) {
      const { map: index, files } = conf.conf;
      const where = whereIs(conf, 'map.file');
      if (index === undefined) {
        // One that is named and cannot be read is what another rule is about.
        if (files.some(({ key }) => key === 'map.file')) continue;
        const says = 'there is no map: map.file is not set';
        const steps = `Set map.file = ${packageMap}.\n${remedy}`;
        yield { status: 'warn', code: 'missing-setting', says, ...where, remedy: steps };
        continue;
      }
      const map = maps[index];
      if (map === undefined || map.entries.some(({ entry }) => entry.isDefault)) continue;
      const at = { place: { file: map.map.path }, evidence: [`${map.pointer}/entries`, ...where.evidence] };
      const hosts = new Set(map.entries.map(({ entry }) => entry.name)).size;
      if (hosts > 0) {
        // Cloudflare's guide has both ways: a line for each host, or a default.
        const says = `the map names ${hosts} ${hosts === 1 ? 'host' : 'hosts'}, and has no default for all others`;
        yield { status: 'note', says, ...at };
      } else {
        const says = 'the map has no default, and no host';
        yield { status: 'warn', code: 'missing-setting', says, ...at };
      }
    }
  },
});
