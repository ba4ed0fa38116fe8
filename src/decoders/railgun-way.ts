import { shortened } from '../model/shortened.js';
import {
  type DestinationAsked,
  isFor,
  type RailgunDestination,
  railgunDestination,
  unusableFor,
  wildcardsFor,
} from './railgun-destination.js';
import type { NatEntry, RailgunNat } from './railgun-nat.js';

/** A line that was considered; `text` is without blanks around it and has at most 200 characters. */
export interface LineInQuestion {
  readonly line: number;
  readonly text: string;
}

/** One thing that is looked for. */
export interface WayStep {
  readonly step: 'host-and-port' | 'host' | 'default' | 'CF-ORIGIN-IP';
  /** The lines that are this, the last ten of them: of several the last one is taken. */
  readonly lines: readonly LineInQuestion[];
  /** It is the one that decides. */
  readonly taken?: true;
}

/** Where rg-listener sends a request, and all that was considered for it. */
export interface RailgunWay {
  readonly destination: RailgunDestination;
  /** In the order in which they count. */
  readonly steps: readonly WayStep[];
  /** Where it would go if the line that decided were not there; absent where none did. */
  readonly withoutLine?: RailgunDestination;
  /** Lines that come before the one that decided, or beside it, whose target cannot be read: the first ten. */
  readonly unusable: readonly LineInQuestion[];
  /** Lines for the same that lead elsewhere, and were not taken: the first ten. */
  readonly others: readonly LineInQuestion[];
  /** Lines with a wildcard that the host fits, where they would be what decides: the first ten. */
  readonly wildcards: readonly LineInQuestion[];
}

/** Lines of a kind that are named. */
const few = 10;

const longestText = 200;

/** `railgunDestination`, and why: what was looked for, what was there, and what would be otherwise. Linear in the lines of the map. */
export function railgunWay(asked: DestinationAsked): RailgunWay {
  const { map, port } = asked;
  const host = asked.host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const entries = map?.entries ?? [];
  const destination = railgunDestination(asked);
  const { decidedBy } = destination;
  const taken = decidedBy === 'CF-ORIGIN-IP' ? undefined : entries.find(({ line }) => line === decidedBy.line);
  const linesOf = (places: readonly { readonly line: number }[]) =>
    places.slice(0, few).map(({ line }) => lineOf(line, map));
  const step = (kind: WayStep['step'], own: readonly NatEntry[]): WayStep => ({
    step: kind,
    lines: linesOf(own.slice(-few)),
    ...((kind === 'CF-ORIGIN-IP' ? taken === undefined : taken !== undefined && own.includes(taken)) && {
      taken: true,
    }),
  });
  const exact = entries.filter((entry) => isFor(entry, host, port));
  return {
    destination,
    steps: [
      step(
        'host-and-port',
        exact.filter((entry) => entry.port !== undefined),
      ),
      step(
        'host',
        exact.filter((entry) => entry.port === undefined),
      ),
      step(
        'default',
        entries.filter(({ isDefault }) => isDefault),
      ),
      step('CF-ORIGIN-IP', []),
    ],
    ...(map !== undefined && taken !== undefined && { withoutLine: railgunDestination(without(asked, map, taken)) }),
    unusable: linesOf(unusableFor(host, port, taken, map?.problems ?? [])),
    others: linesOf(destination.otherLines ?? []),
    wildcards: linesOf(taken === undefined || taken.isDefault ? wildcardsFor(host, port, entries) : []),
  };
}

function without(asked: DestinationAsked, map: RailgunNat, taken: NatEntry): DestinationAsked {
  return { ...asked, map: { ...map, entries: map.entries.filter((entry) => entry !== taken) } };
}

function lineOf(line: number, map: RailgunNat | undefined): LineInQuestion {
  return { line, text: shortened(map?.lines[line - 1]?.raw.trim() ?? '', longestText) };
}
