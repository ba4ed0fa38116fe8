import { secretsToldByConf, secretsToldByList } from '../../decoders/known-secrets.js';
import { decodeText } from '../../decoders/text-encoding.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import { packageConf } from '../../model/package-files.js';
import type { BundleRedactAsked, SecretSource } from './facts.js';

/** Bytes of a configuration, and of a list of secrets. */
const longestFile = 10_000_000;

export interface KnownSecrets {
  /** Secret → what it is called. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Those of the list alone, which are masked whatever they look like. */
  readonly listed: ReadonlyMap<string, string>;
  /** Too short or too ordinary to be looked for. */
  readonly ordinary: ReadonlySet<string>;
  readonly sources: readonly SecretSource[];
}

/** Secrets that are masked by their value. A file that was named has to be readable; that of the package need not be there. */
export async function knownSecrets(
  { config, secretFile }: BundleRedactAsked,
  signal: AbortSignal,
): Promise<KnownSecrets | Failure> {
  const none = { secrets: new Map<string, string>(), ordinary: new Set<string>() };
  const sources: SecretSource[] = [];
  const told = async (path: string, named: boolean, toldBy: typeof secretsToldByConf) => {
    const read = await readBytes(path, longestFile, signal);
    if (read.ok) {
      const found = toldBy(decodeText(read.value).text);
      sources.push({ path, state: 'read', secrets: found.secrets.size + found.ordinary.size });
      return found;
    }
    if (named) return read.failure;
    if (read.failure.code !== 'file-not-found') sources.push({ path, state: 'unread', failure: read.failure });
    return none;
  };
  const byConf = await told(config ?? packageConf, config !== undefined, secretsToldByConf);
  if ('code' in byConf) return byConf;
  const byList = secretFile === undefined ? none : await told(secretFile, true, secretsToldByList);
  if ('code' in byList) return byList;
  const ordinary = new Set([...byConf.ordinary, ...byList.ordinary]);
  return { secrets: byConf.secrets, listed: byList.secrets, ordinary, sources };
}
