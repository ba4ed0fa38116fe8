import { addressRanges } from '../knowledge/address-ranges.js';
import { addressBytes, addressText } from './ip-address.js';
import type { KernelRoute } from './proc-net-route.js';

/** A route that packets for a range of Cloudflare, or for a part of it, take. */
export interface CloudflareRoute {
  /** `172.64.0.0/13` */
  readonly range: string;
  /** `172.0.0.0/8` */
  readonly route: string;
  readonly via?: string;
  readonly device: string;
  readonly rejects?: true;
}

/** Routes that are shorter are the default in other words, such as the two halves that a VPN takes instead of it. */
const shortest = { 4: 4, 16: 16 } as const;

/**
 * The routes other than a default one that lead into what Cloudflare connects from and visitors connect to: one that is too
 * broad (172.0.0.0/8, meant to be 172.16.0.0/12) takes the answers to the edge elsewhere (Cloudflare, IP addresses). Of the routes
 * as many as `most` are compared.
 */
export function cloudflareRoutes(routes: readonly KernelRoute[], most = 10_000): CloudflareRoute[] {
  const ranges = addressRanges.flatMap(({ kind, range }) => {
    const [text = '', length] = range.split('/');
    const base = addressBytes(text);
    return kind === 'cloudflare' && base !== undefined ? [{ range, base, prefix: Number(length) }] : [];
  });
  return routes.slice(0, most).flatMap(({ base, prefix, via, device, rejects }) => {
    if ((base.length !== 4 && base.length !== 16) || prefix < shortest[base.length]) return [];
    const route = `${addressText(base)}/${prefix}`;
    const way = { route, ...(via !== undefined && { via }), device, ...(rejects && { rejects }) };
    return ranges
      .filter((range) => isSame(range.base, base, Math.min(range.prefix, prefix)))
      .map(({ range }) => ({ range, ...way }));
  });
}

/** Whether the first bits of two addresses of one family are the same. */
function isSame(one: Uint8Array, other: Uint8Array, bits: number): boolean {
  if (one.length !== other.length) return false;
  return one.every((byte, at) => {
    const count = Math.min(Math.max(bits - at * 8, 0), 8);
    const mask = (0xff << (8 - count)) & 0xff;
    return (byte & mask) === ((other[at] ?? 0) & mask);
  });
}
