import type { FailureCode } from '../model/failure.js';
import type { Revocation } from '../model/revocation.js';
import type { CertificateFacts } from './certificate.js';

/** One thing that is wrong with a chain. */
export interface Defect {
  readonly code: FailureCode;
  /** The place of the certificate in the chain as sent; absent: it is about the whole, or a root of the trust store. */
  readonly element?: number;
  /** What was seen, without a full stop. */
  readonly detail: string;
}

/** What a chain of certificates is worth. */
export interface ChainFacts {
  /** As sent (or as they stand in the file), nothing added, left out or sorted. */
  readonly chain: readonly CertificateFacts[];
  /** The certificate that is used: the first, except in a file that has it elsewhere. */
  readonly leaf: number;
  /** The path that was judged, leaf first: places in `chain`, and at its end perhaps certificates of the trust store. */
  readonly path: readonly { readonly element?: number; readonly subject: string; readonly notAfter: string }[];
  /** Valid signatures lead to a trusted root; dates, names, purposes and constraints hold; nothing on the path is revoked. */
  readonly verified: boolean;
  /** The codes of `defectDetails`, each once. */
  readonly defects: readonly FailureCode[];
  readonly defectDetails: readonly Defect[];
  /** Until the first certificate of the path that was sent expires; whole days, negative when it has expired. */
  readonly daysRemaining: number;
  /** The same in seconds. */
  readonly secondsRemaining: number;
  /** The leaf names a root of Cloudflare's Origin CA as its issuer; `checked`: that root was given, and did sign it. */
  readonly originCa?: { readonly kind: 'RSA' | 'ECC'; readonly checked: boolean };
  /** What OCSP and CRLs say. */
  readonly revocation?: readonly Revocation[];
}

/** The codes of what is wrong with the certificates that matter: an old cross-signed root beside a good path does not. */
export function defectsOnPath(chain: ChainFacts): FailureCode[] {
  return defectDetailsOnPath(chain).map(({ code }) => code);
}

/** The same with what was seen. */
export function defectDetailsOnPath({ defectDetails, path }: ChainFacts): Defect[] {
  return defectDetails.filter(({ element }) => element === undefined || path.some((step) => step.element === element));
}
