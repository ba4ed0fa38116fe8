import { isEverywhere, isLoopbackHost } from '../../../decoders/address-kind.js';
import { isSameHost } from '../../../decoders/railgun-target.js';
import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { familyOf, portOf } from '../../../model/endpoint.js';
import { memcachedPlaces, statsPlace } from '../places.js';
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
    const wan = conf.text('wan.ip') || undefined;
    if (stats?.port === port && listen !== undefined && meet(wan, stats.host)) {
      const says = `stats.listen has port ${port}, which is that of wan.port`;
      yield { status: 'fail', code: 'conflicting-settings', says, by: listen };
    }
    const servers = conf.last('memcached.servers');
    const isOwn = memcachedPlaces(conf).some((place) => place.port === port && isLoopbackHost(place.host ?? ''));
    if (isOwn && servers !== undefined) {
      const says = `memcached.servers has port ${port} of this machine, which is that of wan.port`;
      yield { status: 'fail', code: 'conflicting-settings', says, by: servers };
    }
  },
});

/** Whether who listens on the one is in the way of who listens on the other. */
function meet(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || isEverywhere(one) || isEverywhere(other)) return true;
  return isSameHost(one, other) || (isLoopbackHost(one) && isLoopbackHost(other) && isName(one) !== isName(other));
}

/** `localhost`, which may be either of 127.0.0.1 and ::1. */
function isName(host: string): boolean {
  return familyOf(host) === undefined;
}
