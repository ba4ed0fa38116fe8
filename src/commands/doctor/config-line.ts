import type { Finding } from '../../model/finding.js';
import { placeText } from '../../model/place.js';
import { listAt, numberAt, textAt } from './reading.js';

/** What a line of railgun.conf or of the map is about. */
interface LineNames {
  readonly hosts: readonly string[];
  readonly destinations: readonly string[];
  readonly keys: readonly string[];
  readonly place: string;
}

/**
 * The key that a line of railgun.conf sets, or the host that one of the map is for and where it leads; what is about no line of
 * the map is about all hosts.
 */
export function ofConfigLine(facts: unknown, { place = { file: '' }, says }: Finding): LineNames {
  const { file, line = 0 } = place;
  const of = (list: string) => listAt(facts, list).find((one) => textAt(one, '/path') === file);
  const isOf = (one: unknown) => numberAt(one, '/line') === line;
  const setting = listAt(of('/configs'), '/settings').find(isOf);
  const map = of('/maps');
  const entry = listAt(map, '/entries').find(isOf);
  const problem = listAt(map, '/problems').find(isOf);
  const name = textAt(entry, '/name') ?? textAt(problem, '/of/name');
  const key = textAt(setting, '/key')?.toLowerCase();
  // A key that is misspelt is about the one that was meant.
  const [, meant] = /did you mean ([a-z][a-z._]{0,60})\?/.exec(says) ?? [];
  const isSocket = key === 'memcached.servers';
  return {
    hosts:
      name === undefined
        ? map !== undefined && line === 0
          ? ['*']
          : []
        : [name === 'default' ? '*' : name.toLowerCase()],
    destinations: [...destinationsOf(entry), ...(isSocket ? socketsOf(textAt(setting, '/value')) : [])],
    keys: [key, meant].filter((one) => one !== undefined),
    place: placeText(place),
  };
}

/** A target without a port is for both of the usual ones. */
function destinationsOf(entry: unknown): string[] {
  const host = textAt(entry, '/target/host')?.toLowerCase();
  if (host === undefined) return [];
  const port = numberAt(entry, '/target/port');
  const ports = port === undefined ? [443, 80] : [port];
  return ports.map((each) => (host.includes(':') ? `[${host}]:${each}` : `${host}:${each}`));
}

/** The servers of memcached.servers, which are divided by commas or blanks. */
function socketsOf(value = ''): string[] {
  return value
    .toLowerCase()
    .split(/[\s,]+/, 16)
    .filter((part) => part !== '')
    .map((part) => part.replace(/^unix:/, ''));
}
