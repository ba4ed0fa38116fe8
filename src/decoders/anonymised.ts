import { type AnonymousLabels, createAnonymousLabels } from './anonymised-labels.js';
import { anonymisedText } from './anonymised-text.js';

/** Nothing brings about so many. */
const mostRounds = 5;

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
 * `name-2` for a machine, `address-4-1`, `address-6-1`, `mail-1`, `user-1` for who is named in a URL. Addresses are known by their shape;
 * loopback, unspecified ones, masks of networks, and those of Cloudflare stay. Mail addresses, and what activation calls a listener
 * (`….port2408.net`), are known by theirs. Other names have to be known: hosts and machines, and with them the domains that they are in.
 * Those of Cloudflare stay. Names that are words of logs are replaced only where a log has the name of its machine.
 *
 * What tells whose a certificate is gets labels too: `id-1` for fingerprints, serial numbers and ids of keys, `company-1` and `place-1`
 * in a subject that is that of a host.
 *
 * A known name is found in any case, in UTF-16, percent-encoded, with the escapes of JSON and of pages, also more than once, in base64
 * and in hexadecimal (which are written anew), with hyphens for its dots, cut off by an ellipsis where eight characters of it are left,
 * and broken into the lines of a table. A block in PEM form that has one is left out.
 *
 * What it cannot reach: names and addresses in pictures, in what is compressed or encrypted, in base64 or hexadecimal that is broken
 * into lines, addresses that are cut off, and names that nobody gave it.
 */
export function createAnonymiser(known: { readonly names: readonly string[] }): Anonymiser {
  const labels = createAnonymousLabels(known.names);
  return {
    text: (text) => untilStable(text, labels),
    map: labels.map,
    left: (text) => anonymisedText(text, labels.asking()).count,
  };
}

/** A label may bring about what is read in another way than before: `x@domain-1`. */
function untilStable(text: string, labels: AnonymousLabels): string {
  let shown = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const { text: next, count } = anonymisedText(shown, labels);
    if (count === 0) break;
    shown = next;
  }
  return shown;
}
