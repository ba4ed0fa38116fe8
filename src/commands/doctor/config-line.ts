import { isEverywhere } from '../../decoders/address-kind.js';
import { endpointOf, endpointText } from '../../model/endpoint.js';
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
export function ofConfigLine(facts: unknown, { rule, place = { file: '' }, says }: Finding): LineNames {
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
  const isServers = key === 'memcached.servers';
  return {
    hosts:
      name === undefined
        ? map !== undefined && line === 0
          ? ['*']
          : []
        : [name === 'default' ? '*' : name.toLowerCase()],
    destinations: [...destinationsOf(entry), ...(isServers ? serversOf(textAt(setting, '/value'), rule, says) : [])],
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

/** Rules that are about the whole line, or about every socket in it. */
const wholeLine = ['config-check/line', 'config-check/unknown-key', 'config-check/key-case', 'config-check/socket'];

/** The servers of memcached.servers that a finding is about, as what is checked there is called: those of which something is wrong. */
function serversOf(value = '', rule: string, says: string): string[] {
  const words = value
    .toLowerCase()
    .split(/\s+/, mostServers)
    .filter((word) => word !== '');
  if (wholeLine.includes(rule)) return words.flatMap(serverOf);
  // Port of a server that another line has too.
  const [, port] = /\bhas port (\d{1,5})\b/.exec(says) ?? [];
  if (port !== undefined) return words.flatMap(serverOf).filter((server) => server.endsWith(`:${port}`));
  const comment = words.findIndex((word) => word.startsWith('#'));
  return words.flatMap((word, index) => {
    const isComment = comment >= 0 && index >= comment;
    return isComment || !isWell(word) ? [word, ...serverOf(word.replace(/[;,"'“”#]+/g, ''))] : [];
  });
}

/** Servers that are looked at: as many as are checked. */
const mostServers = 50;

/** Whether it says where to connect to. */
function isWell(word: string): boolean {
  const endpoint = endpointOf(word.startsWith('/') ? `unix:${word}` : word);
  if ('problem' in endpoint) return false;
  if (endpoint.kind === 'unix') return !/[;,"'“”]/.test(endpoint.path);
  return !/[;,"'“”]/.test(endpoint.host) && !isEverywhere(endpoint.host);
}

function serverOf(word: string): string[] {
  const endpoint = endpointOf(word.startsWith('/') ? `unix:${word}` : word);
  if ('problem' in endpoint) return [];
  return [endpoint.kind === 'unix' ? endpoint.path : endpointText(endpoint, 11211)];
}
