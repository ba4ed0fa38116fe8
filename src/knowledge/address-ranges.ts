import { sources } from './sources.js';

/** A range of addresses that is not simply somebody's on the Internet. */
export interface AddressRange {
  /** `192.0.2.0/24` */
  readonly range: string;
  /** Whose or what it is: says "an address …". */
  readonly says: string;
  /**
   * `private`: reaches nothing from another network, so not from the edge either; `placeholder`: Cloudflare's own advice
   * for records that lead to no origin; `reserved`: set apart for something that is no web server.
   */
  readonly kind: 'cloudflare' | 'private' | 'reserved' | 'placeholder';
  /** For examples in documents: nobody publishes one by accident, and tests stand on them. */
  readonly documentation?: true;
  readonly source: string;
}

const listed = 'Cloudflare, IP ranges (list of 2026-09-29; www.cloudflare.com/ips-v4, /ips-v6)';

/** The ranges that the edge connects from, and visitors connect to. 172.64.0.0/13 is public: RFC 1918 has 172.16.0.0/12. */
const cloudflareRanges: readonly string[] = [
  '173.245.48.0/20',
  '103.21.244.0/22',
  '103.22.200.0/22',
  '103.31.4.0/22',
  '141.101.64.0/18',
  '108.162.192.0/18',
  '190.93.240.0/20',
  '188.114.96.0/20',
  '197.234.240.0/22',
  '198.41.128.0/17',
  '162.158.0.0/15',
  '104.16.0.0/13',
  '104.24.0.0/14',
  '172.64.0.0/13',
  '131.0.72.0/22',
  '2400:cb00::/32',
  '2606:4700::/32',
  '2803:f800::/32',
  '2405:b500::/32',
  '2405:8100::/32',
  '2a06:98c0::/29',
  '2c0f:f248::/32',
];

/** Ranges that were Cloudflare's and are no longer in its list: an address in one of them, and in no other, is anybody's. */
export const formerCloudflareRanges: readonly { readonly range: string; readonly source: string }[] = [
  // Today 104.16.0.0/13 and 104.24.0.0/14.
  { range: '104.16.0.0/12', source: 'older copies of Cloudflare’s list of IP ranges' },
  // The peer of the sample log of 2012 is in it.
  { range: '199.27.128.0/21', source: 'older copies of Cloudflare’s list of IP ranges' },
];

const placeholders = `${sources.e522}; Cloudflare, Error 1034`;

type Row = readonly [range: string, says: string, source: string];

/** What no address of another network can reach. */
const privateRanges: readonly Row[] = [
  ['10.0.0.0/8', 'of a private network', 'RFC 1918'],
  ['172.16.0.0/12', 'of a private network', 'RFC 1918'],
  ['192.168.0.0/16', 'of a private network', 'RFC 1918'],
  ['100.64.0.0/10', 'shared behind the NAT of a provider', 'RFC 6598'],
  ['127.0.0.0/8', 'of the machine itself (loopback)', 'RFC 1122'],
  ['169.254.0.0/16', 'of the local link', 'RFC 3927'],
  ['::1/128', 'of the machine itself (loopback)', 'RFC 4291'],
  ['fc00::/7', 'of a private network (unique local)', 'RFC 4193'],
  ['fe80::/10', 'of the local link', 'RFC 4291'],
  ['fec0::/10', 'of a private network (site-local, which is deprecated)', 'RFC 3879'],
  ['64:ff9b:1::/48', 'of a local translation between IPv6 and IPv4', 'RFC 8215'],
];

const documentationRanges: readonly Row[] = [
  ['192.0.2.0/24', 'for documentation (TEST-NET-1)', 'RFC 5737'],
  ['198.51.100.0/24', 'for documentation (TEST-NET-2)', 'RFC 5737'],
  ['203.0.113.0/24', 'for documentation (TEST-NET-3)', 'RFC 5737'],
  ['2001:db8::/32', 'for documentation', 'RFC 3849'],
  ['3fff::/20', 'for documentation', 'RFC 9637'],
];

const reservedRanges: readonly Row[] = [
  ['0.0.0.0/8', 'of “this network”', 'RFC 791'],
  ['192.0.0.0/24', 'for assignments of the IETF', 'RFC 6890'],
  ['192.88.99.0/24', 'of the 6to4 relays (anycast), which are deprecated', 'RFC 7526'],
  ['198.18.0.0/15', 'for benchmarks', 'RFC 2544'],
  ['224.0.0.0/4', 'of multicast', 'RFC 5771'],
  ['240.0.0.0/4', 'reserved for the future', 'RFC 1112'],
  ['255.255.255.255/32', 'of the broadcast', 'RFC 919'],
  ['::/128', 'that stands for none (unspecified)', 'RFC 4291'],
  ['::/96', 'of the deprecated IPv4-compatible form', 'RFC 4291'],
  ['100::/64', 'that discards what is sent to it', 'RFC 6666'],
  ['100:0:0:1::/64', 'that stands for none (dummy prefix)', 'RFC 9780'],
  ['2001::/23', 'for assignments of the IETF', 'RFC 2928'],
  ['2001::/32', 'of Teredo', 'RFC 4380'],
  ['2001:2::/48', 'for benchmarks', 'RFC 5180'],
  ['2001:10::/28', 'of ORCHID, which is deprecated', 'RFC 4843'],
  ['2001:20::/28', 'of ORCHIDv2, which is not routed', 'RFC 7343'],
  ['2001:30::/28', 'of remote identities of drones', 'RFC 9374'],
  ['2002::/16', 'of 6to4', 'RFC 3056'],
  ['5f00::/16', 'of segment routing', 'RFC 9602'],
  ['ff00::/8', 'of multicast', 'RFC 4291'],
];

const iana = (rfc: string) => `${rfc} (IANA special-purpose address registries, RFC 6890)`;

/** The narrowest range that holds an address says what it is. */
export const addressRanges: readonly AddressRange[] = [
  ...cloudflareRanges.map((range) => ({ range, says: 'of Cloudflare', kind: 'cloudflare', source: listed }) as const),
  ...privateRanges.map(([range, says, rfc]) => ({ range, says, kind: 'private', source: iana(rfc) }) as const),
  ...documentationRanges.map(
    ([range, says, rfc]) => ({ range, says, kind: 'reserved', documentation: true, source: iana(rfc) }) as const,
  ),
  ...reservedRanges.map(([range, says, rfc]) => ({ range, says, kind: 'reserved', source: iana(rfc) }) as const),
  ...['192.0.2.0/32', '100::/128'].map(
    (range) =>
      ({ range, says: 'that Cloudflare takes as a placeholder', kind: 'placeholder', source: placeholders }) as const,
  ),
];

/** Ranges of IPv6 whose last four bytes are an IPv4 address, which is what such an address stands for. */
export const embeddingRanges: readonly { readonly range: string; readonly source: string }[] = [
  { range: '::ffff:0:0/96', source: 'RFC 4291, IPv4-mapped' },
  // What a name server makes up from an A record where the own network has no IPv4.
  { range: '64:ff9b::/96', source: 'RFC 6052, DNS64 and NAT64' },
];
