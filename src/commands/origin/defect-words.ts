import type { Defect } from '../../decoders/chain-facts.js';
import { defectsUnderStrict } from '../../decoders/ssl-modes.js';
import { familyOf } from '../../model/endpoint.js';
import type { FailureCode } from '../../model/failure.js';
import type { SeenFacts } from './facts.js';

/** All for which Full (strict) refuses the certificates that were seen; nothing where it accepts them, or there are none. */
export function strictDefects({ tls, host }: Pick<SeenFacts, 'tls' | 'host'>): Defect[] {
  // Of an address nobody knows the name that visitors ask for.
  return tls?.chain === undefined ? [] : [...defectsUnderStrict(tls.chain, familyOf(host) !== undefined)];
}

const words: Partial<Readonly<Record<FailureCode, string>>> = {
  'certificate-expired': 'expired',
  'certificate-not-yet-valid': 'not valid yet',
  'hostname-mismatch': 'for another name',
  'self-signed': 'self-signed',
  'untrusted-issuer': 'of an issuer that is not trusted',
  'missing-intermediate': 'sent without its intermediate',
  'invalid-signature': 'not signed by its issuer',
  'not-a-ca': 'issued by one that is no authority',
  'wrong-purpose': 'not meant for servers',
  'constraint-violated': 'against a constraint of its authority',
  revoked: 'revoked',
};

/** What is wrong with a certificate, to follow `the certificate is`: `expired and for another name`. */
export function defectWords(codes: readonly FailureCode[]): string {
  const parts = [...new Set(codes)].map((code) => words[code] ?? code);
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
