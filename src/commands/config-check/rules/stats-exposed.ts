import { isEverywhere, isLoopbackHost } from '../../../decoders/address-kind.js';
import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { statsPlace } from '../places.js';
import { confRule } from './conf-rule.js';

/** Whether only this machine can ask for statistics. */
export const statsExposed = confRule({
  id: 'stats-exposed',
  means: 'Whoever reaches the machine can read the statistics: rg-listener asks nobody who he is.',
  remedy: 'Set stats.listen = 127.0.0.1:PORT, unless a firewall keeps others from the port.',
  cites: railgunParameterOf('stats.listen')?.source ?? sources.railgunAdministration,
  well: 'statistics are for this machine only',
  *find(conf) {
    const by = conf.last('stats.listen');
    const place = statsPlace(conf);
    if (by === undefined || place === undefined) return;
    const { host, port } = place;
    if (host !== undefined && isLoopbackHost(host)) return;
    const where = isEverywhere(host) ? 'on every address' : `on ${host}`;
    const remedy = `Set stats.listen = 127.0.0.1:${port}, unless a firewall keeps others from the port.`;
    if (conf.text('stats.enabled') === '1') {
      const says = `statistics are served ${where}, port ${port}`;
      yield { status: 'warn', code: 'exposed', says, by, remedy };
    } else {
      const says = `statistics would be served ${where}, port ${port}, as soon as stats.enabled is 1`;
      yield { status: 'note', says, by, remedy };
    }
  },
});
