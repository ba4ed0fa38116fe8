import { isLoopbackHost } from '../../../decoders/address-kind.js';
import { sources } from '../../../knowledge/sources.js';
import { endpointOf, endpointText } from '../../../model/endpoint.js';
import { estateRule, whereIs } from './estate-rule.js';

/** Whether the listeners keep their pages in one memcached, which all of them reach. */
export const estateMemcached = estateRule({
  id: 'estate-memcached',
  means: 'With a memcached of its own each listener knows only the pages that came by itself: less is compressed.',
  remedy: 'Let memcached.servers name the same central memcached in every file, and let every listener through to it.',
  cites: sources.railgunBalancers,
  well: 'all listeners have the same memcached',
  *find(confs) {
    let first: { readonly path: string; readonly servers: string; readonly evidence: readonly string[] } | undefined;
    for (const conf of confs) {
      const value = conf.text('memcached.servers');
      if (value === undefined || value === '') continue;
      const servers = value.split(/[ \t]+/);
      const where = whereIs(conf, 'memcached.servers');
      if (servers.every(isLocal)) {
        const says = `memcached.servers is ${value}: a memcached of this listener alone`;
        yield { status: 'warn', code: 'ineffective-setting', says, ...where };
        continue;
      }
      const key = servers.map(spelled).toSorted().join(' ');
      if (first === undefined) first = { path: conf.conf.path, servers: key, evidence: where.evidence };
      else if (first.servers !== key) {
        const says = `memcached.servers is not that of ${first.path}`;
        const evidence = [...where.evidence, ...first.evidence];
        yield { status: 'warn', code: 'conflicting-settings', says, place: where.place, evidence };
      }
    }
  },
});

function isLocal(server: string): boolean {
  const endpoint = endpointOf(server);
  if (server.startsWith('/')) return true;
  return 'kind' in endpoint && (endpoint.kind === 'unix' || isLoopbackHost(endpoint.host));
}

/** With its port, so that a server is itself with and without the usual one. */
function spelled(server: string): string {
  const endpoint = endpointOf(server);
  return 'kind' in endpoint ? endpointText(endpoint, 11211).toLowerCase() : server;
}
