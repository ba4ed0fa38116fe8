import { proxiedPorts } from '../../../knowledge/proxied-ports.js';
import { sources } from '../../../knowledge/sources.js';
import { mapRule } from './map-rule.js';

const others = [...proxiedPorts.http, ...proxiedPorts.https]
  .filter((port) => port !== 80 && port !== 443)
  .toSorted((a, b) => a - b);

/** Hosts that are named. */
const few = 3;

/** Whether the hosts have lines for the other ports that Cloudflare takes requests on; said once, and not for each host. */
export const mapOtherPorts = mapRule({
  id: 'map-other-ports',
  means: 'Without a line for a host and its port, a request for that port goes to 80 or 443 of the target.',
  remedy: 'Only where visitors use such a port: add HOST:PORT = ADDRESS:PORT.',
  cites: `${sources.railgunProblems}; ${proxiedPorts.source}`,
  well: 'no host has lines for the usual ports only',
  *find(at) {
    const names = new Map<string, Set<number>>();
    for (const { entry } of at.entries) {
      const own = names.get(entry.name) ?? new Set<number>();
      if (entry.port !== undefined) own.add(entry.port);
      names.set(entry.name, own);
    }
    const plain = at.entries.filter(
      ({ entry: { name, port, isWildcard } }) =>
        port === undefined && !isWildcard && others.some((other) => names.get(name)?.has(other) !== true),
    );
    const [first] = plain;
    if (first === undefined) return;
    const hosts = [...new Set(plain.map(({ entry }) => entry.name))];
    const list = `${hosts.slice(0, few).join(', ')}${hosts.length > few ? `, and ${hosts.length - few} more` : ''}`;
    yield {
      status: 'note',
      says: `no line for each of the other ports that Cloudflare takes requests on (${others.join(', ')}): ${list}`,
      evidence: plain.slice(0, few).map(({ pointer }) => pointer),
    };
  },
});
