import { sources } from './sources.js';

/** A root of Cloudflare's Origin CA. Its certificate is not part of this package; it is recognised by name, and by key id where that is published. */
export interface OriginCaRoot {
  readonly kind: 'RSA' | 'ECC';
  /** The organizational unit of the issuer; there is no common name. */
  readonly organizationalUnit: string;
  readonly organization: string;
  /** Subject key id of the root, authority key id of the leaves; absent: not published for the root that is in use. */
  readonly keyId?: string;
  /** Where Cloudflare offers it. */
  readonly download: string;
  readonly source: string;
}

const source = `${sources.cloudflared}; ${sources.originCa}`;

export const originCaRoots: readonly OriginCaRoot[] = [
  {
    kind: 'RSA',
    organizationalUnit: 'CloudFlare Origin SSL Certificate Authority',
    organization: 'CloudFlare, Inc.',
    keyId: '24:E8:53:57:5D:7C:34:40:87:A9:EB:94:DB:BA:E1:16:78:FC:29:A4',
    download: 'https://developers.cloudflare.com/ssl/static/origin_ca_rsa_root.pem',
    source,
  },
  {
    // The key id that is published (85:30:5D:3B…) is that of the root that expired on 2021-02-22. That the renewed one has
    // the same key is likely, but nowhere published.
    kind: 'ECC',
    organizationalUnit: 'CloudFlare Origin SSL ECC Certificate Authority',
    organization: 'CloudFlare, Inc.',
    download: 'https://developers.cloudflare.com/ssl/static/origin_ca_ecc_root.pem',
    source,
  },
];

/** What an Origin CA leaf means for those who meet it. */
export const originCaMeaning = {
  says: 'Cloudflare accepts it in the mode Full (strict); browsers and other clients do not trust it',
  remedy:
    'Nothing to do while Cloudflare proxies the host. With Cloudflare paused or the record set to DNS only, visitors get NET::ERR_CERT_AUTHORITY_INVALID.',
  source,
} as const;
