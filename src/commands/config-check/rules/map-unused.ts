import type { NatEntry } from '../../../decoders/railgun-nat.js';
import { isSameHost } from '../../../decoders/railgun-target.js';
import { proxiedPorts } from '../../../knowledge/proxied-ports.js';
import { sources } from '../../../knowledge/sources.js';
import { familyOf } from '../../../model/endpoint.js';
import { type MapAt, sidePlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

const ports = [...proxiedPorts.http, ...proxiedPorts.https];

/** Whether there are lines that decide nothing: other lines come before them, or no such request comes. */
export const mapUnused = mapRule({
  id: 'map-unused',
  means:
    'The line does not do what it seems to do: no request that comes to rg-listener is decided by it, or none otherwise than without it.',
  remedy: 'Take the line out, or correct it.',
  cites: `${sources.railgunProblems}; ${proxiedPorts.source}`,
  well: 'every line decides something',
  *find(at) {
    const lines = linesByName(at);
    for (const { entry, pointer } of at.entries) {
      const { name, port, isDefault, isWildcard } = entry;
      const place = sidePlace(at, entry, 'key');
      const evidence = [pointer];
      if (familyOf(name) !== undefined) {
        const says = 'an address on the left: requests name the host that visitors ask for, and not an address';
        const remedy = 'Name the hosts that visitors ask for on the left, or use default.';
        yield { status: 'warn', code: 'unused-line', says, evidence, place, remedy };
        continue;
      }
      if (port !== undefined && !ports.includes(port)) {
        const says = `Cloudflare passes on no requests for port ${port}`;
        yield { status: 'note', says, evidence, place, remedy: `Take the line out: Cloudflare's ports are ${listed}.` };
        continue;
      }
      if (isDefault || isWildcard) continue;
      const own = lines.get(name);
      if (port === undefined && own?.has(80) === true && own.has(443)) {
        const says = `${name} has lines for 80 and for 443, which come first: this one is for other ports only`;
        yield { status: 'warn', code: 'unused-line', says, evidence, place };
        continue;
      }
      const plain = own?.get(undefined);
      if (plain !== undefined && (port === 80 || port === 443) && isRedundant(entry, plain, port)) {
        const says = `line ${plain.line}, for ${name} at every port, does the same`;
        yield { status: 'note', says, evidence, place };
      }
    }
  },
});

const listed = ports.toSorted((a, b) => a - b).join(', ');

/** Of each host the last line for each port. */
function linesByName({ entries }: MapAt): ReadonlyMap<string, ReadonlyMap<number | undefined, NatEntry>> {
  const names = new Map<string, Map<number | undefined, NatEntry>>();
  for (const { entry } of entries) {
    const own = names.get(entry.name);
    if (own === undefined) names.set(entry.name, new Map([[entry.port, entry]]));
    else own.set(entry.port, entry);
  }
  return names;
}

function isRedundant({ target }: NatEntry, plain: NatEntry, port: number): boolean {
  return isSameHost(target.host, plain.target.host) && (target.port ?? port) === (plain.target.port ?? port);
}
