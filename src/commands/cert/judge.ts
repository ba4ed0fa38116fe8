import { type Certificate, decodeCertificate } from '../../decoders/certificate.js';
import { judgeChain, leafOf } from '../../decoders/certificate-chain.js';
import { chainPath } from '../../decoders/certificate-path.js';
import type { RevocationSubject } from '../../io/revocation.js';
import type { Revocation } from '../../model/revocation.js';
import type { Criteria } from './criteria.js';
import type { CertAsked, JudgedChain, UnreadableCertificate } from './facts.js';

export interface Presented {
  /** DER, as sent or as they stand in a file. */
  readonly certificates: readonly Uint8Array[];
  readonly host?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether a stapled OCSP answer was asked for, and the one that came. */
  readonly askedForStaple: boolean;
  readonly ocspResponse?: Uint8Array;
  /** The leaf is the first one, whatever it says (a server), or has to be found (a file). */
  readonly leafIsFirst: boolean;
}

const day = 86_400;

/** Authorities that are remembered in a run. */
const mostMet = 500;

/**
 * What certificates are worth; where the one to judge cannot be read, only that: the first, unless a file has another that
 * is no authority.
 */
export async function judged(
  { certificates, host, now, askedForStaple, ocspResponse, leafIsFirst }: Presented,
  asked: CertAsked,
  { store, trust, crls, met }: Criteria,
): Promise<JudgedChain | { readonly unreadable: readonly UnreadableCertificate[] }> {
  const sent: Certificate[] = [];
  const unreadable: UnreadableCertificate[] = [];
  for (const [sentAt, der] of certificates.entries()) {
    const key = Buffer.from(der).toString('latin1');
    const known = met.get(key);
    const decoded = known === undefined ? decodeCertificate(der) : { ok: true as const, certificate: known };
    if (decoded.ok) {
      const { certificate } = decoded;
      sent.push(certificate);
      if (certificate.facts.isCa && met.size < mostMet) met.set(key, certificate);
    } else unreadable.push({ sentAt, bytes: der.length, failure: decoded.failure });
  }
  const isLeafUnread = unreadable[0]?.sentAt === 0 && (leafIsFirst || sent.every(({ facts }) => facts.isCa));
  if (sent.length === 0 || isLeafUnread) return { unreadable };
  const leaf = leafIsFirst ? 0 : leafOf(sent);

  const revocation: Revocation[] = [];
  if (ocspResponse !== undefined || crls.length > 0) {
    const { readCrl, readOcsp } = await import('../../io/revocation.js');
    const subjects = subjectsOf(sent, leaf, now, store);
    if (ocspResponse !== undefined) {
      const subject = subjects.find(({ element }) => element === leaf);
      revocation.push(await readOcsp(ocspResponse, subject, leaf, now));
    }
    for (const crl of crls) {
      if ('der' in crl) revocation.push(...(await readCrl(crl.der, crl.path, subjects)));
      else {
        const { path, failure } = crl;
        revocation.push({ source: 'crl', path, status: 'unread', verified: false, problem: failure.detail });
      }
    }
  }
  const chain = judgeChain(sent, leaf, {
    ...(host !== undefined && { host }),
    now,
    store,
    warning: asked.warningDays * day,
    revocation,
    askedForStaple,
  });
  return {
    asked,
    observedAt: new Date(now).toISOString(),
    ...(host !== undefined && { host }),
    ...chain,
    ...(unreadable.length > 0 && { defects: [...chain.defects, 'malformed-certificate'], unreadable }),
    trust,
  };
}

/** The certificates of the path with their issuers: those whose revocation somebody can vouch for. */
function subjectsOf(
  sent: readonly Certificate[],
  leaf: number,
  now: number,
  store: Criteria['store'],
): RevocationSubject[] {
  const { elements } = chainPath(sent, leaf, store, now);
  return elements.flatMap(({ certificate, sentAt }, index) => {
    const issuer = elements[index + 1]?.certificate;
    if (sentAt === undefined || issuer === undefined) return [];
    return [{ element: sentAt, der: certificate.der, issuer: issuer.der }];
  });
}
