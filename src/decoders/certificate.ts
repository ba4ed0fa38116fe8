import { createHash } from 'node:crypto';
import type { Failure } from '../model/failure.js';
import { type PublicKeyFacts, publicKeyOf, signatureNameOf } from './certificate-algorithms.js';
import { type Extensions, extensionsOf } from './certificate-extensions.js';
import { childrenOf, contentOf, type DerElement, derTags, elementAt, hexOf, timeOf } from './der.js';
import { type DistinguishedName, nameOf } from './distinguished-name.js';

/** What one X.509 certificate says about itself. */
export interface CertificateFacts {
  /** As encoded: `C=US, O=Example, CN=www.example.com`. */
  readonly subject: string;
  readonly issuer: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** DNS names and IP addresses as they are; other kinds with their name before them (`email:…`, `URI:…`). */
  readonly san: readonly string[];
  /** Upper-case hexadecimal, as `openssl x509 -serial` prints it. */
  readonly serial: string;
  /** SHA-256 of the DER, upper case with colons. */
  readonly fingerprint256: string;
  /** `rsa`, `ec`, `ed25519`, … or the object identifier. */
  readonly keyType: string;
  /** Absent where the key does not say it. */
  readonly keyBits?: number;
  /** OpenSSL's name: `sha256WithRSAEncryption`; the object identifier of one that has none. */
  readonly signature: string;
  /** Basic constraints say that it may issue certificates. */
  readonly isCa: boolean;
  /** Subject and issuer are the same name. Whether it signed itself shows only with its key. */
  readonly selfSigned: boolean;
  /** Upper-case hexadecimal with colons. */
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  readonly ocspUrls?: readonly string[];
  readonly issuerUrls?: readonly string[];
  readonly crlUrls?: readonly string[];
  /** The certificate demands a stapled OCSP answer (RFC 7633). */
  readonly mustStaple?: true;
}

/** A certificate with what judging a chain needs beside its facts. Not JSON. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly facts: CertificateFacts;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: Extensions;
}

export type DecodedCertificate =
  | { readonly ok: true; readonly certificate: Certificate }
  | {
      readonly ok: false;
      /** What could be read before it stopped. */
      readonly facts: Partial<CertificateFacts>;
      readonly failure: Failure;
      /** How many bytes precede the part that is wrong. */
      readonly at: number;
    };

/**
 * Reads a certificate (RFC 5280) from DER. Never throws, never reads past the end, linear. Nothing is verified: a
 * certificate can say whatever it likes.
 */
export function decodeCertificate(der: Uint8Array): DecodedCertificate {
  let facts: Partial<CertificateFacts> = {};
  const failed = (needed: string, at: number): DecodedCertificate => {
    const detail = `not a certificate: expected ${needed} at byte ${at} of ${der.length}`;
    return { ok: false, facts, failure: { code: 'malformed', step: 'decode', blame: 'target', detail }, at };
  };
  const whole = elementAt(der, 0, der.length);
  if (whole === undefined || whole.tag !== derTags.sequence) return failed('a SEQUENCE', 0);
  if (whole.end !== der.length) return failed('the end', whole.end);
  const [tbs, algorithm, signature, ...more] = childrenOf(der, whole) ?? [];
  if (tbs?.tag !== derTags.sequence || algorithm?.tag !== derTags.sequence || more.length > 0) {
    return failed('the three parts of a certificate', whole.content);
  }
  if (signature?.tag !== derTags.bitString) return failed('a signature', algorithm.end);
  const parts = childrenOf(der, tbs);
  if (parts === undefined) return failed('the parts of what is signed', tbs.content);
  const version = 0xa0;
  if (parts[0]?.tag === version) parts.shift();
  const [serial, , issuerElement, validity, subjectElement, key, ...optional] = parts;
  if (serial?.tag !== derTags.integer) return failed('a serial number', serial?.start ?? tbs.content);
  const identity = { serial: serialOf(der, serial), fingerprint256: fingerprintOf(der) };
  facts = identity;
  const issuer = issuerElement && nameOf(der, issuerElement);
  if (issuer === undefined) return failed('the name of the issuer', issuerElement?.start ?? serial.end);
  const [from, to] = (validity && childrenOf(der, validity)) ?? [];
  const notBefore = from && timeOf(der, from);
  const notAfter = to && timeOf(der, to);
  if (notBefore === undefined || notAfter === undefined) return failed('a validity', validity?.start ?? serial.end);
  facts = { ...facts, issuer: issuer.text, notBefore, notAfter };
  const subject = subjectElement && nameOf(der, subjectElement);
  if (subject === undefined) return failed('the name of the subject', subjectElement?.start ?? serial.end);
  facts = { ...facts, subject: subject.text };
  const publicKey: PublicKeyFacts | undefined = key && publicKeyOf(der, key);
  if (publicKey === undefined) return failed('a public key', key?.start ?? subjectElement?.end ?? 0);
  const signatureName = signatureNameOf(der, algorithm);
  if (signatureName === undefined) return failed('the algorithm of the signature', algorithm.start);
  const extensionsTag = 0xa3;
  const extensionsElement = optional.find(({ tag }) => tag === extensionsTag);
  const extensions = extensionsOf(der, extensionsElement);
  if ('at' in extensions) return failed(extensions.needed, extensions.at);

  const { san, isCa, subjectKeyId, authorityKeyId, ocspUrls, issuerUrls, crlUrls, mustStaple } = extensions;
  const complete: CertificateFacts = {
    subject: subject.text,
    issuer: issuer.text,
    notBefore,
    notAfter,
    san: san.map(({ kind, text }) => (kind === 'dns' || kind === 'ip' ? text : `${kind}:${text}`)),
    ...identity,
    ...publicKey,
    signature: signatureName,
    isCa,
    selfSigned: subject.key === issuer.key,
    ...(subjectKeyId !== undefined && { subjectKeyId: hexOf(subjectKeyId, ':') }),
    ...(authorityKeyId !== undefined && { authorityKeyId: hexOf(authorityKeyId, ':') }),
    ...(ocspUrls.length > 0 && { ocspUrls }),
    ...(issuerUrls.length > 0 && { issuerUrls }),
    ...(crlUrls.length > 0 && { crlUrls }),
    ...(mustStaple && { mustStaple: true as const }),
  };
  return {
    ok: true,
    certificate: {
      der,
      facts: complete,
      subject,
      issuer,
      notBefore: Date.parse(notBefore),
      notAfter: Date.parse(notAfter),
      extensions,
    },
  };
}

/** The name of the subject alone: what a store of many authorities is searched by. */
export function subjectKeyOf(der: Uint8Array): string | undefined {
  const whole = elementAt(der, 0, der.length);
  const tbs = whole && elementAt(der, whole.content, whole.end);
  if (tbs === undefined) return undefined;
  let element: DerElement | undefined = elementAt(der, tbs.content, tbs.end);
  // version (optional), serial, signature, issuer, validity, subject
  for (let left = element?.tag === 0xa0 ? 5 : 4; left > 0 && element !== undefined; left -= 1) {
    element = elementAt(der, element.end, tbs.end);
  }
  return element && nameOf(der, element)?.key;
}

function serialOf(der: Uint8Array, element: DerElement): string {
  const bytes = contentOf(der, element);
  return hexOf(bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes);
}

function fingerprintOf(der: Uint8Array): string {
  return hexOf(createHash('sha256').update(der).digest(), ':');
}
