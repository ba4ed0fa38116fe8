import { readFile, stat } from 'node:fs';
import { promisify } from 'node:util';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { stopOf } from './deadline.js';

export interface TrustOptions {
  /** `--ca-file`: a PEM file that replaces the system's store. */
  readonly caFile?: string;
  /** `--add-ca`: PEM files that are added to it. */
  readonly addCa?: readonly string[];
}

export interface Trust {
  /** PEM texts, of one certificate or many each. */
  readonly pem: readonly string[];
  /** Where the authorities come from that `--add-ca` adds to. */
  readonly source: 'file' | 'system' | 'node';
  /** The file; absent where Node brings them. */
  readonly path?: string;
}

/** Where systems keep their store, as one file: Debian, Fedora, SUSE, Alpine and the BSDs. */
const systemStores = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
];

/** No store is larger by far: that of Debian has 220 kB. */
const largestFile = 16_000_000;

/**
 * The authorities to trust: `--ca-file`, else the file that SSL_CERT_FILE names (as for OpenSSL), else the system's store,
 * else what Node brings; `--add-ca` in any case. Fails for a file that was named and cannot be read or holds no certificate.
 */
export async function trustedAuthorities(
  { caFile, addCa = [] }: TrustOptions,
  signal: AbortSignal,
): Promise<Outcome<Trust>> {
  const started = performance.now();
  const base = caFile === undefined ? await systemTrust(signal) : await fileTrust(caFile, 'file', signal);
  const added = await Promise.all(addCa.map((path) => certificatesIn(path, signal, false)));
  const failure = [base, ...added].find((part): part is Failure => typeof part === 'object' && 'code' in part);
  const ms = performance.now() - started;
  if (failure !== undefined || 'code' in base) return { ok: false, failure: failure ?? (base as Failure), ms };
  const more = added.filter((text) => typeof text === 'string');
  return { ok: true, value: { ...base, pem: [...base.pem, ...more] }, ms };
}

async function systemTrust(signal: AbortSignal): Promise<Trust | Failure> {
  const named = process.env['SSL_CERT_FILE'];
  if (named) return fileTrust(named, 'system', signal);
  for (const path of systemStores) {
    const trust = await fileTrust(path, 'system', signal);
    // A store that is not there, empty or unreadable is no reason not to try the next.
    if (!('code' in trust) || trust.byRun === true) return trust;
  }
  const { rootCertificates } = process.getBuiltinModule('node:tls');
  return { pem: rootCertificates, source: 'node' };
}

async function fileTrust(path: string, source: 'file' | 'system', signal: AbortSignal): Promise<Trust | Failure> {
  const text = await certificatesIn(path, signal, source === 'system');
  return typeof text === 'string' ? { pem: [text], source, path } : text;
}

/** The text of a PEM file that holds certificates. */
async function certificatesIn(path: string, signal: AbortSignal, isSystem: boolean): Promise<string | Failure> {
  if (signal.aborted) return unread(path, signal);
  try {
    const about = await promisify(stat)(path);
    if (!about.isFile()) return inputFailure('not-a-file', `${path} is not a regular file`);
    if (about.size > largestFile)
      return inputFailure('malformed', `${path} has ${about.size} bytes: no store of certificates`);
    const text = await new Promise<string>((resolve, reject) =>
      readFile(path, { encoding: 'latin1', signal }, (error, read) => (error === null ? resolve(read) : reject(error))),
    );
    const problem = problemIn(text, isSystem);
    return problem === undefined ? text : inputFailure('malformed', `${path}: ${problem}`);
  } catch (error) {
    if (signal.aborted) return unread(path, signal);
    const failure = classify(error, 'input');
    return { ...failure, detail: failure.detail.includes(path) ? failure.detail : `${path}: ${failure.detail}` };
  }
}

const begin = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/g;
const block = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/**
 * Node passes over the first certificate that it cannot read, and over all behind it: every server would look untrusted.
 * Of a system's store, which has hundreds, only the first one is tried.
 */
function problemIn(text: string, isSystem: boolean): string | undefined {
  const blocks = text.match(block) ?? [];
  if (blocks.length === 0) {
    const isDer = text.startsWith('0\x82');
    return `no certificate in PEM form${isDer ? ' (convert it: openssl x509 -inform der -in FILE)' : ''}`;
  }
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  for (const [index, pem] of (isSystem ? blocks.slice(0, 1) : blocks).entries()) {
    try {
      new X509Certificate(pem);
    } catch {
      return `certificate ${index + 1} of ${blocks.length} cannot be read`;
    }
  }
  const begun = text.match(begin)?.length ?? 0;
  return begun === blocks.length ? undefined : `only ${blocks.length} of ${begun} certificates in it are whole`;
}

function unread(path: string, signal: AbortSignal): Failure {
  const { code, detail } = stopOf(signal) ?? { code: 'interrupted', detail: 'the run has ended' };
  return { ...inputFailure(code, `${path} was not read: ${detail}`), byRun: true };
}

function inputFailure(code: Failure['code'], detail: string): Failure {
  return { code, step: 'input', blame: 'us', detail };
}
