import type { Evidence } from '../../decoders/wanted-evidence.js';
import type { PartKind } from './facts.js';
import { hasRailgun, type SourceSeen } from './inventory.js';
import type { Planning, ProposedPart } from './plan.js';
import type { PartSource } from './planned-part.js';

const noRailgun = 'rg-listener is not on this machine';

/** The files of rg-listener, memcached.conf, and the archives that were given. */
export function planOfFiles({ inventory, fileName }: Planning): ProposedPart[] {
  const { conf, map, memcached, panicLog, hars, isRoot } = inventory;
  const railgun = hasRailgun(inventory);
  const file = (kind: PartKind, name: string, what: string, evidence: Evidence, seen: SourceSeen): ProposedPart => ({
    kind,
    file: fileName(name, '', 'txt'),
    what,
    how: seen.path,
    evidence: [evidence],
    // That --config says where it is, is no wish to send it.
    named: false,
    from: railgun ? fromFile(seen, isRoot) : { why: noRailgun, because: 'absent' },
  });
  const found = memcached.find(({ state }) => state !== 'not-there') ?? memcached[0];
  const archives = hars.map((seen): ProposedPart => {
    const evidence: readonly Evidence[] = hars.length > 1 ? ['har', 'two-hars'] : ['har'];
    const from = fromFile(seen, isRoot, (path) => ({ kind: 'har', path }));
    return {
      kind: 'har',
      file: fileName('har', String(hars.indexOf(seen) + 1), 'har'),
      what: 'HTTP archive',
      how: seen.path,
      evidence,
      named: true,
      from,
    };
  });
  return [
    file('configuration', 'railgun.conf', 'configuration of rg-listener', 'railgun-conf', conf),
    // A map that no setting names is none.
    ...(map.named || map.state !== 'not-there' || !railgun
      ? [file('configuration', 'railgun-nat.conf', 'map of hosts to origins', 'railgun-nat', map)]
      : []),
    ...(found === undefined
      ? []
      : [file('memcached-conf', 'memcached.conf', 'configuration of memcached', 'memcached-conf', found)]),
    panicPart(file('panic-log', 'panic.log', 'crashes of rg-listener', 'panic-log', panicLog), inventory),
    ...archives,
  ];
}

/** What a file that was seen gives, or why nothing. */
export function fromFile(
  seen: SourceSeen,
  isRoot: boolean,
  sourceOf: (path: string) => PartSource = (path) => ({ kind: 'file', path }),
): ProposedPart['from'] {
  switch (seen.state) {
    case 'there':
      return { source: sourceOf(seen.path), bytes: seen.bytes };
    case 'not-there':
      return { why: 'there is no such file', ...(!seen.named && { because: 'absent' as const }) };
    case 'unreadable':
      return {
        why: seen.failure.detail,
        ...(seen.failure.code === 'permission-denied' && !isRoot && { needsRoot: true as const }),
      };
  }
}

/** Nothing in it is good news; nothing where it usually is says nothing where its place could not be read. */
function panicPart(part: ProposedPart, { conf, panicLog, isRoot }: Planning['inventory']): ProposedPart {
  if (conf.state !== 'there' && panicLog.state === 'not-there' && 'why' in part.from && hasRailgun({ conf })) {
    const why = `it is not known where it is: stderr.file in ${conf.path} says so, which could not be read`;
    const denied = conf.state === 'unreadable' && conf.failure.code === 'permission-denied' && !isRoot;
    return { ...part, how: conf.path, from: { why, ...(denied && { needsRoot: true as const }) } };
  }
  const isEmpty = 'source' in part.from && panicLog.state === 'there' && panicLog.bytes === 0;
  return isEmpty ? { ...part, from: { why: 'it is empty: rg-listener has not crashed', because: 'absent' } } : part;
}
