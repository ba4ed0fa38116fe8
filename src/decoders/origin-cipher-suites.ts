import { originCipherSuites } from '../knowledge/origin-cipher-suites.js';

/** All that Cloudflare's edge offers to origins, as OpenSSL spells a list; TLS 1.0 is out of reach of its usual security level. */
export const originCipherList: string = [...originCipherSuites.map(({ openssl }) => openssl), '@SECLEVEL=0'].join(':');

/** Whether the edge offers this suite (IANA's name) with this protocol (`TLSv1.2`). */
export function isOfferedToOrigins(protocol: string, suite: string): boolean {
  return originCipherSuites.some(
    ({ iana, protocols }) => iana === suite && protocols.some((offered) => offered === protocol),
  );
}

/** What the edge offers to origins (for TLS 1.0 alone), and the OpenSSL of Node has no more (cipher suites @08c8851). */
export const notOffered: readonly string[] = ['DES-CBC3-SHA'];
