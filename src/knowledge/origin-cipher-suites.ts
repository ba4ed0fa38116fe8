import { sources } from './sources.js';

/** A protocol in OpenSSL's spelling. */
type Protocol = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** A cipher suite that Cloudflare's edge offers to origins. */
interface OriginCipherSuite {
  /** OpenSSL's name. */
  readonly openssl: string;
  /** IANA's name. */
  readonly iana: string;
  readonly protocols: readonly Protocol[];
}

const upTo12: readonly Protocol[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2'];
const only12: readonly Protocol[] = ['TLSv1.2'];
const only13: readonly Protocol[] = ['TLSv1.3'];

export const originCipherSuitesSource = sources.cipherSuites;

/**
 * In the order of the edge's hello. DES-CBC3-SHA, which it offers for TLS 1.0 alone, is left out: the OpenSSL in Node has
 * it no more, so no handshake here can agree on it.
 */
export const originCipherSuites: readonly OriginCipherSuite[] = [
  { openssl: 'TLS_AES_128_GCM_SHA256', iana: 'TLS_AES_128_GCM_SHA256', protocols: only13 },
  { openssl: 'TLS_AES_256_GCM_SHA384', iana: 'TLS_AES_256_GCM_SHA384', protocols: only13 },
  { openssl: 'TLS_CHACHA20_POLY1305_SHA256', iana: 'TLS_CHACHA20_POLY1305_SHA256', protocols: only13 },
  {
    openssl: 'ECDHE-ECDSA-AES128-GCM-SHA256',
    iana: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    protocols: only12,
  },
  { openssl: 'ECDHE-RSA-AES128-GCM-SHA256', iana: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', protocols: only12 },
  { openssl: 'ECDHE-RSA-AES128-SHA', iana: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', protocols: upTo12 },
  { openssl: 'AES128-GCM-SHA256', iana: 'TLS_RSA_WITH_AES_128_GCM_SHA256', protocols: only12 },
  { openssl: 'AES128-SHA', iana: 'TLS_RSA_WITH_AES_128_CBC_SHA', protocols: upTo12 },
  {
    openssl: 'ECDHE-ECDSA-AES256-GCM-SHA384',
    iana: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    protocols: only12,
  },
  { openssl: 'ECDHE-RSA-AES256-GCM-SHA384', iana: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', protocols: only12 },
  { openssl: 'ECDHE-RSA-AES256-SHA384', iana: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', protocols: only12 },
  { openssl: 'AES256-SHA', iana: 'TLS_RSA_WITH_AES_256_CBC_SHA', protocols: upTo12 },
];
