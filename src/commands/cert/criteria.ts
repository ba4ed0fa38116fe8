import type { Certificate } from '../../decoders/certificate.js';
import { pemBlocks } from '../../decoders/pem.js';
import { createTrustStore, type TrustStore } from '../../decoders/trust-store.js';
import { trustedAuthorities } from '../../io/trust.js';
import type { Failure } from '../../model/failure.js';
import type { CertAsked, TrustFacts } from './facts.js';

/** A CRL that was given, as DER, or why it cannot be read. */
export type GivenCrl =
  | { readonly path: string; readonly der: Uint8Array }
  | { readonly path: string; readonly failure: Failure };

/** What all targets of a run are judged by. */
export interface Criteria {
  readonly store: TrustStore;
  readonly trust: TrustFacts;
  /** The authorities as PEM, for whoever verifies by other means. */
  readonly pem: readonly string[];
  readonly crls: readonly GivenCrl[];
  /** Authorities that servers sent, by their bytes: thousands of servers share a few, whose signatures are checked once. */
  readonly met: Map<string, Certificate>;
}

/** A list of revoked certificates may be long, but nothing else happens while it is parsed. */
const crlCap = 16 * 1024 * 1024;

const loaded = new WeakMap<CertAsked, Promise<Criteria | Failure>>();

/** Read once for a run, however many targets there are; the failure where the authorities cannot be read. */
export function criteriaOf(asked: CertAsked, signal: AbortSignal): Promise<Criteria | Failure> {
  let criteria = loaded.get(asked);
  if (criteria === undefined) {
    criteria = load(asked, signal);
    loaded.set(asked, criteria);
  }
  return criteria;
}

async function load({ caFile, addCa, crlFiles = [] }: CertAsked, signal: AbortSignal): Promise<Criteria | Failure> {
  const trusted = await trustedAuthorities(
    { ...(caFile !== undefined && { caFile }), ...(addCa !== undefined && { addCa }) },
    signal,
  );
  if (!trusted.ok) return trusted.failure;
  const { pem, source, path } = trusted.value;
  const store = createTrustStore(pem);
  const crls: GivenCrl[] = [];
  for (const file of crlFiles) crls.push(...(await crlsOf(file, signal)));
  return { store, trust: { source, ...(path !== undefined && { path }), size: store.size }, pem, crls, met: new Map() };
}

async function crlsOf(path: string, signal: AbortSignal): Promise<GivenCrl[]> {
  // Few runs need what reads files of any kind.
  const { readBytes } = await import('../../io/read-bytes.js');
  const read = await readBytes(path, crlCap, signal);
  if (!read.ok) return [{ path, failure: read.failure }];
  const bytes = read.value;
  if (!bytes.includes('-----BEGIN')) return [{ path, der: bytes }];
  const { crls } = pemBlocks(bytes.toString('latin1'));
  if (crls.length > 0) return crls.map((der) => ({ path, der }));
  const detail = `${path} holds no CRL`;
  return [{ path, failure: { code: 'malformed', step: 'decode', blame: 'us', detail } }];
}
