import { isTellingEvidence } from '../../decoders/evidence-names.js';
import { secretsOfConf } from '../../decoders/evidence-set.js';
import { shownPlace } from './case-place.js';
import type { BundleTarget } from './facts.js';
import type { SettingsText } from './settings-texts.js';

/** Secrets that are known by their value, whatever file they may have got into: value → what it is called. */
export function knownSecrets({ hosts }: BundleTarget, settings: readonly SettingsText[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const { text } of settings) {
    for (const [secret, name] of secretsOfConf(text)) known.set(secret, name);
  }
  for (const host of hosts) {
    // What is not shown of a URL that was given is taken for secret.
    const shown = shownPlace(host);
    for (const value of host
      .split(/[?&#=]/)
      .slice(1)
      .flatMap(withDecoded)) {
      if (!shown.includes(value) && isTellingEvidence(value)) known.set(value, 'value in a URL');
    }
  }
  return known;
}

/** A value as it was given, and without percent-encoding. */
function withDecoded(value: string): readonly string[] {
  try {
    return [...new Set([value, decodeURIComponent(value)])];
  } catch {
    return [value];
  }
}
