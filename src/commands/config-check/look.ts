import { notMapFailure, railgunFileKind } from '../../decoders/railgun-file-kind.js';
import { namedFilesOf } from '../../decoders/railgun-files.js';
import { type DecodedText, decodeText } from '../../decoders/text-encoding.js';
import { stopOf } from '../../io/deadline.js';
import { realPathOf } from '../../io/file-status.js';
import { ownAddresses } from '../../io/own-addresses.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import { type ReadConf, readConf, tokenGroups } from './conf-facts.js';
import type {
  ConfFacts,
  ConfigCheckAsked,
  ConfigCheckTarget,
  ConfigFacts,
  MapFacts,
  ReferredFile,
  UnreadFile,
} from './facts.js';
import { followedPath } from './followed-path.js';
import { readMap } from './map-facts.js';
import { lookAtNamedFiles } from './named-files.js';
import type { FileRead, ReadFile } from './read-file.js';

/** All that stands in the files, in those that they name, and what this machine is. One file after the other. */
export async function look(
  { files }: ConfigCheckTarget,
  asked: ConfigCheckAsked,
  { signal, now }: Pick<MeasureContext, 'signal' | 'now'>,
  readFile: ReadFile,
): Promise<ConfigFacts> {
  const observedAt = new Date(now()).toISOString();
  const configs: ConfFacts[] = [];
  const maps = mapList();
  const unread: UnreadFile[] = [];
  const read: { readonly path: string; readonly status: Pick<FileRead, 'status'>; readonly conf: ReadConf }[] = [];
  for (const path of files) {
    const found = await readFile(path);
    if ('code' in found) {
      unread.push({ path, failure: found });
      continue;
    }
    const { bytes, ...status } = found;
    const decoded = decodeText(bytes);
    if (railgunFileKind(decoded.text, path) === 'conf') read.push({ path, status, conf: readConf(decoded) });
    else await maps.add(path, status, decoded);
  }
  const tokenOf = tokenGroups();
  for (const { path, status, conf } of read) {
    const token = tokenOf(conf);
    const named = await lookAtNamedFiles(conf, signal);
    const { map, failure } = await followMap(conf, maps, readFile);
    configs.push({
      path,
      ...status,
      ...conf.facts,
      ...(token !== undefined && { token }),
      files: failure === undefined ? named : named.map((file) => withFailure(file, failure)),
      ...(map !== undefined && { map }),
    });
  }
  const stopped = stopOf(signal);
  const machine = ownAddresses();
  return { kind: 'config', asked, observedAt, configs, maps: maps.all, unread, machine, ...(stopped && { stopped }) };
}

interface MapList {
  readonly all: readonly MapFacts[];
  /** The index of a map that is there already, under whatever path. */
  find(path: string): Promise<number | undefined>;
  /** Returns its index. */
  add(path: string, status: Pick<FileRead, 'status'>, decoded: DecodedText): Promise<number>;
}

/** Each map once. */
function mapList(): MapList {
  const all: MapFacts[] = [];
  const indexOf = new Map<string, number>();
  const placeOf = async (path: string) => (path === '-' ? path : realPathOf(path));
  const find = async (path: string) => indexOf.get(await placeOf(path));
  return {
    all,
    find,
    async add(path, status, decoded) {
      const known = await find(path);
      if (known !== undefined) return known;
      indexOf.set(await placeOf(path), all.length);
      return all.push({ path, ...status, ...readMap(decoded) }) - 1;
    },
  };
}

/** Reads what `map.file` names, unless that was done already. */
async function followMap(
  { conf }: ReadConf,
  maps: MapList,
  readFile: ReadFile,
): Promise<{ readonly map?: number; readonly failure?: Failure }> {
  const named = namedFilesOf(conf).find(({ key }) => key === 'map.file')?.path;
  if (named === undefined) return {};
  const path = followedPath(named);
  const known = await maps.find(path);
  if (known !== undefined) return { map: known };
  const found = await readFile(path, 'regular');
  if ('code' in found) return { failure: found };
  const { bytes, ...status } = found;
  const decoded = decodeText(bytes);
  // What is shown of a map is not meant for settings.
  const failure = notMapFailure(decoded.text, named);
  if (failure !== undefined) return { failure };
  return { map: await maps.add(path, status, decoded) };
}

function withFailure(file: ReferredFile, failure: Failure): ReferredFile {
  return file.key === 'map.file' ? { ...file, failure } : file;
}
