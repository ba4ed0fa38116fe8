import { decodeText } from '../../decoders/text-encoding.js';
import { lookAtFile } from '../../io/file-look.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import type { GatheredPart } from './gather.js';

/** Bytes of a file of settings that are looked through. */
const longestFile = 10_000_000;

/** A file of settings of this machine. */
export interface SettingsText {
  readonly is: 'railgun.conf' | 'map' | 'memcached.conf';
  readonly text: string;
}

export interface SettingsTexts {
  readonly texts: readonly SettingsText[];
  /** Files that are there, and whose secrets nobody knows. */
  readonly unread: readonly { readonly path: string; readonly failure: Failure }[];
}

/**
 * The files of settings, as far as they can be read, and also where they are not wanted in the bundle, or are links, which it does not
 * take: only they tell what secrets and names there are.
 */
export async function settingsTexts(parts: readonly GatheredPart[], signal: AbortSignal): Promise<SettingsTexts> {
  const texts: SettingsText[] = [];
  const unread: { path: string; failure: Failure }[] = [];
  for (const { part, gathered } of parts) {
    const { kind, file, how: path } = part;
    if (kind !== 'configuration' && kind !== 'memcached-conf') continue;
    const is = kind === 'memcached-conf' ? 'memcached.conf' : file.includes('railgun-nat') ? 'map' : 'railgun.conf';
    const text = gathered.state === 'collected' ? gathered.text : await textOf(path, signal);
    if (typeof text === 'string') texts.push({ is, text });
    else if (text.code !== 'file-not-found') unread.push({ path, failure: text });
  }
  return { texts, unread };
}

async function textOf(path: string, signal: AbortSignal): Promise<string | Failure> {
  const looked = lookAtFile(path);
  if (!looked.ok) return looked.failure;
  if (!looked.value.regular) {
    return { code: 'not-a-file', step: 'input', blame: 'us', detail: `${path} is not a regular file` };
  }
  const read = await readBytes(path, longestFile, signal);
  return read.ok ? decodeText(read.value).text : read.failure;
}
