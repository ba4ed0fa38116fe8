import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { portOf } from '../../../model/endpoint.js';
import { isEverywhere, isLoopback, memcachedPlaces, statsPlace } from '../places.js';
import { confRule } from './conf-rule.js';

const row = railgunParameterOf('wan.port');

/** Ports below are for root (inferred: the package starts rg-listener as user railgun). */
const firstOfAll = 1024;

/** Whether the port for Cloudflare is one that rg-listener can have. */
export const wanPort = confRule({
  id: 'wan-port',
  means: 'Cloudflare connects to this port: rg-listener has to be alone on it.',
  remedy: `Take another port; the default is ${row?.default}.`,
  cites: `${row?.source}; ${sources.railgunActivation}`,
  well: `rg-listener has a port of its own`,
  *find(conf) {
    const port = portOf(conf.text('wan.port') ?? '');
    if (port === undefined) return;
    const by = conf.last('wan.port');
    if (by !== undefined && port < firstOfAll) {
      const says = `wan.port = ${port}: ports below ${firstOfAll} are for root, and rg-listener runs as user railgun (inferred)`;
      yield { status: 'note', says, by };
    } else if (by !== undefined && port !== Number(row?.default)) {
      const says = `wan.port = ${port}, and not ${row?.default}: firewalls have to let Cloudflare connect to it`;
      yield { status: 'note', says, by, remedy: '' };
    }
    const stats = statsPlace(conf);
    const listen = conf.last('stats.listen');
    const wan = conf.text('wan.ip');
    const isSameHost =
      isEverywhere(stats?.host) || wan === '' || wan === undefined || isEverywhere(wan) || wan === stats?.host;
    if (stats?.port === port && listen !== undefined && isSameHost) {
      const says = `stats.listen has port ${port}, which is that of wan.port`;
      yield { status: 'fail', code: 'conflicting-settings', says, by: listen };
    }
    const servers = conf.last('memcached.servers');
    const isOwn = memcachedPlaces(conf).some((place) => place.port === port && isLoopback(place.host ?? ''));
    if (isOwn && servers !== undefined) {
      const says = `memcached.servers has port ${port} of this machine, which is that of wan.port`;
      yield { status: 'fail', code: 'conflicting-settings', says, by: servers };
    }
  },
});
