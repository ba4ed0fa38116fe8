import { getServers } from 'node:dns';
import { endpointOf } from '../model/endpoint.js';

/** The name server that this machine asks first; nothing where it has none. */
export function systemNameServer(): { readonly address: string; readonly port: number } | undefined {
  const [first] = getServers();
  if (first === undefined) return undefined;
  const server = endpointOf(first);
  if ('problem' in server || server.kind === 'unix') return undefined;
  return { address: server.host, port: server.port ?? 53 };
}
