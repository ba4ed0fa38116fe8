import { shownPlace } from './case-place.js';
import type { BundleAsked } from './facts.js';

/** Words of a command line as they may be shown: URLs without what could be secret in them. */
export function shownWords(words: readonly string[], { hosts }: Pick<BundleAsked, 'hosts'>): string[] {
  // Hosts come first, in their order, right behind the name of the command.
  return words.map((word, index) => (index >= 1 && index <= hosts.length ? shownPlace(word) : word));
}
