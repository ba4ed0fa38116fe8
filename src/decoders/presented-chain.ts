import type { Failure } from '../model/failure.js';
import type { Revocation } from '../model/revocation.js';
import { type Certificate, decodeCertificate } from './certificate.js';
import { judgeChain, leafOf } from './certificate-chain.js';
import { chainPath } from './certificate-path.js';
import type { ChainFacts } from './chain-facts.js';
import type { RevocationSubject } from './revocation.js';
import type { GivenCrl } from './revocation-lists.js';
import type { TrustStore } from './trust-store.js';

/** A certificate that was sent and cannot be read; it has no place in `chain`. */
export interface UnreadableCertificate {
  /** Its place among all that were sent. */
  readonly sentAt: number;
  readonly bytes: number;
  readonly failure: Failure;
}

/** What all chains of a run are judged by. */
export interface ChainStandard {
  readonly store: TrustStore;
  readonly crls: readonly GivenCrl[];
  /** Less than that left is a defect. */
  readonly warningDays: number;
  /** Authorities that servers sent, by their bytes: thousands of servers share a few, whose signatures are checked once. */
  readonly met: Map<string, Certificate>;
}

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
 * What certificates are worth, as they were sent or as they stand in a file; where the one to judge cannot be read, only that: the first, unless a file has another that
 * is no authority.
 */
export async function judgePresented(
  { certificates, host, now, askedForStaple, ocspResponse, leafIsFirst }: Presented,
  { store, crls, warningDays, met }: ChainStandard,
): Promise<
  | (ChainFacts & { readonly unreadable?: readonly UnreadableCertificate[] })
  | { readonly unreadable: readonly UnreadableCertificate[] }
> {
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
    const { readCrl, readOcsp } = await import('./revocation.js');
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
    warning: warningDays * day,
    revocation,
    askedForStaple,
  });
  return {
    ...chain,
    ...(unreadable.length > 0 && { defects: [...chain.defects, 'malformed-certificate'], unreadable }),
  };
}

/** The certificates of the path with their issuers: those whose revocation somebody can vouch for. */
function subjectsOf(sent: readonly Certificate[], leaf: number, now: number, store: TrustStore): RevocationSubject[] {
  const { elements } = chainPath(sent, leaf, store, now);
  return elements.flatMap(({ certificate, sentAt }, index) => {
    const issuer = elements[index + 1]?.certificate;
    if (sentAt === undefined || issuer === undefined) return [];
    return [{ element: sentAt, der: certificate.der, issuer: issuer.der }];
  });
}
