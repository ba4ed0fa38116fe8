import type { Certificate } from './certificate.js';
import { isRoot, isSignedBy, namesIssuer } from './certificate-signature.js';
import type { TrustStore } from './trust-store.js';

/** One step from the leaf to a root. */
export interface PathElement {
  readonly certificate: Certificate;
  /** Its place among what was sent; absent: it comes from the trust store. */
  readonly sentAt?: number;
}

/** The best way from the leaf towards a trusted root. */
export interface ChainPath {
  /** The leaf first; each is signed by the next. */
  readonly elements: readonly PathElement[];
  /** Whether the last one is a root in the trust store. */
  readonly trusted: boolean;
}

/** Signatures that are tried for one chain: a hostile one could have thousands of certificates of the same name. */
const mostSteps = 200;

/** Longer paths do not occur. */
const longest = 12;

/**
 * Looks for a path from a leaf to a trusted root, over what was sent, in whatever order, and the store. One whose
 * certificates are all valid at `now` (milliseconds) and were all sent is preferred; roots of the store come first, as
 * OpenSSL has it.
 */
export function chainPath(sent: readonly Certificate[], leafAt: number, store: TrustStore, now: number): ChainPath {
  const leaf = sent[leafAt];
  let best: ChainPath = { elements: [], trusted: false };
  if (leaf === undefined) return best;
  let bestScore = -1;
  let steps = 0;
  const consider = (elements: readonly PathElement[], trusted: boolean): boolean => {
    const inTime = elements.every(({ certificate: { notBefore, notAfter } }) => notBefore <= now && now <= notAfter);
    const complete = elements.every(({ sentAt, certificate }) => sentAt !== undefined || isRoot(certificate));
    const score = (trusted ? 1000 : 0) + (inTime ? 200 : 0) + (complete ? 100 : 0) + elements.length;
    if (score > bestScore) {
      best = { elements, trusted };
      bestScore = score;
    }
    return trusted && inTime && complete;
  };
  const extend = (elements: readonly PathElement[], last: Certificate): boolean => {
    if (isRoot(last)) {
      const isTrusted = store.ofSubject(last.subject.key).some((root) => isSame(root, last));
      return consider(elements, isTrusted);
    }
    let extended = false;
    for (const next of issuersOf(last, sent, store)) {
      if (steps >= mostSteps || elements.length >= longest) break;
      if (elements.some(({ certificate }) => isSame(certificate, next.certificate))) continue;
      steps += 1;
      if (!isSignedBy(last, next.certificate)) continue;
      extended = true;
      if (extend([...elements, next], next.certificate)) return true;
    }
    return extended ? false : consider(elements, false);
  };
  extend([{ certificate: leaf, sentAt: leafAt }], leaf);
  return best;
}

/** Whatever calls itself the issuer of a certificate: roots of the store, what was sent, other authorities of the store. */
export function issuersOf(certificate: Certificate, sent: readonly Certificate[], store: TrustStore): PathElement[] {
  const known = store.ofSubject(certificate.issuer.key).filter((candidate) => namesIssuer(certificate, candidate));
  const fromStore = known.map((candidate): PathElement => ({ certificate: candidate }));
  const fromSent = sent.flatMap((candidate, sentAt): PathElement[] =>
    namesIssuer(certificate, candidate) ? [{ certificate: candidate, sentAt }] : [],
  );
  return [
    ...fromStore.filter((element) => isRoot(element.certificate)),
    ...fromSent,
    ...fromStore.filter((element) => !isRoot(element.certificate)),
  ];
}

/**
 * What the leaf leads to among the certificates that were sent: places of those that signed it, or signed one that did.
 * The leaf is one of them.
 */
export function connected(sent: readonly Certificate[], leafAt: number): Set<number> {
  const places = new Set([leafAt]);
  for (const at of places) {
    const certificate = sent[at];
    if (certificate === undefined || places.size > longest * 2) break;
    for (const [place, candidate] of sent.entries()) {
      if (places.has(place) || [...places].some((other) => isSame(sent[other], candidate))) continue;
      if (namesIssuer(certificate, candidate) && isSignedBy(certificate, candidate)) places.add(place);
    }
  }
  return places;
}

export function isSame(one: Certificate | undefined, other: Certificate): boolean {
  return one?.facts.fingerprint256 === other.facts.fingerprint256;
}
