import { railgunParameters } from '../knowledge/railgun-parameters.js';
import type { Failure } from '../model/failure.js';
import { type ConfPair, type ConfToken, confLines } from './conf-lines.js';
import { nearestAmong } from './nearest-known.js';
import { decodeRailgunNat } from './railgun-nat.js';

const known: ReadonlySet<string> = new Set(
  railgunParameters.flatMap(({ key, aliases = [] }) => [key, ...aliases].map((name) => name.toLowerCase())),
);

/** Names that no map has (the package's file, what its first line calls it, and what rg-listener looks for by itself). */
const confName = /(?:^|\/)(?:railgun\.conf|rg-listener\.conf|rg\.config)$/i;

/** Lines that are looked at for misspelt keys: the others will be like them. */
const mostCompared = 1000;

const hasAddress = /^\[?[\d.:a-f]+\]?(?::\d+)?$/i;

/** What the names of maps have in them. */
const mapName = /nat|map/i;

/**
 * Whether a text is a `railgun.conf` or a `railgun-nat.conf`: by what most of its lines set, keys that are documented or
 * hosts, and where there are none, by what is commented out; where that tells nothing, by its name.
 */
export function railgunFileKind(text: string, path: string): 'conf' | 'map' {
  const kind = kindOfLines(text) ?? kindOfLines(text.replace(/^[ \t]*#[ \t]*/gm, ''));
  if (kind !== undefined && !(kind === 'map' && confName.test(path) && !/^\s*default\s*=/im.test(text))) return kind;
  return !confName.test(path) && mapName.test(path.slice(path.lastIndexOf('/') + 1)) ? 'map' : 'conf';
}

/** Why the text of the file that `map.file` names is no map: it is a `railgun.conf`. Nothing where it can be one. */
export function notMapFailure(text: string, path: string): Failure | undefined {
  // What it is called says nothing: rg-listener reads it as a map.
  if (railgunFileKind(text, 'railgun-nat.conf') === 'map') return undefined;
  return { code: 'malformed', step: 'decode', blame: 'us', detail: `${path} is a railgun.conf, not a map` };
}

/** Nothing where there are as many of both. */
function kindOfLines(text: string): 'conf' | 'map' | undefined {
  const pairs = confLines(text).filter((line) => line.kind === 'pair');
  const keys = pairs.filter(({ key }) => isKey(key));
  const entries = decodeRailgunNat(text).entries.filter(({ key }) => !isKey(key));
  // A host that is spelled nearly like a key has an address; what is nearly a key and has none was meant as one.
  const misspelt = new Set(pairs.slice(0, mostCompared).flatMap((pair) => (isMisspelt(pair) ? [pair.line] : [])));
  const hosts = entries.filter(({ line }) => !misspelt.has(line));
  const settings = keys.length + misspelt.size;
  if (settings === hosts.length) return undefined;
  return settings > hosts.length ? 'conf' : 'map';
}

function isKey({ text }: ConfToken): boolean {
  return known.has(text.toLowerCase());
}

function isMisspelt({ key, value }: ConfPair): boolean {
  return !isKey(key) && !hasAddress.test(value.text) && nearestAmong(key.text, [...known]) !== undefined;
}
