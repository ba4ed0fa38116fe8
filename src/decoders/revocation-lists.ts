import type { Failure } from '../model/failure.js';
import { derTags, elementAt } from './der.js';
import { pemBlocks } from './pem.js';

/** A CRL that was given, as DER, or why it cannot be read. */
export type GivenCrl =
  | { readonly path: string; readonly der: Uint8Array }
  | { readonly path: string; readonly failure: Failure };

/** Bytes that a file of CRLs may have: a list may be long, but nothing else happens while it is parsed. */
export const longestCrlFile: number = 16 * 1024 * 1024;

/** The CRLs in a file, PEM or DER. What is in them is not looked at here. */
export function crlsIn(bytes: Buffer, path: string): GivenCrl[] {
  const isPem = bytes.includes('-----BEGIN');
  const crls = isPem ? pemBlocks(bytes.toString('latin1')).crls : [bytes];
  if (crls.length > 0 && crls.every(isWhole)) return crls.map((der) => ({ path, der }));
  const detail = `${path} holds no CRL`;
  return [{ path, failure: { code: 'malformed', step: 'decode', blame: 'us', detail } }];
}

/** Whether the bytes are one element of DER, as every CRL is. */
function isWhole(der: Uint8Array): boolean {
  const element = elementAt(der, 0, der.length);
  return element?.tag === derTags.sequence && element.end === der.length;
}
