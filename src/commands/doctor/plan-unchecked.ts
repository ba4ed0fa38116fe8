import type { NatEntry, RailgunNat } from '../../decoders/railgun-nat.js';
import { shortened } from '../../model/shortened.js';
import type { Plan } from './plan.js';

/** Lines that are named. */
const most = 100;

const longestText = 200;

/** Lines of the map for which there is no check, in their order; `leftOut` are those that there was no room for. */
export function uncheckedLines(
  map: RailgunNat | undefined,
  leftOut: readonly NatEntry[],
  mostHosts: number,
): Plan['unchecked'] {
  if (map === undefined) return [];
  const unnamed = map.entries.flatMap(({ line, isDefault, isWildcard }) => {
    if (isDefault) return [{ line, why: 'it is for every host that no other line names: name one as HOST' }];
    if (isWildcard) return [{ line, why: 'a wildcard, which no document has: name a host that it is for as HOST' }];
    return [];
  });
  const unread = map.problems.map(({ line, says }) => ({ line, why: says }));
  const rows = [...unnamed, ...unread].sort((a, b) => a.line - b.line);
  const [next] = leftOut;
  const further = rows[most];
  const row = ({ line, why }: { line: number; why: string }) => ({
    line,
    text: shortened(map.lines[line - 1]?.raw.trim() ?? '', longestText),
    why: shortened(why, longestText),
  });
  return [
    ...rows.slice(0, most).map(row),
    ...(further === undefined ? [] : [row({ ...further, why: `this and ${rows.length - most - 1} further lines` })]),
    ...(next === undefined
      ? []
      : [row({ line: next.line, why: `${leftOut.length} hosts are left out: one run checks at most ${mostHosts}` })]),
  ];
}
