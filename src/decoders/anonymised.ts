import { createAnonymousLabels } from './anonymised-labels.js';
import { anonymisedTokens } from './anonymised-tokens.js';

/** Which label stands for what. */
export interface AnonymisedName {
  readonly label: string;
  /** An address as RFC 5952 writes it; a name in lower case. */
  readonly original: string;
  readonly kind: 'name' | 'address';
}

export interface Anonymiser {
  /** Labels in the place of names and addresses. */
  text(text: string): string;
  /** In the order in which they came up. */
  readonly map: () => readonly AnonymisedName[];
  /** How many originals are left in a text. */
  readonly left: (text: string) => number;
}

/**
 * Puts labels in the place of names and addresses, the same ones in all texts that it is given: `domain-1`, `name-1.domain-1`,
 * `name-2` for a machine, `address-4-1`, `address-6-1`. Addresses are known by their shape; loopback, unspecified ones, masks of
 * networks, and those of Cloudflare stay. Names have to be known: hosts and machines, and with them the domains that they are in.
 * Those of Cloudflare stay. Names that are words of logs are replaced only where a log has the name of its machine.
 *
 * What it cannot reach: names and addresses in certificates in PEM form, in base64, in pictures, and names that nobody gave it.
 */
export function createAnonymiser(known: { readonly names: readonly string[] }): Anonymiser {
  const labels = createAnonymousLabels(known.names);
  const replaced = (text: string) => anonymisedTokens(text, labels);
  return {
    text: (text) => replaced(text).text,
    map: labels.map,
    left: (text) => anonymisedTokens(text, labels.asking()).count,
  };
}
