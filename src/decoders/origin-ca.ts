import { type OriginCaRoot, originCaRoots } from '../knowledge/origin-ca.js';
import type { Certificate } from './certificate.js';

/**
 * The root of Cloudflare's Origin CA that a certificate names as its issuer: by organization, organizational unit and,
 * where it is published, authority key id. Whether that root signed it, only its key can tell.
 */
export function originCaOf({ issuer, facts }: Certificate): OriginCaRoot | undefined {
  const has = (type: string, value: string) =>
    issuer.attributes.some((attribute) => attribute.type === type && attribute.value === value);
  return originCaRoots.find(
    ({ organization, organizationalUnit, keyId }) =>
      has('O', organization) &&
      has('OU', organizationalUnit) &&
      (keyId === undefined || facts.authorityKeyId === keyId),
  );
}
