import { webcrypto } from 'node:crypto';
import type {
  Certificate,
  CertificateRevocationList,
  CryptoEngine,
  IssuingDistributionPoint,
  SingleResponse,
} from 'pkijs';
import type { Revocation } from '../model/revocation.js';

/** A certificate whose standing is asked for. */
export interface RevocationSubject {
  /** Its place in the chain as sent. */
  readonly element: number;
  readonly der: Uint8Array;
  /** The certificate of its issuer, which has to have signed the statement or delegated that. */
  readonly issuer: Uint8Array;
}

const ocspSigning = '1.3.6.1.5.5.7.3.9';
const extendedKeyUsage = '2.5.29.37';
const keyUsage = '2.5.29.15';
const reasonCode = '2.5.29.21';
const deltaIndicator = '2.5.29.27';
const issuingDistributionPoint = '2.5.29.28';
const crlDistributionPoints = '2.5.29.31';
const basicConstraints = '2.5.29.19';
const basicOcsp = '1.3.6.1.5.5.7.48.1.1';

/** RFC 6960 §4.2.1. */
const ocspErrors: Readonly<Record<number, string>> = {
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
};

/** RFC 5280 §5.3.1. */
const reasons: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
};

let loaded: Promise<{ readonly pki: typeof import('pkijs'); readonly engine: CryptoEngine }> | undefined;

/** Half a megabyte of code that few runs need. */
function load() {
  loaded ??= import('pkijs').then((pki) => ({
    pki,
    engine: new pki.CryptoEngine({ name: 'node', crypto: webcrypto as never }),
  }));
  return loaded;
}

/**
 * What a stapled OCSP answer (DER) says about a certificate, its signature checked: it has to be that of the issuer, or of a
 * certificate for OCSP that the issuer signed and that is valid at `now` (milliseconds). Nothing is fetched.
 */
export async function readOcsp(
  response: Uint8Array,
  subject: RevocationSubject | undefined,
  element: number,
  now: number,
): Promise<Revocation> {
  const unread = (problem: string): Revocation => ({
    source: 'ocsp',
    element,
    status: 'unread',
    verified: false,
    problem,
  });
  if (subject === undefined) return unread('the certificate of the issuer is not known');
  try {
    const { pki, engine } = await load();
    const outer = pki.OCSPResponse.fromBER(Buffer.from(response));
    const status = outer.responseStatus.valueBlock.valueDec;
    if (status !== 0) return unread(`the responder answered ${ocspErrors[status] ?? status}`);
    if (outer.responseBytes?.responseType !== basicOcsp) return unread('it is of an unknown type');
    const basic = pki.BasicOCSPResponse.fromBER(outer.responseBytes.response.valueBlock.valueHexView);
    const certificate = pki.Certificate.fromBER(Buffer.from(subject.der));
    const issuer = pki.Certificate.fromBER(Buffer.from(subject.issuer));
    let single: SingleResponse | undefined;
    for (const candidate of basic.tbsResponseData.responses) {
      const id = new pki.CertID();
      const { name } = engine.getAlgorithmByOID(candidate.certID.hashAlgorithm.algorithmId, true, 'CertID');
      await id.createForCertificate(certificate, { hashAlgorithm: name, issuerCertificate: issuer }, engine);
      if (candidate.certID.isEqual(id)) single = candidate;
    }
    if (single === undefined) return unread('it is about another certificate');

    const delegates: Certificate[] = [];
    for (const candidate of basic.certs ?? []) {
      if (!isForOcsp(candidate) || !isInTime(candidate, now)) continue;
      if (await candidate.verify(issuer, engine).catch(() => false)) delegates.push(candidate);
    }
    let verified = false;
    for (const signer of [issuer, ...delegates]) {
      verified ||= await engine
        .verifyWithPublicKey(
          new Uint8Array(basic.tbsResponseData.tbsView).buffer,
          basic.signature,
          signer.subjectPublicKeyInfo,
          basic.signatureAlgorithm,
        )
        .catch(() => false);
    }
    return {
      source: 'ocsp',
      element,
      ...ocspStatus(single),
      thisUpdate: timeText(single.thisUpdate),
      ...(single.nextUpdate !== undefined && { nextUpdate: timeText(single.nextUpdate) }),
      verified,
      ...(!verified && { problem: 'neither the issuer nor anyone it delegated has signed it' }),
    };
  } catch (error) {
    return unread(`it cannot be read: ${messageOf(error)}`);
  }
}

/** A long list takes a while to parse, and is asked about every certificate of a run: once for the same bytes. */
const parsed = new WeakMap<Uint8Array, CertificateRevocationList>();

/** What a CRL (DER) says about those certificates of a chain whose issuer it is from; at least one row, which may say why not. */
export async function readCrl(
  der: Uint8Array,
  path: string,
  subjects: readonly RevocationSubject[],
): Promise<Revocation[]> {
  const unread = (problem: string): Revocation => ({ source: 'crl', path, status: 'unread', verified: false, problem });
  try {
    const { pki, engine } = await load();
    const crl = parsed.get(der) ?? pki.CertificateRevocationList.fromBER(Buffer.from(der));
    parsed.set(der, crl);
    const answers: Revocation[] = [];
    for (const { element, der: own, issuer: issuerDer } of subjects) {
      const issuer = pki.Certificate.fromBER(Buffer.from(issuerDer));
      if (!crl.issuer.isEqual(issuer.subject)) continue;
      const certificate = pki.Certificate.fromBER(Buffer.from(own));
      const isSigned = await crl.verify({ issuerCertificate: issuer }, engine).catch(() => false);
      const verified = isSigned && maySignCrls(issuer);
      const entry = (crl.revokedCertificates ?? []).find((row) =>
        row.userCertificate.isEqual(certificate.serialNumber),
      );
      const reason = entry?.crlEntryExtensions?.extensions.find(({ extnID }) => extnID === reasonCode);
      const word = reasons[(reason?.parsedValue as { valueBlock?: { valueDec?: number } })?.valueBlock?.valueDec ?? -1];
      // Off the list again.
      const isRevoked = entry !== undefined && word !== 'removeFromCRL';
      // Who is on the list is revoked; who is not may be on another one.
      const elsewhere = whyElsewhere(crl, certificate);
      if (elsewhere !== undefined && (!isRevoked || elsewhere === indirect)) {
        answers.push({ ...unread(elsewhere), element });
        continue;
      }
      answers.push({
        source: 'crl',
        path,
        element,
        status: isRevoked ? 'revoked' : 'good',
        thisUpdate: timeText(crl.thisUpdate.value),
        ...(crl.nextUpdate !== undefined && { nextUpdate: timeText(crl.nextUpdate.value) }),
        ...(isRevoked && { revokedAt: timeText(entry.revocationDate.value) }),
        ...(isRevoked && word !== undefined && { reason: word }),
        verified,
        ...(!verified && { problem: 'the issuer of the certificate has not signed it' }),
      });
    }
    return answers.length > 0 ? answers : [unread('it is from none of the issuers of this chain')];
  } catch (error) {
    return [unread(`it cannot be read: ${messageOf(error)}`)];
  }
}

const indirect = 'it is an indirect CRL, with certificates of other issuers';

/** Why a certificate that is not on a CRL may be revoked all the same; nothing where the list covers it (RFC 5280 §6.3.3). */
function whyElsewhere({ crlExtensions }: CertificateRevocationList, certificate: Certificate): string | undefined {
  const extension = (id: string) => crlExtensions?.extensions.find(({ extnID }) => extnID === id);
  const scope = extension(issuingDistributionPoint);
  const point = scope?.parsedValue as IssuingDistributionPoint | undefined;
  if (point?.indirectCRL === true) return indirect;
  if (extension(deltaIndicator) !== undefined) return 'it is a delta CRL: it has only what is new since another one';
  if (scope === undefined) return undefined;
  if (point === undefined) return 'its issuing distribution point cannot be read';
  const own = certificate.extensions?.find(({ extnID }) => extnID === basicConstraints);
  const isCa = (own?.parsedValue as { cA?: boolean } | undefined)?.cA === true;
  if (point.onlyContainsUserCerts === true && isCa) return 'it is for the certificates of no authorities';
  if (point.onlyContainsCACerts === true && !isCa) return 'it is for the certificates of authorities only';
  if (point.onlyContainsAttributeCerts === true) return 'it is for attribute certificates only';
  if (point.onlySomeReasons !== undefined) return 'it is for some reasons of revocation only';
  if (point.distributionPoint === undefined) return undefined;
  const offered = urlsOf(point.distributionPoint);
  const points = certificate.extensions?.find(({ extnID }) => extnID === crlDistributionPoints);
  const named = (points?.parsedValue as { distributionPoints?: { distributionPoint?: unknown }[] } | undefined)
    ?.distributionPoints;
  const isNamed = named?.some(({ distributionPoint }) =>
    urlsOf(distributionPoint).some((url) => offered.includes(url)),
  );
  return isNamed === true
    ? undefined
    : `it is the part of a CRL that ${offered.join(', ') || 'another name'} stands for`;
}

/** The URLs of a distribution point. */
function urlsOf(point: unknown): string[] {
  if (!Array.isArray(point)) return [];
  return point.flatMap(({ type, value }: { type?: number; value?: unknown }) => (type === 6 ? [String(value)] : []));
}

function ocspStatus({ certStatus }: SingleResponse): Pick<Revocation, 'status' | 'revokedAt' | 'reason'> {
  const { idBlock, valueBlock } = certStatus as {
    idBlock: { tagNumber: number };
    valueBlock: { value?: { toDate?(): Date; valueBlock?: { value?: { valueBlock?: { valueDec?: number } }[] } }[] };
  };
  if (idBlock.tagNumber === 0) return { status: 'good' };
  if (idBlock.tagNumber !== 1) return { status: 'unknown' };
  const [time, reason] = valueBlock.value ?? [];
  const word = reasons[reason?.valueBlock?.value?.[0]?.valueBlock?.valueDec ?? -1];
  return {
    status: 'revoked',
    ...(time?.toDate !== undefined && { revokedAt: timeText(time.toDate()) }),
    ...(word !== undefined && { reason: word }),
  };
}

function isForOcsp(certificate: Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === extendedKeyUsage);
  return (usage?.parsedValue as { keyPurposes?: string[] } | undefined)?.keyPurposes?.includes(ocspSigning) === true;
}

function isInTime({ notBefore, notAfter }: Certificate, now: number): boolean {
  return notBefore.value.getTime() <= now && now <= notAfter.value.getTime();
}

/** Bit 6 of key usage, where there is one. */
function maySignCrls(certificate: Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === keyUsage);
  if (usage === undefined) return true;
  const bits = (usage.parsedValue as { valueBlock?: { valueHexView?: Uint8Array } } | undefined)?.valueBlock;
  return ((bits?.valueHexView?.[0] ?? 0) & 0x02) !== 0;
}

function timeText(date: Date): string {
  return date.toISOString().replace(/\.000Z$/, 'Z');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
