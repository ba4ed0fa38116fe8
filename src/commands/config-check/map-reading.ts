import type { NatEntry } from '../../decoders/railgun-nat.js';
import { type ListenerPlace, type RailgunTarget, railgunTarget } from '../../decoders/railgun-target.js';
import type { SourcePlace } from '../../model/place.js';
import type { ConfigFacts, MapFacts } from './facts.js';
import { followedPath } from './followed-path.js';
import { type ConfAt, confsOf } from './settings.js';

/** A usable line, and the JSON pointer to it. */
export interface EntryAt {
  readonly entry: NatEntry;
  readonly pointer: string;
}

/** A line whose target is worth a word, and what it is. */
export interface TargetAt extends EntryAt {
  readonly target: RailgunTarget;
}

/** A railgun-nat.conf, and the configurations that name it. */
export interface MapAt {
  readonly map: MapFacts;
  readonly pointer: string;
  readonly entries: readonly EntryAt[];
  readonly confs: readonly ConfAt[];
  /** It was found by relative paths only: rg-listener may read another one. */
  readonly isGuessed: boolean;
  /** The lines whose target is no plain address, judged for every rg-listener that reads the map. */
  readonly targets: readonly TargetAt[];
}

/** Facts do not change, and every rule reads them. */
const readings = new WeakMap<ConfigFacts, readonly MapAt[]>();

/** Every railgun-nat.conf of the facts. */
export function mapsOf(facts: ConfigFacts): readonly MapAt[] {
  const known = readings.get(facts);
  if (known !== undefined) return known;
  const confs = confsOf(facts);
  const read = facts.maps.map((map, index) => mapAt(map, index, confs, facts));
  readings.set(facts, read);
  return read;
}

function mapAt(map: MapFacts, index: number, all: readonly ConfAt[], facts: ConfigFacts): MapAt {
  const pointer = `/maps/${index}`;
  const confs = all.filter(({ conf }) => conf.map === index);
  const entries = map.entries.map((entry, at) => ({ entry, pointer: `${pointer}/entries/${at}` }));
  return { map, pointer, confs, isGuessed: isGuessed(map, confs), entries, targets: targetsOf(entries, confs, facts) };
}

/** Named neither on the command line, nor by an absolute path. */
function isGuessed({ path }: MapFacts, confs: readonly ConfAt[]): boolean {
  const named = confs.flatMap(({ files }) => files.flatMap(({ file }) => (file.key === 'map.file' ? [file.path] : [])));
  return named.some((one) => followedPath(one) === path) && named.every((one) => !one.startsWith('/'));
}

/** The kinds in the order of how bad they are: the worst of several listeners counts. */
const worst: readonly RailgunTarget['kind'][] = ['loop', 'cloudflare', 'public-side', 'odd', 'placeholder', 'example'];

function targetsOf(entries: readonly EntryAt[], confs: readonly ConfAt[], facts: ConfigFacts): TargetAt[] {
  const { addresses } = facts.machine;
  // A map that nobody names is judged as that of a listener with the documented defaults.
  const listeners =
    confs.length > 0
      ? confs.map((conf) => ({ place: listenerPlace(conf, addresses), insecure: conf.text('insecure.origin') === '1' }))
      : [{ place: { wanPort: 2408, ownAddresses: addresses, publicHosts: [] }, insecure: false }];
  const known = new Map<string, RailgunTarget>();
  return entries.flatMap((at) => {
    const { host, port } = at.entry.target;
    const key = `${host} ${port ?? ''} ${port === undefined ? (at.entry.port ?? '') : ''}`;
    let target = known.get(key);
    if (target === undefined) {
      const judged = listeners.map(({ place, insecure }) => railgunTarget(host, portsOf(at.entry, insecure), place));
      target = judged.toSorted((a, b) => rank(a) - rank(b))[0] ?? { kind: 'fine', says: '' };
      known.set(key, target);
    }
    return target.kind === 'fine' ? [] : [{ ...at, target }];
  });
}

function rank({ kind }: RailgunTarget): number {
  const at = worst.indexOf(kind);
  return at < 0 ? worst.length : at;
}

/** The ports of the target that requests of this line go to. */
function portsOf({ port, target }: NatEntry, insecure: boolean): readonly number[] {
  if (target.port !== undefined) return [target.port];
  if (insecure) return [80];
  return port === 80 || port === 443 ? [port] : [80, 443];
}

/** Where rg-listener is by its configuration. */
function listenerPlace(conf: ConfAt, ownAddresses: readonly string[]): ListenerPlace {
  const wanIp = bare(conf.text('wan.ip'));
  return {
    wanPort: conf.number('wan.port') ?? 2408,
    ...(wanIp !== undefined && { wanIp }),
    ownAddresses,
    publicHosts: publicHostsOf(conf).map(({ host }) => host),
  };
}

const publicKeys = ['activation.railgun_host', 'activation.public_ip'] as const;

/** What Cloudflare is told to connect to, without brackets; what was never filled in is none. */
function publicHostsOf(conf: ConfAt): { readonly key: string; readonly host: string }[] {
  return publicKeys.flatMap((key) => {
    const host = bare(conf.text(key));
    return host === undefined || host === 'YOUR_PUBLIC_IP_OR_HOSTNAME' ? [] : [{ key, host }];
  });
}

/** What Cloudflare connects to for this rg-listener, and the key that says so; the older key where the newer is not set. */
export function publicHostOf(conf: ConfAt): { readonly key: string; readonly host: string } | undefined {
  return publicHostsOf(conf)[0];
}

function bare(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text.replace(/^\[(.*)\]$/, '$1');
}

/** The place of a part of a line; without a column, of all of it. */
export function mapPlace(
  { map: { path, lines } }: MapAt,
  line: number,
  part: { readonly column?: number; readonly length?: number } = {},
): SourcePlace {
  const text = lines[line - 1];
  return { file: path, line, ...part, ...(text !== undefined && { text }) };
}

/** The place of the left side of a line, or of its right one. */
export function sidePlace(at: MapAt, { key, line, target }: NatEntry, side: 'key' | 'target'): SourcePlace {
  const { column, text } = side === 'key' ? key : target;
  return mapPlace(at, line, { column, length: text.length });
}
