import { createSecureContext, type SecureContext, type SecureVersion } from 'node:tls';

export interface ContextOptions {
  readonly ca?: readonly string[];
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  readonly ciphers?: string;
}

const nodesOwn: readonly string[] = [];
const contexts = new WeakMap<readonly string[], Map<string, SecureContext>>();

/**
 * The context of handshakes with these options, one for all that have the same array of authorities: parsing a system's
 * store takes longer than a handshake. Throws for ciphers that OpenSSL does not know.
 */
export function tlsContext({ ca, minVersion, maxVersion, ciphers }: ContextOptions): SecureContext {
  const key = ca ?? nodesOwn;
  const known = contexts.get(key) ?? new Map<string, SecureContext>();
  contexts.set(key, known);
  const name = JSON.stringify([minVersion, maxVersion, ciphers]);
  const isOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  // OpenSSL has put what is older than TLS 1.2 out of reach of its usual security level.
  const wanted = ciphers ?? (isOld ? 'DEFAULT@SECLEVEL=0' : undefined);
  const context =
    known.get(name) ??
    createSecureContext({
      ...(ca !== undefined && { ca: [...ca] }),
      ...(minVersion !== undefined && { minVersion }),
      ...(maxVersion !== undefined && { maxVersion }),
      ...(wanted !== undefined && { ciphers: wanted }),
    });
  known.set(name, context);
  return context;
}
