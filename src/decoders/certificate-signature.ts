import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.js';

/** Keys and parsed certificates are made once, however often a certificate is met in a run. */
const parsed = new WeakMap<Certificate, { readonly x509: X509Certificate; key?: KeyObject | null } | null>();
const verified = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

/** Whether the key of `issuer` made the signature of `certificate`. False also where OpenSSL cannot read one of the two. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  let known = verified.get(certificate);
  if (known === undefined) {
    known = new WeakMap();
    verified.set(certificate, known);
  }
  let result = known.get(issuer);
  if (result === undefined) {
    result = verify(certificate, issuer);
    known.set(issuer, result);
  }
  return result;
}

/** Whether issuer and subject fit by name and, where both have one, by key id (RFC 5280 §4.2.1.1). */
export function namesIssuer(certificate: Certificate, issuer: Certificate): boolean {
  if (certificate.issuer.key !== issuer.subject.key) return false;
  const { authorityKeyId } = certificate.facts;
  const { subjectKeyId } = issuer.facts;
  return authorityKeyId === undefined || subjectKeyId === undefined || authorityKeyId === subjectKeyId;
}

/** Whether a certificate is a root: it names itself as its issuer, and its own key signed it. */
export function isRoot(certificate: Certificate): boolean {
  return namesIssuer(certificate, certificate) && isSignedBy(certificate, certificate);
}

function verify(certificate: Certificate, issuer: Certificate): boolean {
  const key = keyOf(issuer);
  const x509 = parse(certificate)?.x509;
  if (key === undefined || x509 === undefined) return false;
  try {
    return x509.verify(key);
  } catch {
    // A key of another kind than the signature.
    return false;
  }
}

function keyOf(certificate: Certificate): KeyObject | undefined {
  const holder = parse(certificate);
  if (holder === null) return undefined;
  if (holder.key === undefined) {
    try {
      holder.key = holder.x509.publicKey;
    } catch {
      holder.key = null;
    }
  }
  return holder.key ?? undefined;
}

function parse(certificate: Certificate) {
  let holder = parsed.get(certificate);
  if (holder === undefined) {
    try {
      holder = { x509: new X509Certificate(certificate.der) };
    } catch {
      holder = null;
    }
    parsed.set(certificate, holder);
  }
  return holder;
}
