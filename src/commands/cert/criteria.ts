import type { ChainStandard } from '../../decoders/presented-chain.js';
import { crlsIn, longestCrlFile } from '../../decoders/revocation-lists.js';
import { createTrustStore } from '../../decoders/trust-store.js';
import { trustedAuthorities } from '../../io/trust.js';
import type { Failure } from '../../model/failure.js';
import type { CertAsked, TrustFacts } from './facts.js';

/** What all targets of a run are judged by. */
export interface Criteria extends ChainStandard {
  readonly trust: TrustFacts;
  /** The authorities as PEM, for whoever verifies by other means. */
  readonly pem: readonly string[];
}

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

async function load(
  { caFile, addCa, crlFiles = [], warningDays }: CertAsked,
  signal: AbortSignal,
): Promise<Criteria | Failure> {
  const trusted = await trustedAuthorities(
    { ...(caFile !== undefined && { caFile }), ...(addCa !== undefined && { addCa }) },
    signal,
  );
  if (!trusted.ok) return trusted.failure;
  const { pem, source, path } = trusted.value;
  const store = createTrustStore(pem);
  const crls: ReturnType<typeof crlsIn> = [];
  for (const file of crlFiles) {
    // Few runs need what reads files of any kind.
    const { readBytes } = await import('../../io/read-bytes.js');
    const read = await readBytes(file, longestCrlFile, signal);
    crls.push(...(read.ok ? crlsIn(read.value, file) : [{ path: file, failure: read.failure }]));
  }
  return {
    store,
    trust: { source, ...(path !== undefined && { path }), size: store.size },
    pem,
    crls,
    warningDays,
    met: new Map(),
  };
}
