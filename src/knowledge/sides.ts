import { sources } from './sources.js';
import type { Statement } from './statement.js';

/** Whose side something usually is. */
export type Side =
  | 'origin'
  | 'network'
  | 'cloudflare'
  | 'owner'
  | 'visitor'
  | 'railgun'
  | 'either'
  | 'nobody'
  | 'unknown';

export interface SideRow extends Statement {
  readonly side: Side;
  /** Who can do something about it, and how, one step each; empty where there is nothing to do. */
  readonly turnTo: readonly string[];
}

const { index5xx: index, of1xxx } = sources;

const toHost =
  'Give the host or administrator of the origin first: the code and the message, the time with its zone, and the exact URL.';
const toOthers = 'Read the logs of whatever stands between: load balancers, caches, proxies, firewalls.';

export const sides: readonly SideRow[] = [
  {
    side: 'origin',
    says: "usually the origin's side: its web server, its application or its firewall",
    turnTo: [toHost, toOthers],
    source: index,
  },
  {
    side: 'network',
    says: 'usually between Cloudflare and the origin: addresses, routes and firewalls',
    turnTo: [toHost, toOthers],
    source: index,
  },
  {
    side: 'cloudflare',
    says: "usually Cloudflare's side",
    turnTo: ['Only the owner of the domain is served by Cloudflare support: let the owner write to it.'],
    source: index,
  },
  {
    side: 'owner',
    says: 'the side of the owner of the domain: DNS records, rules, Workers or settings at Cloudflare',
    turnTo: ['Visitor: tell the owner of the site the code, the ray id and the time.'],
    source: of1xxx,
  },
  {
    side: 'visitor',
    says: "the visitor's side: the address that was asked for, the client, or something between it and Cloudflare",
    turnTo: ['Visitor: ask again by the name of the site, and with another client or from another network.'],
    source: of1xxx,
  },
  {
    side: 'railgun',
    says: "Railgun's side: rg-listener, its connection to Cloudflare, or its connection to the origin",
    turnTo: [
      'Read the log of rg-listener around that time.',
      'Ask whoever runs rg-listener; where that is a Cloudflare partner, the host.',
    ],
    source: sources.of2023,
  },
  {
    side: 'either',
    says: "the origin's side or Cloudflare's: what the page shows tells them apart",
    turnTo: [toHost, toOthers],
    source: index,
  },
  {
    side: 'unknown',
    says: 'no source says whose side it is',
    turnTo: ['Visitor: tell the owner of the site the code, the ray id and the time.'],
    source: of1xxx,
  },
  { side: 'nobody', says: 'nobody is at fault', turnTo: [], source: index },
];

/** The row of a side. */
export function sideOf(side: Side): SideRow | undefined {
  return sides.find((row) => row.side === side);
}
