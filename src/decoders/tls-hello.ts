import { FieldReader } from './tls-messages.js';

/** What a server chose. */
export interface ServerHello {
  /** 0x0304 is TLS 1.3. */
  readonly version: number;
  readonly suite: number;
  /** Whether it asks for another ClientHello instead (HelloRetryRequest). */
  readonly isRetry: boolean;
}

export const tls13 = 0x0304;

const supportedVersions = 43;

/** The random of a ServerHello that is a HelloRetryRequest: SHA-256 of that word (RFC 8446 §4.1.3). */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** Reads a ServerHello (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3); nothing where it is damaged. */
export function serverHello(body: Uint8Array): ServerHello | undefined {
  const fields = new FieldReader(body);
  const legacyVersion = fields.number(2);
  const random = fields.take(32);
  fields.vector(1);
  const suite = fields.number(2);
  const compression = fields.number(1);
  if (legacyVersion === undefined || random === undefined || suite === undefined || compression === undefined) {
    return undefined;
  }
  const isRetry = Buffer.from(random).toString('hex') === retryRandom;
  const version = fields.done ? legacyVersion : (chosenVersion(fields) ?? legacyVersion);
  return { version, suite, isRetry };
}

function chosenVersion(fields: FieldReader): number | undefined {
  const extensions = new FieldReader(fields.vector(2) ?? new Uint8Array());
  for (;;) {
    const type = extensions.number(2);
    const data = extensions.vector(2);
    if (type === undefined || data === undefined) return undefined;
    if (type === supportedVersions) return new FieldReader(data).number(2);
  }
}

/** A version of the protocol in OpenSSL's spelling. */
export function versionName(version: number): string {
  if (version === 0x0300) return 'SSLv3';
  const minor = version - 0x0301;
  if (minor === 0) return 'TLSv1';
  return minor > 0 && minor <= 3 ? `TLSv1.${minor}` : `0x${version.toString(16).padStart(4, '0')}`;
}
