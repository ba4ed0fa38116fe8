import { originCipherSuites } from '../knowledge/origin-cipher-suites.js';

/** All that Cloudflare's edge offers to origins, as OpenSSL spells a list; TLS 1.0 is out of reach of its usual security level. */
export const originCipherList: string = [...originCipherSuites.map(({ openssl }) => openssl), '@SECLEVEL=0'].join(':');

/** Whether the edge offers this suite (IANA's name) with this protocol (`TLSv1.2`). */
export function isOfferedToOrigins(protocol: string, suite: string): boolean {
  return originCipherSuites.some(
    ({ iana, protocols }) => iana === suite && protocols.some((offered) => offered === protocol),
  );
}
