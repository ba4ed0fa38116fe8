import type { Failure } from '../model/failure.js';
import { pemBlocks } from './pem.js';

/** A CRL that was given, as DER, or why it cannot be read. */
export type GivenCrl =
  | { readonly path: string; readonly der: Uint8Array }
  | { readonly path: string; readonly failure: Failure };

/** Bytes that a file of CRLs may have: a list may be long, but nothing else happens while it is parsed. */
export const longestCrlFile: number = 16 * 1024 * 1024;

/** The CRLs in a file, PEM or DER. What is in DER is not looked at here. */
export function crlsIn(bytes: Buffer, path: string): GivenCrl[] {
  if (!bytes.includes('-----BEGIN')) return [{ path, der: bytes }];
  const { crls } = pemBlocks(bytes.toString('latin1'));
  if (crls.length > 0) return crls.map((der) => ({ path, der }));
  const detail = `${path} holds no CRL`;
  return [{ path, failure: { code: 'malformed', step: 'decode', blame: 'us', detail } }];
}
