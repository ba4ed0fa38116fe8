import type { HopFacts, Protocol, WayFacts } from './facts.js';

const names: Readonly<Record<Protocol, string>> = { tcp: 'TCP', udp: 'UDP', icmp: 'ICMP' };

/** `TCP to port 443`, `ICMP` */
export function probeText({ protocol, port, tool }: Pick<WayFacts, 'protocol' | 'port' | 'tool'>): string {
  const hasPort = protocol === 'tcp' || (protocol === 'udp' && tool.name === 'mtr');
  return hasPort ? `${names[protocol]} to port ${port}` : names[protocol];
}

export function protocolName(protocol: Protocol): string {
  return names[protocol];
}

/** `192.0.2.1`, `router.example (192.0.2.1)`, several with a comma. */
export function hostsText({ hosts }: HopFacts): string {
  return hosts.map(({ address, name }) => (name === undefined ? address : `${name} (${address})`)).join(', ');
}

/** The index of the last hop that answered, or -1. */
export function lastAnswer({ hops }: Pick<WayFacts, 'hops'>): number {
  return hops.findLastIndex(({ received }) => received > 0);
}

/** `hop 4 (192.0.2.1)` */
export function hopText(hop: HopFacts): string {
  const hosts = hostsText(hop);
  return hosts === '' ? `hop ${hop.ttl}` : `hop ${hop.ttl} (${hosts})`;
}
