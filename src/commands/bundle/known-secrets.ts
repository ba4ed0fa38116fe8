import { secretsOfConf } from '../../decoders/evidence-set.js';
import { secretsOfUrl } from '../../decoders/secrets-of-url.js';
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
    for (const [secret, name] of secretsOfUrl(host, shownPlace(host))) known.set(secret, name);
  }
  return known;
}
