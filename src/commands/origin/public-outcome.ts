import { placeOfDataCentre } from '../../knowledge/data-centres.js';
import type { Failure } from '../../model/failure.js';
import type { PublicPath } from './facts.js';

/** What the public path comes to. */
export type PublicOutcome =
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Nothing in the answer is of Cloudflare. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'challenge'; readonly status: number }
  /** `code` is a 5xx, or a 1xxx of Cloudflare; `own`: the page is of Cloudflare itself. */
  | { readonly kind: 'error'; readonly code: number; readonly own: boolean }
  /** `cache`: what Cf-Cache-Status says where the answer may be from the cache. */
  | { readonly kind: 'answer'; readonly status: number; readonly cache?: string };

/** Those of which the origin was not asked, or not waited for. */
const cached: readonly string[] = ['HIT', 'STALE', 'UPDATING'];

/** What everybody gets through Cloudflare, as far as one request tells. */
export function publicOutcome({ failure, error, http, ray }: PublicPath): PublicOutcome {
  if (error !== undefined) return { kind: 'error', code: error.code, own: true };
  if (http === undefined) {
    const unseen = { code: 'no-answer', step: 'request', blame: 'path', detail: 'no answer was seen' } as const;
    return { kind: 'failed', failure: failure ?? unseen };
  }
  const { status, headers } = http;
  if (ray === undefined && !/^cloudflare/i.test(headers['server'] ?? '')) return { kind: 'elsewhere' };
  if (headers['cf-mitigated'] === 'challenge') return { kind: 'challenge', status };
  // Codes from 520 on are Cloudflare's own; the others may be the origin's, which it hands on.
  if (status >= 500) return { kind: 'error', code: status, own: status >= 520 };
  const cache = headers['cf-cache-status']?.toUpperCase();
  return { kind: 'answer', status, ...(cache !== undefined && cached.includes(cache) && { cache }) };
}

/** `ray 2848f5c229e802d9-AMS, Amsterdam, Netherlands`; nothing where there was no ray. */
export function rayText({ ray, trace }: PublicPath): string | undefined {
  const colo = ray?.colo ?? trace?.['colo'];
  const place = colo === undefined ? undefined : placeOfDataCentre(colo);
  const id = ray === undefined ? undefined : `ray ${ray.id}${ray.colo === undefined ? '' : `-${ray.colo}`}`;
  const parts = [id, place ?? (ray === undefined && colo !== undefined ? colo : undefined)];
  const text = parts.filter((part) => part !== undefined).join(', ');
  return text === '' ? undefined : text;
}

/** ` (ray …)`, to follow what Cloudflare answers; empty where there was no ray. */
export function rayInBrackets(path: PublicPath): string {
  const text = rayText(path);
  return text === undefined ? '' : ` (${text})`;
}
