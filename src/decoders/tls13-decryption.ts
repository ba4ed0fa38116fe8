import { createDecipheriv, createHmac } from 'node:crypto';
import type { TlsRecord } from './tls-records.js';

interface Suite {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
  readonly keyBytes: number;
  readonly hash: 'sha256' | 'sha384';
}

/** The cipher suites of TLS 1.3 that OpenSSL offers (RFC 8446 §B.4). */
const suites: ReadonlyMap<number, Suite> = new Map([
  [0x1301, { cipher: 'aes-128-gcm', keyBytes: 16, hash: 'sha256' }],
  [0x1302, { cipher: 'aes-256-gcm', keyBytes: 32, hash: 'sha384' }],
  [0x1303, { cipher: 'chacha20-poly1305', keyBytes: 32, hash: 'sha256' }],
]);

const ivBytes = 12;
const tagBytes = 16;

/** What an encrypted record held: its true type, and its content without padding. */
export interface Opened {
  readonly type: number;
  readonly content: Uint8Array;
}

/**
 * Opens the records of TLS 1.3 that one traffic secret protects, in their order; gives nothing for one that is not
 * protected by it. Absent where the cipher suite is not known.
 */
export function recordOpener(
  suite: number,
  secret: Uint8Array,
): ((record: TlsRecord) => Opened | undefined) | undefined {
  const known = suites.get(suite);
  if (known === undefined) return undefined;
  const { cipher, keyBytes, hash } = known;
  const key = expandLabel(hash, secret, 'key', keyBytes);
  const iv = expandLabel(hash, secret, 'iv', ivBytes);
  let sequence = 0n;
  return ({ header, body }) => {
    if (body.length < tagBytes + 1) return undefined;
    const nonce = Buffer.from(iv);
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(4) ^ sequence, 4);
    sequence += 1n;
    const sealed = body.subarray(0, -tagBytes);
    try {
      // One call for all three: the types of Node name them one by one.
      const decipher = createDecipheriv(cipher as 'aes-128-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(header);
      decipher.setAuthTag(body.subarray(-tagBytes));
      return withoutPadding(Buffer.concat([decipher.update(sealed), decipher.final()]));
    } catch {
      return undefined;
    }
  };
}

/** HKDF-Expand-Label (RFC 8446 §7.1) without context, for no more bytes than the hash has: one block of HKDF-Expand. */
function expandLabel(hash: Suite['hash'], secret: Uint8Array, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0, 1])]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
}

/** The type is the last byte that is not zero (RFC 8446 §5.4). */
function withoutPadding(inner: Uint8Array): Opened | undefined {
  let end = inner.length;
  while (end > 0 && inner[end - 1] === 0) end -= 1;
  const type = inner[end - 1];
  return type === undefined ? undefined : { type, content: inner.subarray(0, end - 1) };
}
