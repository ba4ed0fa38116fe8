import type { NatEntry, NatName, NatPlace, NatProblem, RailgunNat } from './railgun-nat.js';

export interface DestinationAsked {
  /** The host of the request, without a port; an IPv6 address with or without brackets. */
  readonly host: string;
  /** The port that the visitor asked for. */
  readonly port: number;
  /** What rg-listener speaks with the origin: with `insecure.origin` always `http`. */
  readonly scheme: 'http' | 'https';
  /** Absent: no map is configured. */
  readonly map?: RailgunNat | undefined;
  /** `CF-ORIGIN-IP`: the address of the origin as the edge knows it. */
  readonly originAddress: string;
}

/** A line of the map: its number from 1, and its text without blanks around it. */
export interface MapLine {
  readonly line: number;
  readonly text: string;
}

export interface RailgunDestination {
  /** An address or a name, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly decidedBy: MapLine | 'CF-ORIGIN-IP';
  /** A port that was asked for and is not used, because no line names it. */
  readonly portLost?: number;
  /** Lines for the same requests disagree: which one counts is not documented, and the last one was taken. */
  readonly ambiguous?: true;
  /** The ones that were not taken; only where it is ambiguous. */
  readonly otherLines?: readonly MapLine[];
  /** What a person should know who relies on this: sentences without a full stop. */
  readonly notes: readonly string[];
}

const standardPorts: Readonly<Record<DestinationAsked['scheme'], number>> = { http: 80, https: 443 };

/**
 * Where rg-listener sends a request: the line for the host and port, else the line for the host, else `default`, else
 * `CF-ORIGIN-IP` (Cloudflare, Railgun: potential problems; Railgun and load balancers). Without a line for the host *and*
 * port, a request for a port that is neither 80 nor 443 goes to one of these (potential problems). Names are compared
 * whatever their case. Cost: linear in the lines of the map.
 *
 * What no document says is decided so, and noted: of lines for the same the last one is taken; a port behind a target counts
 * on any line; `host:port` with a target that has none goes to 80 or 443; wildcards match nothing.
 */
export function railgunDestination(asked: DestinationAsked): RailgunDestination {
  const host = unbracketed(asked.host).toLowerCase();
  const { map, port } = asked;
  const candidates = candidatesOf(host, port, map?.entries ?? []);
  const entry = candidates.at(-1);
  const target: NatPlace = entry?.target ?? { host: unbracketed(asked.originAddress) };
  const used = target.port ?? standardPorts[asked.scheme];
  const isNamed = entry?.port !== undefined && target.port !== undefined;
  const isLost = used !== port && port !== 80 && port !== 443 && !isNamed;
  const others = candidates.filter((other) => !leadsTo(other, target));
  const wildcards = entry === undefined || entry.isDefault ? wildcardsFor(host, port, map?.entries ?? []) : [];
  return {
    host: target.host,
    port: used,
    decidedBy: entry === undefined ? 'CF-ORIGIN-IP' : mapLineOf(entry.line, map),
    ...(isLost && { portLost: port }),
    ...(others.length > 0 && { ambiguous: true, otherLines: others.map(({ line }) => mapLineOf(line, map)) }),
    notes: [
      ...(entry?.port !== undefined && target.port === undefined && used !== port
        ? [`line ${entry.line} names a port for the host and none for its target: where that leads is not documented`]
        : []),
      ...(others.length > 0
        ? [`${listed(others)} for the same too: which one counts is not documented, the last one is taken`]
        : []),
      ...(wildcards.length > 0
        ? [`${listed(wildcards)} for this host by a wildcard, which no document has: it is not applied`]
        : []),
      ...unusable(host, port, entry, map),
    ],
  };
}

/** The lines that are in question, of the first kind that there is one of. */
function candidatesOf(host: string, port: number, entries: readonly NatEntry[]): readonly NatEntry[] {
  const exact = entries.filter((entry) => isFor(entry, host, port));
  const withPort = exact.filter((entry) => entry.port !== undefined);
  if (withPort.length > 0) return withPort;
  return exact.length > 0 ? exact : entries.filter((entry) => entry.isDefault);
}

/** Whether a line is for requests for that host, and, where it names one, that port. */
export function isFor(of: NatName, host: string, port: number): boolean {
  return !of.isDefault && !of.isWildcard && of.name === host && (of.port ?? port) === port;
}

/** The lines with a wildcard that the host would fit: no document has them. */
export function wildcardsFor(host: string, port: number, entries: readonly NatEntry[]): readonly NatEntry[] {
  return entries.filter((of) => of.isWildcard && host.endsWith(of.name.slice(1)) && (of.port ?? port) === port);
}

function leadsTo(entry: NatEntry, target: NatPlace): boolean {
  return entry.target.host.toLowerCase() === target.host.toLowerCase() && entry.target.port === target.port;
}

/** The lines that would have come first, or are for the same as `entry`, which decided, and cannot be used. */
export function unusableFor(
  host: string,
  port: number,
  entry: NatName | undefined,
  problems: readonly NatProblem[],
): readonly NatProblem[] {
  return problems.filter(({ of }) => {
    if (of === undefined || rankOf(of) < (entry === undefined ? 0 : rankOf(entry))) return false;
    return of.isDefault || isFor(of, host, port);
  });
}

function unusable(host: string, port: number, entry: NatEntry | undefined, map: RailgunNat | undefined): string[] {
  const lines = unusableFor(host, port, entry, map?.problems ?? []);
  return lines.length > 0 ? [`${listed(lines)} for this request too, but its target cannot be read`] : [];
}

/** What names a request more closely comes first. */
function rankOf(of: NatName): number {
  if (of.isDefault) return 0;
  return of.port === undefined ? 1 : 2;
}

function mapLineOf(line: number, map: RailgunNat | undefined): MapLine {
  return { line, text: map?.lines[line - 1]?.raw.trim() ?? '' };
}

/** `line 3 is`, `lines 3, 5 are`; at most five numbers. */
function listed(places: readonly { readonly line: number }[]): string {
  const lines = places.map(({ line }) => line);
  const numbers = lines.length > 5 ? `${lines.slice(0, 5).join(', ')}, …` : lines.join(', ');
  return lines.length > 1 ? `lines ${numbers} are` : `line ${numbers} is`;
}

function unbracketed(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
