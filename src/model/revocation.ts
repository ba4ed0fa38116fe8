/** What a stapled OCSP answer or a CRL says about one certificate of a chain. Plain JSON. */
export interface Revocation {
  readonly source: 'ocsp' | 'crl';
  /** The file that a CRL was read from. */
  readonly path?: string;
  /** The certificate that it is about: its place in the chain as sent. Absent: about none of them. */
  readonly element?: number;
  /** `unread`: nothing could be learned from it, `problem` says why. */
  readonly status: 'good' | 'revoked' | 'unknown' | 'unread';
  /** RFC 3339, UTC: when the statement was made, and until when it may be relied on. */
  readonly thisUpdate?: string;
  readonly nextUpdate?: string;
  readonly revokedAt?: string;
  /** The word of RFC 5280 §5.3.1: `keyCompromise`. */
  readonly reason?: string;
  /** Whether the issuer of the certificate, or whom it delegated, signed the statement. */
  readonly verified: boolean;
  /** Why nothing could be learned, or why the signature does not count. */
  readonly problem?: string;
}
