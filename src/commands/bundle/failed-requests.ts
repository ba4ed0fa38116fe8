import { decodeHar } from '../../decoders/har.js';
import { type HarEntry, harEntry } from '../../decoders/har-entry.js';
import type { BundleFacts, CasePlace, FailedRequest } from './facts.js';
import type { GatheredPart } from './gather.js';

/** Requests that a ticket names: support looks at one or two. */
const mostRequests = 10;

/**
 * Requests in the gathered HTTP archives that visitors got this status for through Cloudflare, or, where none is given, any from 500 on: the
 * oldest first. Where hosts are named, those of other hosts are left out: a page has answers of many sites in it.
 */
export function failedRequestsOf(
  parts: readonly GatheredPart[],
  code: number | undefined,
  places: readonly CasePlace[],
): FailedRequest[] {
  const hosts = new Set(places.map(({ host }) => host));
  const isWanted = ({ status, throughCloudflare, url }: HarEntry) =>
    throughCloudflare &&
    (code === undefined ? status >= 500 : status === code) &&
    (hosts.size === 0 || hosts.has(hostOf(url)));
  const requests = parts.flatMap(({ part, gathered }) =>
    part.kind === 'har' && gathered.state === 'collected' ? entriesOf(gathered.text).filter(isWanted) : [],
  );
  return requests
    .map(requestOf)
    .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
    .slice(0, mostRequests);
}

/** The rays that the user named, and those of requests that failed. */
export function raysOf({ asked, failedRequests = [] }: BundleFacts): string[] {
  return [...new Set([...(asked.rays ?? []), ...failedRequests.flatMap(({ ray }) => ray ?? [])])];
}

function entriesOf(text: string): HarEntry[] {
  const har = decodeHar(Buffer.from(text));
  return 'code' in har ? [] : har.entries.map(harEntry);
}

function requestOf({ url, status, at, ray, colo }: HarEntry): FailedRequest {
  return {
    url,
    status,
    ...(at !== undefined && { at: new Date(at).toISOString() }),
    ...(ray !== undefined && { ray: colo === undefined ? ray : `${ray}-${colo}` }),
  };
}

/** As places have it: lower case, IPv6 without brackets; empty where it is no URL. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') : '';
}
