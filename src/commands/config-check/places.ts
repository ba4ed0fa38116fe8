import { listenPlaceOf } from '../../decoders/railgun-value.js';
import { endpointOf, familyOf } from '../../model/endpoint.js';
import type { ConfAt } from './settings.js';

/** A place that rg-listener listens at or connects to. */
export interface NetworkPlace {
  /** Absent: every address of the machine. */
  readonly host?: string;
  readonly port: number;
}

/** The servers of `memcached.servers` that are no sockets and can be read. */
export function memcachedPlaces(conf: ConfAt): NetworkPlace[] {
  return (conf.text('memcached.servers') ?? '').split(/[ \t]+/).flatMap((text) => {
    const endpoint = text.startsWith('/') || text === '' ? undefined : endpointOf(text);
    if (endpoint === undefined || !('kind' in endpoint) || endpoint.kind === 'unix') return [];
    return endpoint.port === undefined ? [] : [{ host: endpoint.host, port: endpoint.port }];
  });
}

/** Where statistics are served; nothing where they are not, or nobody can read where. */
export function statsPlace(conf: ConfAt): NetworkPlace | undefined {
  const text = conf.text('stats.listen');
  return text === undefined || text === '' ? undefined : listenPlaceOf(text);
}

/** Whether an IPv6 address counts on one link only. */
export function isLinkLocal(host: string): boolean {
  return familyOf(host) === 6 && /^fe[89ab]/i.test(host);
}
