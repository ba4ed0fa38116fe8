import { sources } from './sources.js';

/** An SSL/TLS mode of a Cloudflare zone: how the edge connects to the origin, and what it demands of the certificate. */
export interface SslMode {
  readonly id: 'off' | 'flexible' | 'full' | 'strict' | 'origin-pull';
  readonly name: string;
  readonly toOrigin: string;
  /** The error that visitors get where there is no TLS handshake. */
  readonly withoutHandshake: 525 | null;
  /** The error that visitors get where the certificate does not verify. */
  readonly withInvalidCertificate: 526 | null;
  readonly source: string;
}

/** A mode that is not for Enterprise zones alone. */
export type SslModeOfEveryPlan = SslMode & { readonly id: Exclude<SslMode['id'], 'origin-pull'> };

const { sslModes: modes, sslModeStrict: strictDemands, sslModeOriginPull, e525, e526 } = sources;
const errors = `${e525}; ${e526}`;

const strictToOrigin = 'HTTPS, in its validity, by a public CA or the Origin CA, for the host (SAN or CN), not revoked';

/** The modes that zones of every plan have. */
export const sslModesOfEveryPlan: readonly SslModeOfEveryPlan[] = [
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
    toOrigin: strictToOrigin,
    withoutHandshake: 525,
    withInvalidCertificate: 526,
    source: `${modes}; ${errors}`,
  },
];

/** Every mode, from the one that asks least of an origin to the one that asks most. */
export const sslModes: readonly SslMode[] = [
  ...sslModesOfEveryPlan,
  {
    id: 'origin-pull',
    name: 'Strict (SSL-Only Origin Pull)',
    toOrigin: `always ${strictToOrigin}`,
    withoutHandshake: 525,
    withInvalidCertificate: 526,
    source: `${sslModeOriginPull}; ${errors}`,
  },
];

/** Whether the edge verifies the certificate of the origin under a mode. */
export function isStrict(mode: SslMode['id']): boolean {
  return mode === 'strict' || mode === 'origin-pull';
}

/** A defect of a certificate (a failure code) that Full (strict) refuses. */
interface StrictRefusal {
  readonly code: string;
  /** No page names this defect: it follows from what the source demands of a certificate. */
  readonly inferred?: true;
  readonly source: string;
}

export const refusedByStrict: readonly StrictRefusal[] = [
  { code: 'certificate-expired', source: e526 },
  { code: 'certificate-not-yet-valid', source: strictDemands },
  { code: 'revoked', source: e526 },
  { code: 'self-signed', source: e526 },
  { code: 'untrusted-issuer', source: e526 },
  // Neither issued by a public authority nor by the Origin CA, as far as anyone can tell.
  { code: 'missing-intermediate', inferred: true, source: strictDemands },
  { code: 'invalid-signature', inferred: true, source: strictDemands },
  { code: 'not-a-ca', inferred: true, source: strictDemands },
  { code: 'constraint-violated', inferred: true, source: strictDemands },
  { code: 'wrong-purpose', inferred: true, source: strictDemands },
];
