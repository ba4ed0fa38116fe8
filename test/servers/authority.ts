import { execFile } from 'node:child_process';
import { generateKeyPair, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate with its key, as text and as files. */
export interface Issued {
  readonly pem: string;
  readonly der: Buffer;
  readonly key: string;
  readonly file: string;
  readonly keyFile: string;
}

export interface CertificateOptions {
  /** DNS names and IP addresses of the subject alternative names; absent: none, the name is in the CN only. */
  readonly names?: readonly string[];
  readonly ips?: readonly string[];
  /** Absent: the first name, then `example.com`. */
  readonly commonName?: string;
  /** The whole subject in the spelling of `openssl req -subj` (`/O=Example/CN=example.com`), any bytes but NUL. */
  readonly subject?: string;
  /** Days from now until it expires, may be negative; default 90. */
  readonly days?: number;
  /** Days from now until it becomes valid; default: a day, or the whole validity and a day, ago. */
  readonly startsInDays?: number;
  /** Default: P-256. */
  readonly key?: { readonly type: 'rsa'; readonly bits: number } | { readonly type: 'ec'; readonly curve: string };
  /** The digest of the signature; default sha256. */
  readonly digest?: string;
  /** Who signs; default: the intermediate. `self`: a self-signed certificate. */
  readonly issuer?: Issued | 'self';
  readonly ca?: boolean;
  /** More lines of an OpenSSL extension section: `authorityInfoAccess = OCSP;URI:http://127.0.0.1:8080/`. */
  readonly extensions?: readonly string[];
}

export interface Authority {
  /** The folder of all its files; gone after `close`. */
  readonly folder: string;
  readonly root: Issued;
  readonly intermediate: Issued;
  /** Issues a certificate. One after the other, whatever is called at once. */
  issue(options?: CertificateOptions): Promise<Issued>;
  /** Revokes what the intermediate has issued: in lists and answers made from then on. */
  revoke(certificate: Issued): Promise<void>;
  /** The intermediate's list of revoked certificates, PEM; it must be renewed in `days` days, default 30. */
  crl(options?: {
    readonly days?: number;
    readonly lastUpdate?: Date;
    readonly issuer?: Issued;
    /** Lines of an OpenSSL extension section: `issuingDistributionPoint = critical,@scope`. */
    readonly extensions?: readonly string[];
  }): Promise<{ pem: string; file: string }>;
  /** The intermediate's OCSP answer (DER) about a certificate, signed by `signer` (default: the intermediate itself). */
  ocspResponse(
    certificate: Issued,
    options?: { readonly signer?: Issued; readonly days?: number },
  ): Promise<{ der: Buffer; file: string }>;
  close(): void;
}

/** A certificate authority made with openssl: a root, an intermediate, and what they issue. */
export async function createAuthority(): Promise<Authority> {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-authority-'));
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  // The database of `openssl ca` knows one user at a time.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const file = (name: string, content: string | Buffer = '') => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  mkdirSync(join(folder, 'new'));
  const config = file(
    'ca.conf',
    `[ca]
default_ca = it
[it]
database = ${file('index.txt')}
new_certs_dir = ${join(folder, 'new')}
rand_serial = yes
unique_subject = no
policy = any
preserve = yes
string_mask = utf8only
default_md = sha256
[any]
countryName = optional
organizationName = optional
organizationalUnitName = optional
stateOrProvinceName = optional
localityName = optional
commonName = optional
[req]
distinguished_name = nothing
string_mask = utf8only
[nothing]
`,
  );
  file('index.txt.attr', 'unique_subject = no\n');

  const issue = async (options: CertificateOptions): Promise<Issued> => {
    count += 1;
    const { names = [], ips = [], days = 90, digest = 'sha256', issuer = intermediate, extensions = [] } = options;
    const { startsInDays = Math.min(0, days) - 1, ca = false } = options;
    const subject = options.subject ?? `/CN=${options.commonName ?? names[0] ?? 'example.com'}`;
    const key = await newKey(options.key);
    const keyFile = file(`${count}.key`, key);
    const request = join(folder, `${count}.csr`);
    const path = join(folder, `${count}.pem`);
    const alternative = [...names.map((name) => `DNS:${name}`), ...ips.map((ip) => `IP:${ip}`)];
    const section = file(
      `${count}.ext`,
      [
        `basicConstraints = critical,CA:${ca ? 'TRUE' : 'FALSE'}`,
        ca
          ? 'keyUsage = critical,keyCertSign,cRLSign,digitalSignature'
          : 'keyUsage = critical,digitalSignature,keyEncipherment',
        'subjectKeyIdentifier = hash',
        ...(issuer === 'self' ? [] : ['authorityKeyIdentifier = keyid']),
        ...(alternative.length > 0 ? [`subjectAltName = ${alternative.join(',')}`] : []),
        ...extensions,
        '',
      ].join('\n'),
    );
    const common = ['-config', config, '-utf8'];
    await run('openssl', ['req', '-new', ...common, '-key', keyFile, '-subj', subject, '-out', request]);
    const signer =
      issuer === 'self' ? ['-selfsign', '-keyfile', keyFile] : ['-cert', issuer.file, '-keyfile', issuer.keyFile];
    const dates = ['-startdate', instant(startsInDays), '-enddate', instant(days)];
    const how = ['-batch', '-notext', '-md', digest, '-extfile', section, '-in', request, '-out', path];
    await run('openssl', ['ca', ...common, ...signer, ...dates, ...how]);
    const der = new X509Certificate(await readFile(path, 'utf8')).raw;
    return { pem: await readFile(path, 'utf8'), der, key, file: path, keyFile };
  };

  let intermediate: Issued | 'self' = 'self';
  const root = await issue({ subject: '/O=rg-diag tests/CN=Root', days: 3650, ca: true, issuer: 'self' });
  intermediate = await issue({ subject: '/O=rg-diag tests/CN=Intermediate', days: 1800, ca: true, issuer: root });
  const middle: Issued = intermediate;

  return {
    folder,
    root,
    intermediate: middle,
    issue: (options = {}) => inTurn(() => issue(options)),
    revoke: (certificate) =>
      inTurn(async () => {
        const who = ['-cert', middle.file, '-keyfile', middle.keyFile];
        await run('openssl', ['ca', '-config', config, ...who, '-revoke', certificate.file]);
      }),
    crl: ({ days = 30, lastUpdate, issuer = middle, extensions } = {}) =>
      inTurn(async () => {
        count += 1;
        const path = join(folder, `${count}.crl`);
        const who = ['-cert', issuer.file, '-keyfile', issuer.keyFile];
        const when = [
          '-crl_lastupdate',
          lastUpdate === undefined ? instant(-1 + Math.min(0, days)) : asn1Time(lastUpdate),
        ];
        const until = ['-crl_nextupdate', instant(days)];
        const own =
          extensions === undefined
            ? config
            : file(`${count}.crl.conf`, `${await readFile(config, 'utf8')}[list]\n${extensions.join('\n')}\n`);
        const scope = extensions === undefined ? [] : ['-crlexts', 'list'];
        await run('openssl', ['ca', '-config', own, ...who, '-gencrl', ...scope, ...when, ...until, '-out', path]);
        return { pem: await readFile(path, 'utf8'), file: path };
      }),
    ocspResponse: (certificate, { signer = middle, days = 7 } = {}) =>
      inTurn(async () => {
        count += 1;
        const request = join(folder, `${count}.ocsp-request`);
        const path = join(folder, `${count}.ocsp`);
        const about = ['-issuer', middle.file, '-cert', certificate.file];
        await run('openssl', ['ocsp', ...about, '-no_nonce', '-reqout', request]);
        const from = ['-index', join(folder, 'index.txt'), '-CA', middle.file];
        const by = ['-rsigner', signer.file, '-rkey', signer.keyFile, '-ndays', String(days)];
        await run('openssl', ['ocsp', ...from, ...by, '-reqin', request, '-respout', path]);
        return { der: await readFile(path), file: path };
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function newKey(key: CertificateOptions['key'] = { type: 'ec', curve: 'P-256' }): Promise<string> {
  const made =
    key.type === 'rsa'
      ? await promisify(generateKeyPair)('rsa', { modulusLength: key.bits })
      : await promisify(generateKeyPair)('ec', { namedCurve: key.curve });
  return made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Days from now in the spelling of `openssl ca`: 20261121044800Z */
function instant(days: number): string {
  return asn1Time(new Date(Date.now() + days * 86_400_000));
}

function asn1Time(date: Date): string {
  return date.toISOString().replace(/\.\d+|[-:T]/g, '');
}
