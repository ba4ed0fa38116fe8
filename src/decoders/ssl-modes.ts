import { sslModes } from '../knowledge/ssl-modes.js';
import type { FailureCode } from '../model/failure.js';
import { type ChainFacts, defectsOnPath } from './certificate-chain.js';

/** The error that visitors get under each SSL/TLS mode of a Cloudflare zone; null: none on account of TLS. */
export interface SslModesFacts {
  readonly off: null;
  readonly flexible: null;
  readonly full: 525 | null;
  readonly strict: 525 | 526 | null;
}

/** What Full (strict) demands of a certificate (Cloudflare docs, ssl-modes/full-strict, error-526). */
const refusedByStrict: readonly FailureCode[] = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'self-signed',
  'untrusted-issuer',
  'missing-intermediate',
  'invalid-signature',
  'not-a-ca',
  'constraint-violated',
  'wrong-purpose',
  'revoked',
];

/** `chain` absent: there was no handshake, or no certificate in it. */
export function sslModesOf(chain: ChainFacts | undefined): SslModesFacts {
  const codes = chain === undefined ? [] : defectsOnPath(chain);
  // A name that only the common name carries is good enough for the edge: "CN or SAN".
  const isForHost = !codes.includes('hostname-mismatch') || codes.includes('common-name-only');
  const isValid = isForHost && !codes.some((code) => refusedByStrict.includes(code));
  const [, , full, strict] = sslModes;
  return {
    off: null,
    flexible: null,
    full: chain === undefined ? (full?.withoutHandshake ?? null) : null,
    strict:
      chain === undefined
        ? (strict?.withoutHandshake ?? null)
        : isValid
          ? null
          : (strict?.withInvalidCertificate ?? null),
  };
}
