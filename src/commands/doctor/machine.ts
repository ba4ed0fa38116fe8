import { cloudflareRoutes } from '../../decoders/cloudflare-routes.js';
import { decodeHostsFile } from '../../decoders/hosts-file.js';
import { decodeProcNetIpv6Route, decodeProcNetRoute } from '../../decoders/proc-net-route.js';
import { decodeResolvConf } from '../../decoders/resolv-conf.js';
import { procText } from '../../io/proc.js';
import { readBytes } from '../../io/read-bytes.js';
import { shortened } from '../../model/shortened.js';
import type { MachineFacts } from './facts.js';

/** Bytes: hosts files that block advertisements are that long. */
const longestFile = 10_000_000;

/** Lines and routes that are kept of each kind. */
const most = 200;

/** Texts of the machine; absent: it could not be read. */
export interface MachineTexts {
  readonly hosts?: string | undefined;
  readonly resolvConf?: string | undefined;
  readonly route?: string | undefined;
  readonly ipv6Route?: string | undefined;
}

/** What the machine says of the way to these hosts, which are in lower case, and to Cloudflare. Nobody is asked. */
export async function lookAtMachine(hosts: readonly string[], signal: AbortSignal): Promise<MachineFacts> {
  const unread: MachineFacts['unread'][number][] = [];
  const textOf = async (path: string) => {
    const read = await readBytes(path, longestFile, signal);
    if (read.ok) return read.value.toString('utf8');
    // A machine without it asks itself, or nobody.
    if (read.failure.code !== 'file-not-found') {
      unread.push({ path, failure: { ...read.failure, detail: shortened(read.failure.detail, 600) } });
    }
    return undefined;
  };
  const [hostsText, resolvConf] = await Promise.all([textOf('/etc/hosts'), textOf('/etc/resolv.conf')]);
  // The kernel makes them up when they are read. It may have no IPv6, or be another one.
  const [route, ipv6Route] = ['/proc/net/route', '/proc/net/ipv6_route'].map(procText);
  return { ...machineFacts(hosts, { hosts: hostsText, resolvConf, route, ipv6Route }), unread };
}

/** What the texts say. Pure. */
export function machineFacts(
  hosts: readonly string[],
  { hosts: hostsText = '', resolvConf = '', route = '', ipv6Route = '' }: MachineTexts,
): Omit<MachineFacts, 'unread'> {
  const routes = [...decodeProcNetRoute(route), ...decodeProcNetIpv6Route(ipv6Route)];
  return {
    hosts: decodeHostsFile(hostsText, new Set(hosts)).slice(0, most),
    nameServers: decodeResolvConf(resolvConf),
    routes: cloudflareRoutes(routes).slice(0, most),
  };
}

/** Nothing was looked at. */
export function unseenMachine(unseen: NonNullable<MachineFacts['unseen']>): MachineFacts {
  return { unseen, hosts: [], nameServers: [], routes: [], unread: [] };
}
