import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** What a private key is, and whether it belongs to a certificate; never the key. */
export interface PrivateKeyFacts {
  /** `rsa`, `ec`, `ed25519`, …; `unknown` of one that is encrypted. */
  readonly type: string;
  readonly encrypted?: true;
  /** It belongs to the certificate; absent where that cannot be said. */
  readonly fits?: boolean;
}

const begin = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY)-----/;

/**
 * Reads the first private key of a PEM text, and compares it with a certificate (DER). A sentence without a full stop where there is
 * none, or none that can be read.
 */
export function decodePrivateKey(
  pem: string,
  certificate?: Uint8Array,
): PrivateKeyFacts | { readonly problem: string } {
  const found = begin.exec(pem);
  if (found === null) return { problem: 'there is no private key in PEM form in it' };
  const [line, label] = found;
  const end = `-----END ${label}-----`;
  const ends = pem.indexOf(end, found.index);
  if (ends < 0) return { problem: `the line that ends the ${label} is missing` };
  const block = pem.slice(found.index, ends + end.length);
  // Asking for a passphrase is nothing that a file can be read with.
  if (label === 'ENCRYPTED PRIVATE KEY' || /^\s*Proc-Type:\s*4,\s*ENCRYPTED/m.test(block.slice(line.length, 200))) {
    return { type: 'unknown', encrypted: true };
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(block);
  } catch {
    // What OpenSSL says about it may quote it.
    return { problem: `the ${label} in it cannot be read` };
  }
  const fits = certificate && fitsTo(certificate, key);
  return { type: key.asymmetricKeyType ?? 'unknown', ...(fits !== undefined && { fits }) };
}

function fitsTo(certificate: Uint8Array, key: KeyObject): boolean | undefined {
  try {
    return new X509Certificate(certificate).checkPrivateKey(key);
  } catch {
    return undefined;
  }
}
