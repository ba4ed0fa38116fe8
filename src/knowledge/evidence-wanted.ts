/**
 * What a bundle can have in it of what Cloudflare support asks for. Each item that a source asks for (`SupportItem.evidence`) names
 * those of these that answer it.
 */
export type Evidence =
  // What is written into the ticket.
  | 'time'
  | 'zone'
  | 'frequency'
  | 'description'
  | 'urls'
  | 'rays'
  | 'urgency'
  // Files of this machine.
  | 'railgun-conf'
  | 'railgun-nat'
  | 'memcached-conf'
  | 'log'
  | 'panic-log'
  | 'origin-log'
  // What is seen over the network.
  | 'trace'
  | 'origin'
  | 'certificate'
  | 'listener'
  | 'memcached'
  | 'route'
  | 'route-to-origin'
  | 'route-to-cloudflare'
  | 'dns'
  // What a browser recorded.
  | 'har'
  | 'two-hars';

/** How a person can hand over what no machine knows: options of `rg-diag bundle`, and HOST. */
export const evidenceGiven: Readonly<Partial<Record<Evidence, string>>> = {
  zone: '--zone NAME',
  description: '--what TEXT',
  urls: 'the URL as an argument',
  rays: '--ray RAY',
  'origin-log': '--origin-log FILE',
  'route-to-cloudflare': '--origin-log FILE',
  har: '--har FILE',
  'two-hars': '--har FILE --har FILE',
};
