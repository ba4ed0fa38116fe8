import { isTellingEvidence } from '../../decoders/evidence-names.js';
import { secretsOfConf } from '../../decoders/evidence-set.js';
import { shortestSecret } from '../../decoders/secret-forms.js';
import { decodeSecretList } from '../../decoders/secret-list.js';
import { decodeText } from '../../decoders/text-encoding.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import { packageConf } from '../../model/package-files.js';
import type { BundleVerifyAsked, SecretSource } from './facts.js';

/** Bytes of a configuration, and of a list of secrets. */
const longestFile = 10_000_000;

export interface KnownSecrets {
  /** Secret → what it is called. */
  readonly secrets: Map<string, string>;
  /** Too short or too ordinary to be looked for. */
  readonly ordinary: Set<string>;
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
  const path = config ?? packageConf;
  const conf = await readBytes(path, longestFile, signal);
  if (conf.ok) {
    const found = secretsOfConf(decodeText(conf.value).text);
    for (const [secret, name] of found) {
      if (isTellingEvidence(secret)) secrets.set(secret, name);
      else ordinary.add(secret);
    }
    sources.push({ path, state: 'read', secrets: found.size });
  } else if (config !== undefined) return conf.failure;
  else if (conf.failure.code !== 'file-not-found') sources.push({ path, state: 'unread', failure: conf.failure });
  if (secretFile === undefined) return { secrets, ordinary, sources };
  const list = await readBytes(secretFile, longestFile, signal);
  if (!list.ok) return list.failure;
  const { secrets: listed } = decodeSecretList(decodeText(list.value).text);
  for (const [secret, name] of listed) {
    // Whoever lists a word of everyday wants it looked for.
    if (Buffer.byteLength(secret) >= shortestSecret) secrets.set(secret, name);
    else ordinary.add(secret);
  }
  sources.push({ path: secretFile, state: 'read', secrets: listed.size });
  return { secrets, ordinary, sources };
}
