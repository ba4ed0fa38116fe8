import type { ChainStandard } from '../../decoders/presented-chain.js';
import { crlsIn, longestCrlFile } from '../../decoders/revocation-lists.js';
import { createTrustStore } from '../../decoders/trust-store.js';
import { type TrustOptions, trustedAuthorities } from '../../io/trust.js';
import type { Failure } from '../../model/failure.js';
import type { OriginAsked } from './facts.js';

/** Days: a certificate that ends sooner is said to expire soon. */
const warningDays = 7;

const standards = new WeakMap<OriginAsked, Map<string, Promise<ChainStandard | Failure>>>();

/** What chains are judged by: the authorities of the user, or those that `ca.bundle` of rg-listener names. */
export function standardOf(
  asked: OriginAsked,
  authorities: TrustOptions,
  signal: AbortSignal,
): Promise<ChainStandard | Failure> {
  const known = standards.get(asked) ?? new Map<string, Promise<ChainStandard | Failure>>();
  standards.set(asked, known);
  const key = JSON.stringify(authorities);
  let standard = known.get(key);
  if (standard === undefined) {
    standard = load(asked, authorities, signal);
    known.set(key, standard);
  }
  return standard;
}

async function load(
  { crlFiles = [] }: OriginAsked,
  authorities: TrustOptions,
  signal: AbortSignal,
): Promise<ChainStandard | Failure> {
  const trusted = await trustedAuthorities(authorities, signal);
  if (!trusted.ok) return trusted.failure;
  const crls: ReturnType<typeof crlsIn> = [];
  for (const file of crlFiles) {
    const { readBytes } = await import('../../io/read-bytes.js');
    const read = await readBytes(file, longestCrlFile, signal);
    // A list that was given and does not count would let what it revokes pass.
    if (!read.ok) return read.failure;
    crls.push(...crlsIn(read.value, file));
  }
  const unread = crls.find((crl) => 'failure' in crl);
  if (unread !== undefined && 'failure' in unread) return unread.failure;
  return { store: createTrustStore(trusted.value.pem), crls, warningDays, met: new Map() };
}

/** The authorities of `--ca-file` and `--add-ca`. */
export function authoritiesOf({ caFile, addCa }: OriginAsked): TrustOptions {
  return { ...(caFile !== undefined && { caFile }), ...(addCa !== undefined && { addCa }) };
}
