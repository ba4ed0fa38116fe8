import { decodeRailgunConf, type RailgunConf } from '../../decoders/railgun-conf.js';
import { notMapFailure } from '../../decoders/railgun-file-kind.js';
import { heldIn } from '../../decoders/railgun-held.js';
import { type ListenerSettings, listenerSettings } from '../../decoders/railgun-listener-settings.js';
import { decodeRailgunNat, type RailgunNat } from '../../decoders/railgun-nat.js';
import { shownNatText } from '../../decoders/railgun-nat-shown.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import { shortened } from '../../model/shortened.js';
import type { ConfigResolveAsked, ListenerFacts, UnreadFacts } from './facts.js';

/** Bytes: both files are written by hand. */
const longestFile = 1_000_000;

const longestValue = 300;

/** The two files, as far as they decide where a request goes. */
export interface Configuration {
  readonly listener: ListenerFacts;
  readonly map?: RailgunNat;
}

export type Unread = Pick<UnreadFacts, 'path' | 'of' | 'failure'>;

const read = new WeakMap<ConfigResolveAsked, Promise<Configuration | Unread>>();

/** The configuration of a run: all its targets are judged by the same one, and standard input is there once only. */
export function configurationFor(asked: ConfigResolveAsked, signal: AbortSignal): Promise<Configuration | Unread> {
  const known = read.get(asked) ?? configurationAt(asked.config, signal);
  read.set(asked, known);
  return known;
}

async function configurationAt(path: string, signal: AbortSignal): Promise<Configuration | Unread> {
  const text = await textOf(path, signal);
  if (typeof text !== 'string') return { path, of: 'config', failure: text };
  const conf = decodeRailgunConf(text);
  const settings = listenerSettings(conf);
  const listener = listenerFacts(path, conf, settings);
  const mapFile = settings.mapFile.value;
  if (mapFile === undefined) return { listener };
  // What the file calls - is a file of that name, and not standard input.
  const map = await textOf(mapFile === '-' ? './-' : mapFile, signal);
  if (typeof map !== 'string') return { path: shortened(mapFile, longestValue), of: 'map', failure: map };
  const failure = notMapFailure(map, shortened(mapFile, longestValue));
  if (failure !== undefined) return { path: shortened(mapFile, longestValue), of: 'map', failure };
  // What could be a secret is no host, and leads nowhere that can be shown.
  return { listener, map: decodeRailgunNat(shownNatText(map)) };
}

async function textOf(path: string, signal: AbortSignal): Promise<string | Failure> {
  const bytes = await readBytes(path, longestFile, signal);
  if (!bytes.ok) return { ...bytes.failure, detail: shortened(bytes.failure.detail, 2 * longestValue) };
  const name = path === '-' ? 'standard input' : path;
  if (bytes.value.includes(0)) return { code: 'malformed', step: 'input', blame: 'us', detail: `${name} is no text` };
  return bytes.value.toString('utf8');
}

const deciding: readonly string[] = ['map.file', 'insecure.origin', 'wan.port'];

function listenerFacts(config: string, conf: RailgunConf, settings: ListenerSettings): ListenerFacts {
  const mapFile = settings.mapFile.value;
  const wanIp = heldIn(conf, 'wan.ip');
  const hosts = ['activation.railgun_host', 'activation.public_ip'].map((key) => heldIn(conf, key));
  return {
    config,
    ...(mapFile !== undefined && { mapFile: shortened(mapFile, longestValue) }),
    insecureOrigin: settings.insecureOrigin.value,
    wanPort: settings.wanPort.value,
    ...(wanIp !== undefined && wanIp !== '' && { wanIp }),
    publicHosts: hosts.flatMap((host = '') =>
      host === '' || host.length > longestValue ? [] : [withoutBrackets(host)],
    ),
    problems: settings.problems.filter(({ key }) => deciding.includes(key)),
  };
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
