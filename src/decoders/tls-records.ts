/** The content types of TLS records (RFC 8446 §5.1). */
export const contentType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** One record as it was sent: `header` are its first five bytes, `body` what follows, encrypted or not. */
export interface TlsRecord {
  readonly type: number;
  readonly header: Uint8Array;
  readonly body: Uint8Array;
}

/** Why there is no further record: not all of it came, or what came is no TLS. */
export type RecordEnd = 'incomplete' | 'no-record';

const headerBytes = 5;
/** 2^14 bytes of content, and what encryption may add to them up to TLS 1.2 (RFC 5246 §6.2.3). */
const longestBody = 16_384 + 2048;

/** The record at `at`: its end is `at + 5 + body.length`. */
export function recordAt(bytes: Uint8Array, at: number): TlsRecord | RecordEnd {
  const header = bytes.subarray(at, at + headerBytes);
  const [type = 0, major = 3, , high = 0, low = 0] = header;
  if (header.length === 0) return 'incomplete';
  // Every version of TLS, and SSL 3.0, writes 3 as the first byte of its number.
  if (type < contentType.changeCipherSpec || type > contentType.applicationData || major !== 3) return 'no-record';
  if (header.length < headerBytes) return 'incomplete';
  const length = high * 256 + low;
  if (length > longestBody) return 'no-record';
  const body = bytes.subarray(at + headerBytes, at + headerBytes + length);
  return body.length < length ? 'incomplete' : { type, header, body };
}
