/** Kinds of public keys, by the object identifier of their algorithm or curve, and the least size that is accepted today. */
export interface PublicKeyKind {
  readonly oid: string;
  readonly type: 'rsa' | 'rsa-pss' | 'dsa' | 'ec' | 'ed25519' | 'ed448' | 'x25519' | 'x448';
  /** Absent where the key itself says it. */
  readonly bits?: number;
  readonly source: string;
}

const rfc3279 = 'RFC 3279 §2.3';
const rfc8410 = 'RFC 8410 §3';

export const ecPublicKey = '1.2.840.10045.2.1';

export const publicKeyKinds: readonly PublicKeyKind[] = [
  { oid: '1.2.840.113549.1.1.1', type: 'rsa', source: rfc3279 },
  { oid: '1.2.840.113549.1.1.10', type: 'rsa-pss', source: 'RFC 4055 §3' },
  { oid: '1.2.840.10040.4.1', type: 'dsa', source: rfc3279 },
  { oid: ecPublicKey, type: 'ec', source: 'RFC 5480 §2.1' },
  { oid: '1.3.101.112', type: 'ed25519', bits: 256, source: rfc8410 },
  { oid: '1.3.101.113', type: 'ed448', bits: 456, source: rfc8410 },
  { oid: '1.3.101.110', type: 'x25519', bits: 256, source: rfc8410 },
  { oid: '1.3.101.111', type: 'x448', bits: 448, source: rfc8410 },
];

/** Bits of the named curves. */
export const curveBits: Readonly<Record<string, number>> = {
  // RFC 5480 §2.1.1.1
  '1.2.840.10045.3.1.1': 192,
  '1.3.132.0.33': 224,
  '1.2.840.10045.3.1.7': 256,
  '1.3.132.0.34': 384,
  '1.3.132.0.35': 521,
  // SEC 2
  '1.3.132.0.31': 192,
  '1.3.132.0.32': 224,
  '1.3.132.0.10': 256,
  // RFC 5639 §4.1
  '1.3.36.3.3.2.8.1.1.1': 160,
  '1.3.36.3.3.2.8.1.1.3': 192,
  '1.3.36.3.3.2.8.1.1.5': 224,
  '1.3.36.3.3.2.8.1.1.7': 256,
  '1.3.36.3.3.2.8.1.1.9': 320,
  '1.3.36.3.3.2.8.1.1.11': 384,
  '1.3.36.3.3.2.8.1.1.13': 512,
};

/** Keys with fewer bits are weak: 112 bits of security are the least that is acceptable (NIST SP 800-57 part 1, table 2). */
export const leastBits: Readonly<Record<string, number>> = { rsa: 2048, 'rsa-pss': 2048, dsa: 2048, ec: 224 };

export const leastBitsSource = 'NIST SP 800-57 part 1 rev. 5, tables 2 and 4';
