/** An SSL/TLS mode of a Cloudflare zone: how the edge connects to the origin, and what it demands of the certificate. */
export interface SslMode {
  readonly id: 'off' | 'flexible' | 'full' | 'strict';
  readonly name: string;
  readonly toOrigin: string;
  /** The error that visitors get where there is no TLS handshake. */
  readonly withoutHandshake: 525 | null;
  /** The error that visitors get where the certificate does not verify. */
  readonly withInvalidCertificate: 526 | null;
  readonly source: string;
}

const modes = 'Cloudflare docs, ssl/origin-configuration/ssl-modes';
const errors = 'Cloudflare docs, cloudflare-5xx-errors/error-525 @41b6084, error-526 @d5d7f97';

export const sslModes: readonly SslMode[] = [
  {
    id: 'off',
    name: 'Off',
    toOrigin: 'HTTP, no certificate is looked at',
    withoutHandshake: null,
    withInvalidCertificate: null,
    source: modes,
  },
  {
    id: 'flexible',
    name: 'Flexible',
    toOrigin: 'HTTP, no certificate is looked at',
    withoutHandshake: null,
    withInvalidCertificate: null,
    source: modes,
  },
  {
    id: 'full',
    name: 'Full',
    toOrigin: 'HTTPS, any certificate will do',
    withoutHandshake: 525,
    withInvalidCertificate: null,
    source: `${modes}; ${errors}`,
  },
  {
    id: 'strict',
    name: 'Full (strict)',
    toOrigin: 'HTTPS, in its validity, by a public CA or the Origin CA, for the host (SAN or CN), not revoked',
    withoutHandshake: 525,
    withInvalidCertificate: 526,
    source: `${modes}; ${errors}`,
  },
];

/** A defect of a certificate (a failure code) that Full (strict) refuses. */
interface StrictRefusal {
  readonly code: string;
  /** No page names this defect: it follows from what the source demands of a certificate. */
  readonly inferred?: true;
  readonly source: string;
}

const strictDemands = 'Cloudflare docs, ssl-modes/full-strict';
const error526 = 'Cloudflare docs, error-526 @d5d7f97';

export const refusedByStrict: readonly StrictRefusal[] = [
  { code: 'certificate-expired', source: error526 },
  { code: 'certificate-not-yet-valid', source: strictDemands },
  { code: 'revoked', source: error526 },
  { code: 'self-signed', source: error526 },
  { code: 'untrusted-issuer', source: error526 },
  // Neither issued by a public authority nor by the Origin CA, as far as anyone can tell.
  { code: 'missing-intermediate', inferred: true, source: strictDemands },
  { code: 'invalid-signature', inferred: true, source: strictDemands },
  { code: 'not-a-ca', inferred: true, source: strictDemands },
  { code: 'constraint-violated', inferred: true, source: strictDemands },
  { code: 'wrong-purpose', inferred: true, source: strictDemands },
];
