import { decodeRailgunConf } from '../../decoders/railgun-conf.js';
import { notMapFailure } from '../../decoders/railgun-file-kind.js';
import { listenerSettings } from '../../decoders/railgun-listener-settings.js';
import { decodeRailgunNat } from '../../decoders/railgun-nat.js';
import { shownNatText } from '../../decoders/railgun-nat-shown.js';
import { lookAtFile } from '../../io/file-look.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import { packageConf } from '../../model/package-files.js';
import { shortened } from '../../model/shortened.js';
import type { ConfigurationFacts, DoctorAsked } from './facts.js';
import { notRegular } from './find-logs.js';
import type { Plan, ReadConfiguration } from './plan.js';

/** Bytes: both files are written by hand. As much as rg-diag origin reads of them. */
const longestFile = 4_000_000;

/** UTF-16 units of a path, or of what the system says of it. */
const longestText = 600;

/** What was found of a configuration: what the plan is made from; absent where there is none. */
export interface FoundConfiguration {
  readonly read?: ReadConfiguration;
  /** Why its map cannot be read. */
  readonly mapFailure?: Failure;
  /** What the files say, as far as they could be read: secrets are in it. */
  readonly texts: readonly string[];
}

/** The railgun.conf that was named, or the one of the package where it is there, with the map that it names. */
export async function findConfiguration({ config }: DoctorAsked, signal: AbortSignal): Promise<FoundConfiguration> {
  const path = config ?? packageConf;
  const seen = lookAtFile(path);
  if (config === undefined && !seen.ok && seen.failure.code === 'file-not-found') return { texts: [] };
  const text = await textOf(path, signal);
  const irregular = seen.ok && !seen.value.regular;
  if (typeof text !== 'string') return { read: { path, failure: text, ...(irregular && { irregular }) }, texts: [] };
  const conf = decodeRailgunConf(text);
  const mapFile = listenerSettings(conf).mapFile.value;
  if (mapFile === undefined) return { read: { path, conf }, texts: [text] };
  // What the file calls - is a file of that name, and not standard input.
  const map = await textOf(mapFile === '-' ? './-' : mapFile, signal);
  const shown = shortened(mapFile, longestText);
  const mapFailure = typeof map === 'string' ? notMapFailure(map, shown) : map;
  if (typeof map !== 'string' || mapFailure !== undefined) {
    return { read: { path, conf, mapFile: shown }, ...(mapFailure && { mapFailure }), texts: [text] };
  }
  // What could be a secret is no host, and is contacted by nobody.
  const read = { path, conf, mapFile: shown, map: decodeRailgunNat(shownNatText(map)) };
  return { read, texts: [text, map] };
}

/** The same as facts. */
export function configurationFacts(
  { read, mapFailure }: FoundConfiguration,
  unchecked: Plan['unchecked'],
): ConfigurationFacts {
  if (read === undefined) return { state: 'absent', looked: [packageConf] };
  if ('failure' in read) return { state: 'unreadable', path: read.path, failure: read.failure };
  return {
    state: 'read',
    path: read.path,
    ...(read.mapFile !== undefined && { mapFile: read.mapFile }),
    ...(mapFailure !== undefined && { mapFailure }),
    unchecked,
  };
}

async function textOf(path: string, signal: AbortSignal): Promise<string | Failure> {
  // Whoever writes to a FIFO may do so late, never, or once only.
  const seen = lookAtFile(path);
  if (seen.ok && !seen.value.regular) return notRegular(path);
  const bytes = await readBytes(path, longestFile, signal);
  if (!bytes.ok) return { ...bytes.failure, detail: shortened(bytes.failure.detail, longestText) };
  if (bytes.value.includes(0)) return { code: 'malformed', step: 'input', blame: 'us', detail: `${path} is no text` };
  return bytes.value.toString('utf8');
}
