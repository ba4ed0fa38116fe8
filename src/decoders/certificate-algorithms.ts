import { curveBits, ecPublicKey, publicKeyKinds } from '../knowledge/public-keys.js';
import { digestNames, rsassaPss, signatureAlgorithms } from '../knowledge/signature-algorithms.js';
import { childrenOf, type DerElement, derTags, elementAt, oidOf } from './der.js';

export interface PublicKeyFacts {
  readonly keyType: string;
  readonly keyBits?: number;
}

/** The kind and size of the key in a SubjectPublicKeyInfo; nothing where it is none. */
export function publicKeyOf(bytes: Uint8Array, info: DerElement): PublicKeyFacts | undefined {
  const [algorithm, key] = (info.tag === derTags.sequence && childrenOf(bytes, info)) || [];
  const [oidElement, parameters] = (algorithm && childrenOf(bytes, algorithm)) ?? [];
  const oid = oidElement && oidOf(bytes, oidElement);
  if (oid === undefined || key?.tag !== derTags.bitString) return undefined;
  const kind = publicKeyKinds.find((row) => row.oid === oid);
  const bits = kind?.bits ?? bitsOf(bytes, oid, parameters, key, kind?.type);
  return { keyType: kind?.type ?? oid, ...(bits !== undefined && { keyBits: bits }) };
}

function bitsOf(
  bytes: Uint8Array,
  oid: string,
  parameters: DerElement | undefined,
  key: DerElement,
  type: string | undefined,
): number | undefined {
  if (oid === ecPublicKey) return parameters && curveBits[oidOf(bytes, parameters) ?? ''];
  // DSA keeps its prime among the parameters; RSA its modulus in the key, behind the count of unused bits.
  const holder = type === 'dsa' ? parameters : elementAt(bytes, key.content + 1, key.end);
  const number = holder && elementAt(bytes, holder.content, holder.end);
  return number?.tag === derTags.integer ? bitLength(bytes, number) : undefined;
}

function bitLength(bytes: Uint8Array, { content, end }: DerElement): number {
  let at = content;
  while (at < end && bytes[at] === 0) at += 1;
  return at === end ? 0 : (end - at) * 8 - (Math.clz32(bytes[at] ?? 0) - 24);
}

/** OpenSSL's name of the algorithm; `sha256WithRSASSA-PSS` for RSASSA-PSS with its digest; the object identifier of others. */
export function signatureNameOf(bytes: Uint8Array, algorithm: DerElement): string | undefined {
  const [oidElement, parameters] = childrenOf(bytes, algorithm) ?? [];
  const oid = oidElement && oidOf(bytes, oidElement);
  if (oid === undefined) return undefined;
  if (oid === rsassaPss) return `${pssDigest(bytes, parameters) ?? 'unknown'}WithRSASSA-PSS`;
  return signatureAlgorithms.find((row) => row.oid === oid)?.name ?? oid;
}

function pssDigest(bytes: Uint8Array, parameters: DerElement | undefined): string | undefined {
  const hashTag = 0xa0;
  const [hash] = (parameters && childrenOf(bytes, parameters)) ?? [];
  // SHA-1 is the default, and what is the default is left out.
  if (hash?.tag !== hashTag) return 'sha1';
  const algorithm = elementAt(bytes, hash.content, hash.end);
  const oid = algorithm && elementAt(bytes, algorithm.content, algorithm.end);
  return digestNames[(oid && oidOf(bytes, oid)) ?? ''];
}
