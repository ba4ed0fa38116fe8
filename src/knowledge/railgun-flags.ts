/** One published bit of the flags word of `Cf-Railgun` (16 bits, printed in hexadecimal). */
export interface RailgunFlag {
  /** The mask as a number: 1, 2, 4 … */
  readonly bit: number;
  /** Stable, kebab-case. */
  readonly name: string;
  /** The text that rg-diag prints: its own documented text where there is one, else Claire's. */
  readonly says: string;
  /** What it means for the request, one sentence. */
  readonly meaning: string;
  readonly source: string;
}

// Spelled here and not taken from sources.ts: decoding a header starts with this file, and loads no more than it needs.
const claire = 'cloudflare/claire source/request.js @f0dc301';
const documented = 'Cloudflare, Railgun potential problems (documented output of rg-diag -decode)';

/** Ascending by bit. Bits from 0x80 upwards exist, as the FAQ's nibble rule implies, but no source says what they mean. */
export const railgunFlags: readonly RailgunFlag[] = [
  {
    bit: 0x01,
    name: 'map-ip',
    says: 'map.file used to change IP',
    meaning: 'rg-listener took the address of the origin from a line of map.file (railgun-nat.conf) for this host.',
    source: documented,
  },
  {
    bit: 0x02,
    name: 'default-ip',
    says: 'map.file default IP used',
    meaning: 'rg-listener took the address of the origin from the default entry of map.file.',
    source: claire,
  },
  {
    bit: 0x04,
    name: 'host-change',
    says: 'Host name change',
    meaning: 'The host name was changed before the request went to the origin.',
    source: claire,
  },
  {
    bit: 0x08,
    name: 'reused-connection',
    says: 'Existing connection reused',
    meaning: 'The request went over a connection that was already open.',
    source: claire,
  },
  {
    bit: 0x10,
    name: 'sent-dictionary',
    says: 'rg-sender sent dictionary',
    meaning: 'rg-sender, at Cloudflare, had an earlier copy of the page to compress against and named it.',
    source: documented,
  },
  {
    bit: 0x20,
    name: 'found-dictionary',
    says: 'rg-listener found dictionary',
    meaning: 'rg-listener found that earlier copy in memcached.',
    source: documented,
  },
  {
    bit: 0x40,
    name: 'restarted-connection',
    says: 'Restarted broken origin connection',
    meaning: 'The connection to the origin had broken and was opened again for this request.',
    source: claire,
  },
];
