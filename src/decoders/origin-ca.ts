import { type OriginCaRoot, originCaRoots } from '../knowledge/origin-ca.js';
import type { Certificate } from './certificate.js';
import type { DistinguishedName } from './distinguished-name.js';

/**
 * The root of Cloudflare's Origin CA that a certificate names as its issuer: by organization, organizational unit and,
 * where it is published, authority key id. Whether that root signed it, only its key can tell.
 */
export function originCaOf({ issuer, facts }: Certificate): OriginCaRoot | undefined {
  return rootNamed(issuer, facts.authorityKeyId);
}

/** The root of Cloudflare's Origin CA that a certificate is itself, by its subject and, where it is published, its key id. */
export function originCaRootOf({ subject, facts }: Certificate): OriginCaRoot | undefined {
  return rootNamed(subject, facts.subjectKeyId);
}

function rootNamed(name: DistinguishedName, id: string | undefined): OriginCaRoot | undefined {
  const has = (type: string, value: string) =>
    name.attributes.some((attribute) => attribute.type === type && attribute.value === value);
  return originCaRoots.find(
    ({ organization, organizationalUnit, keyId }) =>
      has('O', organization) && has('OU', organizationalUnit) && (keyId === undefined || id === keyId),
  );
}
