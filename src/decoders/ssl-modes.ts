import { refusedByStrict, sslModesOfEveryPlan } from '../knowledge/ssl-modes.js';
import { type ChainFacts, type Defect, defectDetailsOnPath } from './chain-facts.js';

/** The error that visitors get under each SSL/TLS mode of a Cloudflare zone; null: none on account of TLS. */
export interface SslModesFacts {
  readonly off: null;
  readonly flexible: null;
  readonly full: 525 | null;
  readonly strict: 525 | 526 | null;
  /** No name is known to compare with: what is said holds where the certificate is for the host of the zone. */
  readonly nameUnjudged?: true;
  /** The origin demands a client certificate: what is said holds with Authenticated Origin Pulls only. */
  readonly needsClientCertificate?: true;
}

/** What else there is to know about the origin than its certificates. */
export interface OriginView {
  /** Only the address of the origin is known, so that the name of the certificate does not count. */
  readonly nameUnjudged?: boolean;
  readonly needsClientCertificate?: boolean;
}

/** `chain` absent: there was no handshake, or no certificate in it. */
export function sslModesOf(chain: ChainFacts | undefined, view: OriginView = {}): SslModesFacts {
  const { nameUnjudged = false, needsClientCertificate = false } = view;
  const rowOf = (mode: 'full' | 'strict') => sslModesOfEveryPlan.find(({ id }) => id === mode);
  const [full, strict] = [rowOf('full'), rowOf('strict')];
  if (chain === undefined) {
    const code = { full: full?.withoutHandshake ?? null, strict: strict?.withoutHandshake ?? null };
    return { off: null, flexible: null, ...code };
  }
  const isRefused = defectsUnderStrict(chain, nameUnjudged).length > 0;
  return {
    off: null,
    flexible: null,
    full: null,
    strict: isRefused ? (strict?.withInvalidCertificate ?? null) : null,
    ...(nameUnjudged && { nameUnjudged }),
    ...(needsClientCertificate && { needsClientCertificate }),
  };
}

/** Everything for which Full (strict) refuses a chain; nothing where it is content. */
export function defectsUnderStrict(chain: ChainFacts, nameUnjudged = false): Defect[] {
  const defects = defectDetailsOnPath(chain);
  // A name that only the common name carries is good enough for the edge: "CN or SAN".
  const isForHost = nameUnjudged || defects.some(({ code }) => code === 'common-name-only');
  return defects.filter(({ code }) =>
    code === 'hostname-mismatch' ? !isForHost : refusedByStrict.some((row) => row.code === code),
  );
}
