import { getServers } from 'node:dns';
import { endpointOf } from '../model/endpoint.js';

/**
 * The name server that this machine asks first: itself, where none is configured. One that is known by an address of a link
 * is passed over, and nothing where there is no other: Node does not say of which link.
 */
export function systemNameServer(): { readonly address: string; readonly port: number } | undefined {
  const first = getServers().find((text) => !/^\[?fe80:/i.test(text));
  if (first === undefined) return undefined;
  const server = endpointOf(first);
  if ('problem' in server || server.kind === 'unix') return undefined;
  return { address: server.host, port: server.port ?? 53 };
}
