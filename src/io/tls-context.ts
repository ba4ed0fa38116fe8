import { createSecureContext, type SecureContext, type SecureVersion } from 'node:tls';

export interface ContextOptions {
  readonly ca?: readonly string[];
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  readonly ciphers?: string;
  /** PEM: the certificate to show when a server asks for one, with its key. */
  readonly clientCertificate?: string;
}

/** Without the suites of TLS 1.3 Node would end at TLS 1.2. */
const oldToo = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:DEFAULT@SECLEVEL=0';

const nodesOwn: readonly string[] = [];
const contexts = new WeakMap<readonly string[], Map<string, SecureContext>>();

/**
 * The context of handshakes with these options, one for all that have the same array of authorities: parsing a system's
 * store takes longer than a handshake. Throws for ciphers that OpenSSL does not know.
 */
export function tlsContext({ ca, minVersion, maxVersion, ciphers, clientCertificate }: ContextOptions): SecureContext {
  const key = ca ?? nodesOwn;
  const known = contexts.get(key) ?? new Map<string, SecureContext>();
  contexts.set(key, known);
  const name = JSON.stringify([minVersion, maxVersion, ciphers, clientCertificate]);
  const isOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  // OpenSSL has put what is older than TLS 1.2 out of reach of its usual security level.
  const wanted = ciphers ?? (isOld ? oldToo : undefined);
  const context =
    known.get(name) ??
    createSecureContext({
      ...(ca !== undefined && { ca: [...ca] }),
      ...(minVersion !== undefined && { minVersion }),
      ...(maxVersion !== undefined && { maxVersion }),
      ...(wanted !== undefined && { ciphers: wanted }),
      ...(clientCertificate !== undefined && { cert: clientCertificate, key: clientCertificate }),
    });
  known.set(name, context);
  return context;
}
