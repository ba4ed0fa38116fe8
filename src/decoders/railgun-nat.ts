import { endpointOf, familyOf } from '../model/endpoint.js';
import { type ConfLine, type ConfPair, type ConfToken, confLines, foundText } from './conf-lines.js';

/** Which requests a line is for. */
export interface NatName {
  /** Lower-case, without the port and without brackets; `default`; of a wildcard with its `*.`. */
  readonly name: string;
  /** Only requests for this port. */
  readonly port?: number;
  /** It is for every host that no other line names. */
  readonly isDefault: boolean;
  /** `*.example.com`: no document has such lines. */
  readonly isWildcard: boolean;
}

/** An address or a name, IPv6 without brackets. */
export interface NatPlace {
  readonly host: string;
  readonly port?: number;
}

/** A usable line: requests for `name` go to `target`. Columns count UTF-16 units of the raw line from 1. */
export interface NatEntry extends NatName {
  readonly line: number;
  /** The left side as it stands. */
  readonly key: ConfToken;
  /** The column of the `=`. */
  readonly equals: number;
  /** The right side as it stands, and what it is read as. */
  readonly target: ConfToken & NatPlace;
}

/**
 * `no-equals` and `no-key` as in `ConfUnreadable`; `bad-name` and `bad-port`: the left side is none that is documented; `bad-target`: the
 * right side is neither an address nor a name, with or without a port.
 */
export interface NatProblem {
  readonly line: number;
  readonly column: number;
  readonly code: 'no-equals' | 'no-key' | 'bad-name' | 'bad-port' | 'bad-target';
  /** A sentence without a full stop. */
  readonly says: string;
  /** What the line is for, where that could be read. */
  readonly of?: NatName;
}

export interface RailgunNat {
  readonly form: 'railgun-nat.conf';
  /** All lines: their `raw` joined is the file. */
  readonly lines: readonly ConfLine[];
  /** In their order. */
  readonly entries: readonly NatEntry[];
  readonly problems: readonly NatProblem[];
}

/**
 * Reads `railgun-nat.conf`, the file that `map.file` names, without losing anything: lines `name=target` (syntax: see `confLines`).
 * Left a host, `host:port` or `default`; right an address, `address:port`, `[IPv6]:port`, or a host with or without a port
 * (Cloudflare, Railgun: potential problems; Railgun and load balancers). Never throws; a line that cannot be used is a problem.
 */
export function decodeRailgunNat(text: string): RailgunNat {
  const lines = confLines(text);
  const entries: NatEntry[] = [];
  const problems: NatProblem[] = [];
  for (const line of lines) {
    if (line.kind === 'pair') readPair(line, entries, problems);
    else if (line.kind === 'unreadable') problems.push(unreadable(line.line, line.column, line.why));
  }
  return { form: 'railgun-nat.conf', lines, entries, problems };
}

function unreadable(line: number, column: number, code: 'no-equals' | 'no-key'): NatProblem {
  const says =
    code === 'no-equals' ? 'expected name=target, found no =' : 'expected a host before the =, found nothing';
  return { line, column, code, says };
}

function readPair({ line, key, equals, value }: ConfPair, entries: NatEntry[], problems: NatProblem[]): void {
  const name = nameOf(key.text);
  if ('code' in name) {
    problems.push({ line, column: key.column, ...name });
    return;
  }
  const target = targetOf(value.text);
  if ('says' in target) {
    problems.push({ line, column: value.column, code: 'bad-target', says: target.says, of: name });
    return;
  }
  entries.push({ line, ...name, key, equals, target: { ...value, ...target } });
}

function nameOf(text: string): NatName | Pick<NatProblem, 'code' | 'says'> {
  const isWildcard = text.startsWith('*.');
  const place = placeOf(isWildcard ? text.slice(2) : text);
  if (place === 'port') return { code: 'bad-port', says: `expected a port from 1 to 65535, found ${foundText(text)}` };
  if (place === undefined) {
    return { code: 'bad-name', says: `expected a host, host:port or default, found ${foundText(text)}` };
  }
  const name = place.host.toLowerCase();
  const isDefault = !isWildcard && name === 'default';
  if (isDefault && place.port !== undefined) {
    return { code: 'bad-port', says: 'default is for every port: no document has it with one' };
  }
  const port = place.port === undefined ? {} : { port: place.port };
  return { name: isWildcard ? `*.${name}` : name, ...port, isDefault, isWildcard };
}

function targetOf(text: string): NatPlace | Pick<NatProblem, 'says'> {
  const place = placeOf(text);
  if (place === 'port') return { says: `expected a port from 1 to 65535, found ${foundText(text)}` };
  if (place !== undefined) return place;
  if (text === '') return { says: 'expected an address, found nothing' };
  const expected = `expected an address or a host, with or without a port, found ${foundText(text)}`;
  if (text.endsWith(';')) return { says: `${expected}: the semicolon is part of it` };
  if (text.includes('#')) return { says: `${expected}: comments are whole lines` };
  return { says: expected };
}

/** Nothing for what is no host; `port` where only the port is wrong. */
function placeOf(text: string): NatPlace | 'port' | undefined {
  if (text.length > longestPlace) return undefined;
  const endpoint = endpointOf(text);
  if ('kind' in endpoint) {
    if (endpoint.kind === 'unix' || isNoAddress(endpoint.host)) return undefined;
    const { host, port } = endpoint;
    return port === undefined ? { host } : { host, port };
  }
  const [, bare] = /^(.+):\d*$/.exec(text) ?? [];
  return bare !== undefined && typeof placeOf(bare) === 'object' ? 'port' : undefined;
}

/** The longest name, brackets and a port. */
const longestPlace = 300;

/** Names end with a label that is no number: `256.0.0.1` and `8080` are slips. */
function isNoAddress(host: string): boolean {
  return /(?:^|\.)\d+\.?$/.test(host) && familyOf(host) === undefined;
}
