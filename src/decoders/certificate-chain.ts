import { leastBits } from '../knowledge/public-keys.js';
import { signatureAlgorithms } from '../knowledge/signature-algorithms.js';
import type { FailureCode } from '../model/failure.js';
import type { Revocation } from '../model/revocation.js';
import type { Certificate } from './certificate.js';
import { forbiddenName, hostMatch } from './certificate-host.js';
import { type ChainPath, chainPath, connected, isSame, issuersOf, type PathElement } from './certificate-path.js';
import { isRoot, namesIssuer } from './certificate-signature.js';
import type { ChainFacts, Defect } from './chain-facts.js';
import { originCaOf } from './origin-ca.js';
import type { TrustStore } from './trust-store.js';

/** What a chain is judged by. */
export interface ChainCriteria {
  /** The name or address that the certificate has to be for; absent: names are not judged. */
  readonly host?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly store: TrustStore;
  /** Seconds: less than that left is a defect. */
  readonly warning: number;
  readonly revocation?: readonly Revocation[];
  /** Whether the server was asked for a stapled answer: only then can one be missed. */
  readonly askedForStaple?: boolean;
}

/** Defects that keep a client from trusting a chain. The others are flaws that a client may overlook. */
const fatal: readonly FailureCode[] = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'hostname-mismatch',
  'not-a-ca',
  'wrong-purpose',
  'constraint-violated',
  'invalid-signature',
  'revoked',
];

/** The leaf of a chain: the first certificate; where that is an authority and one that it issued follows, that one. */
export function leafOf(sent: readonly Certificate[]): number {
  const [first] = sent;
  if (first === undefined || !first.facts.isCa) return 0;
  const leaf = sent.findIndex(({ facts }) => !facts.isCa);
  return leaf > 0 && connected(sent, leaf).has(0) ? leaf : 0;
}

/** Judges every certificate of a chain on its own: all defects, not the first. At least one certificate. */
export function judgeChain(sent: readonly Certificate[], leafAt: number, criteria: ChainCriteria): ChainFacts {
  const { store, now, host, revocation = [] } = criteria;
  const path = chainPath(sent, leafAt, store, now);
  const reached = connected(sent, leafAt);
  const leaf = sent[leafAt];
  const originCa = leaf && originCaOf(leaf);
  const trust =
    originCa !== undefined && isUnchecked(leaf, sent, path, store)
      ? [uncheckedOriginCa(originCa.kind, leafAt)]
      : trustDefects(sent, leafAt, path, store);
  const details: Defect[] = [
    ...dateDefects(sent, path, reached, now),
    ...(leaf === undefined || host === undefined ? [] : hostDefects(leaf, leafAt, host)),
    ...trust,
    ...orderDefects(sent, reached, trust),
    ...authorityDefects(path),
    ...purposeDefects(path),
    ...strengthDefects(sent, reached, path),
    ...revocationDefects(leaf, leafAt, revocation, now, criteria.askedForStaple === true),
  ];
  const isOnPath = ({ element }: Defect) =>
    element === undefined || path.elements.some(({ sentAt }) => sentAt === element);
  const verified = path.trusted && !details.some((defect) => fatal.includes(defect.code) && isOnPath(defect));
  const own = path.elements.filter(({ sentAt }) => sentAt !== undefined);
  const end = Math.min(...own.map(({ certificate }) => certificate.notAfter));
  const secondsRemaining = Math.floor((end - now) / 1000);
  const isSoon = secondsRemaining >= 0 && secondsRemaining < criteria.warning;
  if (isSoon) details.push(soonDefect(own, end, secondsRemaining));
  return {
    chain: sent.map(({ facts }) => facts),
    leaf: leafAt,
    path: path.elements.map(({ certificate: { facts }, sentAt }) => ({
      ...(sentAt !== undefined && { element: sentAt }),
      subject: facts.subject,
      notAfter: facts.notAfter,
    })),
    verified,
    defects: [...new Set(details.map(({ code }) => code))],
    defectDetails: details,
    daysRemaining: Math.floor(secondsRemaining / 86_400),
    secondsRemaining,
    ...(originCa !== undefined && { originCa: { kind: originCa.kind, checked: path.trusted } }),
    ...(revocation.length > 0 && { revocation }),
  };
}

function dateDefects(sent: readonly Certificate[], path: ChainPath, reached: Set<number>, now: number): Defect[] {
  const judged: PathElement[] = [
    ...sent.flatMap((certificate, sentAt) => (reached.has(sentAt) ? [{ certificate, sentAt }] : [])),
    ...path.elements.filter(({ sentAt }) => sentAt === undefined),
  ];
  return judged.flatMap(({ certificate: { facts, notBefore, notAfter }, sentAt }): Defect[] => {
    const where = placed(sentAt);
    // A root that was sent and is in the store as well is named once.
    const isNamed = sentAt === undefined && sent.some((other) => other.facts.fingerprint256 === facts.fingerprint256);
    if (isNamed) return [];
    if (now > notAfter) {
      return [{ code: 'certificate-expired', ...where, detail: `${facts.subject} expired at ${facts.notAfter}` }];
    }
    if (now < notBefore) {
      const detail = `${facts.subject} is not valid before ${facts.notBefore}`;
      return [{ code: 'certificate-not-yet-valid', ...where, detail }];
    }
    return [];
  });
}

function hostDefects(leaf: Certificate, element: number, host: string): Defect[] {
  const { matches, commonNameOnly, validFor } = hostMatch(leaf, host);
  const defects: Defect[] = [];
  if (!matches) {
    const names = validFor.length === 0 ? 'is for no name of that kind' : `is for ${listed(validFor)}`;
    defects.push({ code: 'hostname-mismatch', element, detail: `the certificate ${names}, not for ${host}` });
  }
  if (commonNameOnly) {
    const why = matches
      ? 'there is no DNS name among the subject alternative names'
      : 'the subject alternative names are others';
    defects.push({ code: 'common-name-only', element, detail: `only the common name carries ${host}: ${why}` });
  }
  return defects;
}

/** Whether nothing here says who signed a leaf: no issuer of that name is trusted, and none was sent that did not sign it. */
function isUnchecked(leaf: Certificate | undefined, sent: readonly Certificate[], path: ChainPath, store: TrustStore) {
  if (leaf === undefined || path.trusted) return false;
  const issuers = issuersOf(leaf, sent, store);
  return issuers.every(({ sentAt }) => sentAt !== undefined) && (issuers.length === 0 || path.elements.length > 1);
}

function uncheckedOriginCa(kind: string, element: number): Defect {
  const detail = `issued by Cloudflare's Origin CA (${kind}) by its own account: the signature was not checked, because that root was not given`;
  return { code: 'origin-ca-unchecked', element, detail };
}

function trustDefects(
  sent: readonly Certificate[],
  leafAt: number,
  { elements, trusted }: ChainPath,
  store: TrustStore,
): Defect[] {
  const fromStore = elements.find(({ certificate, sentAt }) => sentAt === undefined && !isRoot(certificate));
  const below = fromStore && elements[elements.indexOf(fromStore) - 1];
  const missing: Defect[] =
    fromStore === undefined
      ? []
      : [
          {
            code: 'missing-intermediate',
            ...placed(below?.sentAt),
            detail: `${fromStore.certificate.facts.subject} was not sent; it is in the trust store of this machine, but not in that of every client`,
          },
        ];
  if (trusted) return missing;
  const last = elements.at(-1);
  if (last === undefined) return [];
  const { certificate, sentAt } = last;
  const where = placed(sentAt);
  if (isRoot(certificate)) {
    const { subject } = certificate.facts;
    if (sentAt === leafAt) {
      return [{ code: 'self-signed', ...where, detail: `${subject} signed itself, and is not a trusted root` }];
    }
    return [...missing, { code: 'untrusted-issuer', ...where, detail: `the root ${subject} is not trusted` }];
  }
  const issuer = certificate.facts.issuer;
  const [impostor] = issuersOf(certificate, sent, store);
  if (impostor !== undefined) {
    const detail = `the signature of ${certificate.facts.subject} was not made by the key of ${issuer}`;
    return [...missing, { code: 'invalid-signature', ...where, detail }];
  }
  if (isIncomplete(last, leafAt) && missing.length === 0) {
    const detail = `the certificate of the issuer, ${issuer}, was not sent and is not a trusted root`;
    return [{ code: 'missing-intermediate', ...where, detail }];
  }
  return [...missing, { code: 'untrusted-issuer', ...where, detail: `the issuer ${issuer} is not trusted` }];
}

/**
 * Whether what is missing at the end of a path is an intermediate. A certificate may say so: its authority key id can name
 * the issuer of its issuer. Otherwise a leaf alone is taken for incomplete, because authorities do not sign leaves with
 * their roots; the issuer of an intermediate is taken for a root.
 */
function isIncomplete({ certificate, sentAt }: PathElement, leafAt: number): boolean {
  const { authorityIssuer } = certificate.extensions;
  if (authorityIssuer !== undefined) return authorityIssuer !== certificate.issuer.key;
  return sentAt === leafAt && !certificate.facts.isCa;
}

function orderDefects(sent: readonly Certificate[], reached: Set<number>, trust: readonly Defect[]): Defect[] {
  const defects: Defect[] = [];
  // Who is taken for the issuer and did not sign has been named already.
  const forged = trust.find(({ code }) => code === 'invalid-signature')?.element;
  const isImpostor = (certificate: Certificate) =>
    forged !== undefined && sent[forged] !== undefined && namesIssuer(sent[forged], certificate);
  for (const [element, certificate] of sent.entries()) {
    const { subject } = certificate.facts;
    if (!reached.has(element)) {
      if (isImpostor(certificate)) continue;
      const isRepeated = sent.findIndex((other) => isSame(other, certificate)) < element;
      const why = isRepeated ? 'was sent twice' : 'has no part in the chain of the first certificate';
      defects.push({ code: 'extra-certificate', element, detail: `${subject} ${why}` });
      continue;
    }
    // Each certificate certifies one before it (RFC 5246 §7.4.2).
    const certified = [...reached].filter(
      (other) => other !== element && sent[other] !== undefined && namesIssuer(sent[other], certificate),
    );
    if (certified.length > 0 && certified.every((other) => other > element)) {
      const [first = 0] = certified;
      const detail = `${subject} stands before ${sent[first]?.facts.subject ?? ''}, which it certifies`;
      defects.push({ code: 'chain-out-of-order', element, detail });
    }
  }
  return defects;
}

function authorityDefects({ elements }: ChainPath): Defect[] {
  const defects: Defect[] = [];
  for (const [depth, { certificate, sentAt }] of elements.entries()) {
    const { facts, extensions } = certificate;
    const where = placed(sentAt);
    const [critical] = extensions.unknownCritical;
    if (critical !== undefined) {
      const detail = `${facts.subject} has a critical extension that is not known: ${critical}`;
      defects.push({ code: 'constraint-violated', ...where, detail });
    }
    if (depth === 0) continue;
    // Roots of version 1 have no extensions that could say so.
    const isOldRoot = extensions.none && sentAt === undefined;
    if (!isOldRoot && (!facts.isCa || !extensions.maySignCertificates)) {
      const why = facts.isCa ? 'its key usage does not allow to sign certificates' : 'it is not an authority';
      defects.push({ code: 'not-a-ca', ...where, detail: `${facts.subject} issued a certificate, but ${why}` });
    }
    const between = elements.slice(1, depth).filter((element) => !element.certificate.facts.selfSigned).length;
    if (extensions.pathLength !== undefined && between > extensions.pathLength) {
      const detail = `${facts.subject} allows ${extensions.pathLength} authorities below it, and there are ${between}`;
      defects.push({ code: 'constraint-violated', ...where, detail });
    }
    for (const below of elements.slice(0, depth)) {
      const name = forbiddenName(certificate, below.certificate);
      if (name === undefined) continue;
      const detail = `${facts.subject} does not allow certificates for ${name}`;
      defects.push({ code: 'constraint-violated', ...where, detail });
      break;
    }
  }
  return defects;
}

/** serverAuth and its forerunners, the "server gated cryptography" of Netscape and of Microsoft: what OpenSSL accepts. */
const serverPurposes: readonly string[] = ['1.3.6.1.5.5.7.3.1', '2.16.840.1.113730.4.1', '1.3.6.1.4.1.311.10.3.3'];

/** Every certificate of the path has to allow TLS servers, as OpenSSL has it; anyExtendedKeyUsage alone does not. */
function purposeDefects({ elements }: ChainPath): Defect[] {
  return elements.flatMap(({ certificate: { facts, extensions }, sentAt }): Defect[] => {
    const { purposes } = extensions;
    if (purposes === undefined || purposes.some((purpose) => serverPurposes.includes(purpose))) return [];
    const detail = `${facts.subject} is not meant for TLS servers: its extended key usage is ${listed(purposes)}`;
    return [{ code: 'wrong-purpose', ...placed(sentAt), detail }];
  });
}

function strengthDefects(sent: readonly Certificate[], reached: Set<number>, path: ChainPath): Defect[] {
  const defects: Defect[] = [];
  for (const [element, certificate] of sent.entries()) {
    if (!reached.has(element)) continue;
    const { keyType, keyBits, signature, subject } = certificate.facts;
    const least = leastBits[keyType];
    if (least !== undefined && keyBits !== undefined && keyBits < least) {
      defects.push({ code: 'weak-key', element, detail: `${subject} has a ${keyType} key of ${keyBits} bits` });
    }
    // Nobody relies on the signature that a root makes on itself; a leaf that signs itself has no other.
    const isAnchor = isRoot(certificate) && (element !== path.elements[0]?.sentAt || path.trusted);
    if (isWeak(signature) && !isAnchor) {
      defects.push({ code: 'weak-signature', element, detail: `${subject} is signed with ${signature}` });
    }
  }
  return defects;
}

function isWeak(signature: string): boolean {
  return (
    signature === 'sha1WithRSASSA-PSS' || signatureAlgorithms.some((row) => row.name === signature && row.weak === true)
  );
}

function revocationDefects(
  leaf: Certificate | undefined,
  leafAt: number,
  revocation: readonly Revocation[],
  now: number,
  askedForStaple: boolean,
): Defect[] {
  const defects = revocation.flatMap((answer): Defect[] => {
    const source = answer.source === 'ocsp' ? 'the stapled OCSP answer' : `the CRL ${answer.path ?? ''}`;
    const where = placed(answer.element);
    if (!answer.verified || answer.status === 'unread') {
      const detail = `${source} cannot be relied on: ${answer.problem ?? 'its signature is not that of the issuer'}`;
      return [{ code: 'revocation-unverified', ...where, detail }];
    }
    // A certificate that was revoked stays so, however old the statement is.
    if (answer.status === 'revoked') {
      const why = answer.reason === undefined ? '' : ` (${answer.reason})`;
      const since = answer.revokedAt === undefined ? '' : ` since ${answer.revokedAt}`;
      return [{ code: 'revoked', ...where, detail: `revoked${since}${why}, says ${source}` }];
    }
    const isStale = answer.nextUpdate !== undefined && Date.parse(answer.nextUpdate) < now;
    const isEarly = answer.thisUpdate !== undefined && Date.parse(answer.thisUpdate) > now;
    if (isStale) {
      const detail = `${source} was to be renewed by ${answer.nextUpdate}`;
      return [{ code: 'revocation-stale', ...where, detail }];
    }
    if (isEarly) {
      return [{ code: 'revocation-stale', ...where, detail: `${source} is from the future: ${answer.thisUpdate}` }];
    }
    return [];
  });
  const isStapled = revocation.some(({ source }) => source === 'ocsp');
  if (askedForStaple && leaf?.facts.mustStaple === true && !isStapled) {
    const detail = 'the certificate demands a stapled OCSP answer, and none was sent';
    defects.push({ code: 'staple-missing', element: leafAt, detail });
  }
  return defects;
}

function soonDefect(own: readonly PathElement[], end: number, seconds: number): Defect {
  const first = own.find(({ certificate }) => certificate.notAfter === end);
  const days = Math.floor(seconds / 86_400);
  const left = days >= 1 ? `${days} ${days === 1 ? 'day' : 'days'}` : `${Math.floor(seconds / 3600)} hours`;
  const { subject = '', notAfter = '' } = first?.certificate.facts ?? {};
  return { code: 'expiring-soon', ...placed(first?.sentAt), detail: `${subject} expires in ${left}, at ${notAfter}` };
}

function placed(element: number | undefined): { readonly element?: number } {
  return element === undefined ? {} : { element };
}

/** A certificate can have hundreds of names. */
function listed(names: readonly string[]): string {
  const most = 8;
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
