import { addressKind, isLoopbackHost } from '../../../decoders/address-kind.js';
import { proxiedPorts } from '../../../knowledge/proxied-ports.js';
import { sources } from '../../../knowledge/sources.js';
import { bracketed } from '../../../model/endpoint.js';
import { type EntryAt, sidePlace } from '../map-reading.js';
import { type MapFound, mapRule } from './map-rule.js';

const proxied = [...proxiedPorts.http, ...proxiedPorts.https];

/** Whether lines with a port have it on both sides, and their hosts a line for the usual ports too. */
export const mapPort = mapRule({
  id: 'map-port',
  means: 'A line with a port is for that port only, and a port that no target names is 80 or 443.',
  remedy: '',
  cites: sources.railgunProblems,
  well: 'lines with a port have it on both sides, and their hosts have lines for the usual ports',
  *find(at) {
    const usual = new Set<string>();
    let hasDefault = false;
    for (const { entry } of at.entries) {
      if (entry.port === undefined || isUsual(entry.port)) usual.add(entry.name);
      if (entry.isDefault) hasDefault = true;
    }
    const seen = new Set<string>();
    for (const each of at.entries) {
      const { entry, pointer } = each;
      const { name, port, target } = entry;
      // Requests for other ports do not come, which another rule says.
      if (port === undefined || isUsual(port) || !proxied.includes(port)) continue;
      if (target.port === undefined) {
        const line = `${bracketed(name)}:${port} = ${bracketed(target.host)}:${port}`;
        yield {
          status: 'warn',
          code: 'undocumented-form',
          says: `port ${port} is named for the host and none for its target, which may be asked at 80 or 443`,
          evidence: [pointer],
          place: sidePlace(at, entry, 'target'),
          remedy: `Name the port on both sides: ${line}`,
        };
      }
      if (hasDefault || usual.has(name) || seen.has(name)) continue;
      seen.add(name);
      yield { ...withoutUsual(each), place: sidePlace(at, entry, 'key') };
    }
  },
});

/** A host of which only another port is mapped: where that leads into the own network, the others are likely to belong there too. */
function withoutUsual({ entry: { name, port, target }, pointer }: EntryAt): MapFound {
  const says = `${name} has a line for port ${port}, and none for 80 and 443: these requests go to CF-ORIGIN-IP`;
  const remedy = `If they belong there too, add: ${bracketed(name)} = ${bracketed(target.host)}`;
  const isOwn = isLoopbackHost(target.host) || addressKind(target.host).kind === 'private';
  return isOwn
    ? { status: 'warn', code: 'missing-setting', says, evidence: [pointer], remedy }
    : { status: 'note', says, evidence: [pointer], remedy };
}

function isUsual(port: number): boolean {
  return port === 80 || port === 443;
}
