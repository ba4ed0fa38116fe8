import { addressKind } from './address-kind.js';
import { addressBytes, addressText } from './ip-address.js';

/** An address of Cloudflare's ranges, and how often it stands in a text. */
export interface CountedAddress {
  /** As RFC 5952 wants it, however it was spelled. */
  readonly address: string;
  readonly count: number;
  /** Its range was Cloudflare's once, and may be anybody's today. */
  readonly former?: true;
}

/** Different addresses that are counted; those that come later are left out. */
const mostAddresses = 10_000;

/** What may be an address: digits with dots, or hexadecimal digits with colons; no part of a longer number, a version or a name. */
const candidate =
  /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\w)|(?<![\w.:-])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}(?![\w-]|\.\d)/gi;

/**
 * The addresses of Cloudflare's ranges in the text of a log, whatever stands around them: peers (`railgun[199.27.130.135:22114]`),
 * the first column of an access log, `dial tcp 104.16.0.1:443:`. The most frequent first. Linear in the text.
 */
export function cloudflareAddresses(text: string): CountedAddress[] {
  const counts = new Map<string, { count: number; former: boolean }>();
  for (const [found] of text.matchAll(candidate)) {
    // A colon that ends what was said, not the address.
    const bytes = addressBytes(found.replace(/([^:]):$/, '$1'));
    if (bytes === undefined) continue;
    const address = addressText(bytes);
    const known = counts.get(address);
    if (known !== undefined) known.count += 1;
    else if (counts.size < mostAddresses) {
      const { kind, range } = addressKind(address);
      const former = kind === 'public' && range !== undefined;
      if (kind === 'cloudflare' || former) counts.set(address, { count: 1, former });
    }
  }
  return [...counts]
    .map(([address, { count, former }]) => ({ address, count, ...(former && { former }) }))
    .sort((a, b) => b.count - a.count || (a.address < b.address ? -1 : 1));
}
