/** What an object identifier in the signature of a certificate stands for. */
export interface SignatureAlgorithm {
  readonly oid: string;
  /** OpenSSL's long name, as `openssl x509 -text` prints it. */
  readonly name: string;
  /** Two certificates with the same signature can be made: no client should accept it. */
  readonly weak?: true;
  readonly source: string;
}

const rfc3279 = 'RFC 3279 §2.2';
const rfc4055 = 'RFC 4055 §5';
const rfc5758 = 'RFC 5758 §3';
const rfc8410 = 'RFC 8410 §3';

/** The digest is chosen by the parameters: `rsassaPss` with its hash is made of them. */
export const rsassaPss = '1.2.840.113549.1.1.10';

export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  { oid: '1.2.840.113549.1.1.2', name: 'md2WithRSAEncryption', weak: true, source: rfc3279 },
  { oid: '1.2.840.113549.1.1.4', name: 'md5WithRSAEncryption', weak: true, source: rfc3279 },
  { oid: '1.2.840.113549.1.1.5', name: 'sha1WithRSAEncryption', weak: true, source: rfc3279 },
  { oid: '1.3.14.3.2.29', name: 'sha1WithRSA', weak: true, source: 'OIW implementors agreement, part 12' },
  { oid: '1.2.840.10040.4.3', name: 'dsa-with-SHA1', weak: true, source: rfc3279 },
  { oid: '1.2.840.10045.4.1', name: 'ecdsa-with-SHA1', weak: true, source: rfc3279 },
  { oid: rsassaPss, name: 'rsassaPss', source: rfc4055 },
  { oid: '1.2.840.113549.1.1.11', name: 'sha256WithRSAEncryption', source: rfc4055 },
  { oid: '1.2.840.113549.1.1.12', name: 'sha384WithRSAEncryption', source: rfc4055 },
  { oid: '1.2.840.113549.1.1.13', name: 'sha512WithRSAEncryption', source: rfc4055 },
  { oid: '1.2.840.113549.1.1.14', name: 'sha224WithRSAEncryption', source: rfc4055 },
  { oid: '2.16.840.1.101.3.4.3.1', name: 'dsa_with_SHA224', source: rfc5758 },
  { oid: '2.16.840.1.101.3.4.3.2', name: 'dsa_with_SHA256', source: rfc5758 },
  { oid: '1.2.840.10045.4.3.1', name: 'ecdsa-with-SHA224', source: rfc5758 },
  { oid: '1.2.840.10045.4.3.2', name: 'ecdsa-with-SHA256', source: rfc5758 },
  { oid: '1.2.840.10045.4.3.3', name: 'ecdsa-with-SHA384', source: rfc5758 },
  { oid: '1.2.840.10045.4.3.4', name: 'ecdsa-with-SHA512', source: rfc5758 },
  { oid: '1.3.101.112', name: 'ED25519', source: rfc8410 },
  { oid: '1.3.101.113', name: 'ED448', source: rfc8410 },
];

/** Digests by object identifier, for the parameters of RSASSA-PSS. */
export const digestNames: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
};
