import { decodeText } from '../../decoders/text-encoding.js';
import { readFileEnd } from '../../io/file-end.js';
import type { GatheredPart } from './gather.js';

/** Bytes of a file of settings that are looked through. */
const longestFile = 2_000_000;

/** A file of settings of this machine. */
export interface SettingsText {
  readonly is: 'railgun.conf' | 'map' | 'memcached.conf';
  readonly text: string;
}

/**
 * The files of settings, as far as they can be read, and also where they are not wanted in the bundle: only they tell what secrets and
 * names there are.
 */
export async function settingsTexts(parts: readonly GatheredPart[], signal: AbortSignal): Promise<SettingsText[]> {
  const texts: SettingsText[] = [];
  for (const one of parts) {
    const { kind, file } = one.part;
    if (kind !== 'configuration' && kind !== 'memcached-conf') continue;
    const is = kind === 'memcached-conf' ? 'memcached.conf' : file.includes('railgun-nat') ? 'map' : 'railgun.conf';
    texts.push({ is, text: await textOf(one, signal) });
  }
  return texts;
}

async function textOf({ part, gathered }: GatheredPart, signal: AbortSignal): Promise<string> {
  if (gathered.state === 'collected') return gathered.text;
  const read = await readFileEnd(part.how, longestFile, signal);
  return read.ok ? decodeText(read.value.bytes).text : '';
}
