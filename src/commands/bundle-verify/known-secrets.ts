import { secretsToldByConf, secretsToldByList } from '../../decoders/known-secrets.js';
import { decodeText } from '../../decoders/text-encoding.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import { packageConf } from '../../model/package-files.js';
import type { BundleVerifyAsked, SecretSource } from './facts.js';

/** Bytes of a configuration, and of a list of secrets. */
const longestFile = 10_000_000;

export interface KnownSecrets {
  /** Secret → what it is called. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Too short or too ordinary to be looked for. */
  readonly ordinary: ReadonlySet<string>;
  readonly sources: readonly SecretSource[];
}

/** Secrets that must not be in a bundle. A file that was named has to be readable; that of the package need not be there. */
export async function knownSecrets(
  { config, secretFile }: BundleVerifyAsked,
  signal: AbortSignal,
): Promise<KnownSecrets | Failure> {
  const secrets = new Map<string, string>();
  const ordinary = new Set<string>();
  const sources: SecretSource[] = [];
  const files = [
    { path: config ?? packageConf, named: config !== undefined, toldBy: secretsToldByConf },
    ...(secretFile === undefined ? [] : [{ path: secretFile, named: true, toldBy: secretsToldByList }]),
  ];
  for (const { path, named, toldBy } of files) {
    const read = await readBytes(path, longestFile, signal);
    if (read.ok) {
      const told = toldBy(decodeText(read.value).text);
      for (const [secret, name] of told.secrets) secrets.set(secret, name);
      for (const secret of told.ordinary) ordinary.add(secret);
      sources.push({ path, state: 'read', secrets: told.secrets.size + told.ordinary.size });
    } else if (named) return read.failure;
    else if (read.failure.code !== 'file-not-found') sources.push({ path, state: 'unread', failure: read.failure });
  }
  return { secrets, ordinary, sources };
}
