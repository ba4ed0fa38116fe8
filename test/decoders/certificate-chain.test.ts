import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCertificate } from '../../src/decoders/certificate.js';
import { type ChainCriteria, judgeChain, leafOf } from '../../src/decoders/certificate-chain.js';
import type { ChainFacts } from '../../src/decoders/chain-facts.js';
import { listenerTlsOf } from '../../src/decoders/rg-listener-tls.js';
import { sslModesOf } from '../../src/decoders/ssl-modes.js';
import { createTrustStore } from '../../src/decoders/trust-store.js';
import { type Authority, createAuthority, type Issued } from '../servers/authority.js';

let authority: Authority;
let other: Authority;
const made: Record<string, Issued> = {};

const name = 'www.example.com';
const rsa = (bits: number) => ({ type: 'rsa', bits }) as const;

beforeAll(async () => {
  [authority, other] = await Promise.all([createAuthority(), createAuthority()]);
  const issue = async (id: string, options: Parameters<Authority['issue']>[0]) => {
    made[id] = await authority.issue(options);
  };
  await issue('good', { names: [name, 'example.com'] });
  await issue('soon', { names: [name], days: 9 });
  await issue('expired', { names: [name], days: -3 });
  await issue('future', { names: [name], startsInDays: 5 });
  await issue('wrong host', { names: ['example.org', 'example.net'] });
  await issue('wildcard', { names: ['*.example.com'] });
  await issue('address', { names: [name], ips: ['192.0.2.7', '2001:db8::7'] });
  await issue('common name', { commonName: name });
  await issue('common name beside others', { commonName: name, names: ['example.org'] });
  await issue('self-signed', { names: [name], issuer: 'self' });
  await issue('weak key', { names: [name], key: rsa(1024) });
  await issue('sha1', { names: [name], digest: 'sha1' });
  await issue('expired for another host', { names: ['example.org'], days: -1 });
  await issue('by the root', { names: [name], issuer: authority.root });
  await issue('for mail', { names: [name], extensions: ['extendedKeyUsage = emailProtection'] });
  await issue('for servers', { names: [name], extensions: ['extendedKeyUsage = serverAuth'] });
  await issue('must staple', { names: [name], extensions: ['tlsfeature = status_request'] });
  await issue('hostile', { names: [name], subject: '/CN=x\u001b[31m|\n"\u202e\'/O=A, B\\+C' });
  await issue('no authority', { names: [name] });
  await issue('by no authority', { names: [name], issuer: made['no authority'] ?? expect.fail() });
  await issue('old intermediate', { subject: '/O=rg-diag tests/CN=Old', ca: true, days: -2, issuer: authority.root });
  await issue('by the old intermediate', { names: [name], issuer: made['old intermediate'] ?? expect.fail() });
  await issue('narrow', {
    subject: '/CN=Narrow',
    ca: true,
    days: 900,
    issuer: authority.root,
    extensions: ['nameConstraints = critical,permitted;DNS:example.org,excluded;DNS:bad.example.org'],
  });
  await issue('outside of narrow', { names: [name], issuer: made['narrow'] ?? expect.fail() });
  await issue('inside of narrow', { names: ['www.example.org'], issuer: made['narrow'] ?? expect.fail() });
  // Name and key id of the root are those that are published; its key, and so its signatures, can only be ours.
  const originCa =
    '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL Certificate Authority/L=San Francisco/ST=California';
  const keyId = '24:E8:53:57:5D:7C:34:40:87:A9:EB:94:DB:BA:E1:16:78:FC:29:A4';
  const extensions = [`subjectKeyIdentifier = ${keyId.replaceAll(':', '')}`];
  await issue('origin ca', { subject: originCa, ca: true, days: 900, issuer: 'self', extensions });
  const leaf = '/O=CloudFlare, Inc./OU=CloudFlare Origin CA/CN=CloudFlare Origin Certificate';
  await issue('origin', { subject: leaf, names: ['*.example.com'], issuer: one('origin ca') });
  await issue('namesake of origin ca', { subject: originCa, ca: true, days: 900, issuer: 'self' });
  await issue('not origin', { subject: leaf, names: ['*.example.com'], issuer: one('namesake of origin ca') });
  const originEcc = '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL ECC Certificate Authority';
  await issue('origin ca ecc', { subject: originEcc, ca: true, days: 900, issuer: 'self' });
  await issue('origin ecc', { subject: leaf, names: ['*.example.com'], issuer: one('origin ca ecc') });
  await issue('for any purpose', { names: [name], extensions: ['extendedKeyUsage = anyExtendedKeyUsage'] });
  await issue('for clients ca', {
    subject: '/CN=For clients',
    ca: true,
    issuer: authority.root,
    extensions: ['extendedKeyUsage = clientAuth'],
  });
  await issue('by the one for clients', { names: [name], issuer: one('for clients ca') });
  await issue('common name beside addresses', { commonName: name, ips: ['192.0.2.7'] });
  made['forged origin ca'] = await other.issue({ subject: originCa, ca: true, days: 900, issuer: 'self', extensions });
  made['forged origin'] = await other.issue({
    subject: leaf,
    names: ['*.example.com'],
    issuer: one('forged origin ca'),
  });
  made['impostor'] = await other.issue({
    subject: '/O=rg-diag tests/CN=Impostor',
    ca: true,
    days: 900,
    issuer: 'self',
  });
});

afterAll(() => {
  authority?.close();
  other?.close();
});

const one = (id: string): Issued => made[id] ?? expect.fail(`no certificate ${id}`);

/** `leaf + intermediate` → the certificates of that name. */
function sentOf(text: string): Issued[] {
  return text.split(' + ').map((id) => {
    if (id === 'intermediate') return authority.intermediate;
    if (id === 'root') return authority.root;
    return one(id);
  });
}

function judge(chain: readonly Issued[], roots: readonly Issued[], criteria: Partial<ChainCriteria> = {}): ChainFacts {
  const sent = chain.map(({ der }) => {
    const decoded = decodeCertificate(der);
    return decoded.ok ? decoded.certificate : expect.fail(decoded.failure.detail);
  });
  const store = createTrustStore(roots.map(({ pem }) => pem));
  return judgeChain(sent, leafOf(sent), { host: name, now: Date.now(), store, warning: 30 * 86_400, ...criteria });
}

/** Whether `openssl verify` accepts the same certificates for a TLS server: trust, dates, purposes and names. */
function opensslAccepts(chain: readonly Issued[], roots: readonly Issued[], host: string): boolean {
  const bundle = join(authority.folder, 'roots.pem');
  const behind = join(authority.folder, 'behind.pem');
  writeFileSync(bundle, roots.map(({ pem }) => pem).join(''));
  writeFileSync(
    behind,
    chain
      .slice(1)
      .map(({ pem }) => pem)
      .join(''),
  );
  const untrusted = chain.length > 1 ? ['-untrusted', behind] : [];
  const isAddress = /^[\d.]+$|:/.test(host);
  const names = [isAddress ? '-verify_ip' : '-verify_hostname', host];
  const trust = ['-no-CAfile', '-no-CApath', '-no-CAstore', '-CAfile', bundle];
  const purpose = ['-purpose', 'sslserver'];
  const { status } = spawnSync('openssl', [
    'verify',
    ...purpose,
    ...trust,
    ...untrusted,
    ...names,
    chain[0]?.file ?? '',
  ]);
  return status === 0;
}

type Row = [chain: string, defects: readonly string[], options?: { host?: string; store?: string }];

const rows: readonly Row[] = [
  ['good + intermediate', []],
  ['good + intermediate + root', []],
  ['good + intermediate', [], { host: 'EXAMPLE.com' }],
  ['soon + intermediate', ['expiring-soon']],
  ['expired + intermediate', ['certificate-expired']],
  ['future + intermediate', ['certificate-not-yet-valid']],
  ['wrong host + intermediate', ['hostname-mismatch']],
  ['expired for another host + intermediate', ['certificate-expired', 'hostname-mismatch']],
  ['wildcard + intermediate', []],
  ['wildcard + intermediate', ['hostname-mismatch'], { host: 'a.b.example.com' }],
  ['wildcard + intermediate', ['hostname-mismatch'], { host: 'example.com' }],
  ['address + intermediate', [], { host: '192.0.2.7' }],
  ['address + intermediate', [], { host: '2001:db8:0::7' }],
  ['address + intermediate', ['hostname-mismatch'], { host: '192.0.2.8' }],
  ['good + intermediate', ['hostname-mismatch'], { host: '192.0.2.7' }],
  ['common name + intermediate', ['common-name-only']],
  ['common name + intermediate', ['hostname-mismatch'], { host: 'example.org' }],
  ['common name beside others + intermediate', ['hostname-mismatch', 'common-name-only']],
  ['self-signed', ['self-signed']],
  ['self-signed', ['self-signed', 'hostname-mismatch'], { host: 'example.org' }],
  ['self-signed', [], { store: 'self-signed' }],
  ['good', ['missing-intermediate']],
  ['good', ['missing-intermediate'], { store: 'root + intermediate' }],
  ['good + intermediate', ['untrusted-issuer'], { store: 'impostor' }],
  ['good + intermediate + root', ['untrusted-issuer'], { store: 'impostor' }],
  ['good + root + intermediate', ['chain-out-of-order']],
  ['good + intermediate + wildcard', ['extra-certificate']],
  ['good + intermediate + intermediate', ['extra-certificate']],
  ['good + impostor + intermediate', ['extra-certificate']],
  ['weak key + intermediate', ['weak-key']],
  ['sha1 + intermediate', ['weak-signature']],
  ['by the root', []],
  ['for mail + intermediate', ['wrong-purpose']],
  ['for servers + intermediate', []],
  ['for any purpose + intermediate', ['wrong-purpose']],
  ['by the one for clients + for clients ca', ['wrong-purpose']],
  ['by no authority + no authority + intermediate', ['not-a-ca']],
  ['by the old intermediate + old intermediate', ['certificate-expired']],
  ['outside of narrow + narrow', ['constraint-violated']],
  ['inside of narrow + narrow', [], { host: 'www.example.org' }],
  ['hostile + intermediate', []],
  ['origin', ['origin-ca-unchecked']],
  ['origin', ['origin-ca-unchecked', 'hostname-mismatch'], { host: 'example.org' }],
  ['origin + origin ca', ['origin-ca-unchecked']],
  ['origin', [], { store: 'origin ca' }],
  ['not origin', ['missing-intermediate']],
  ['forged origin', ['invalid-signature'], { store: 'origin ca' }],
  ['forged origin + forged origin ca', ['untrusted-issuer'], { store: 'origin ca' }],
  ['forged origin + origin ca', ['invalid-signature']],
  ['origin ecc', ['origin-ca-unchecked']],
  ['origin ecc', [], { store: 'origin ca ecc' }],
];

describe('the defects of a chain', () => {
  it.each(rows)('%s: %j %j', (chain, defects, { host = name, store = 'root' } = {}) => {
    const facts = judge(sentOf(chain), sentOf(store), { host });
    expect([...facts.defects].sort()).toEqual([...defects].sort());
    expect(facts.chain).toHaveLength(sentOf(chain).length);
  });

  it.each(rows)('%s: trust, dates and names as openssl verify has them %j %j', (chain, _, options = {}) => {
    const { host = name, store = 'root' } = options;
    const sent = sentOf(chain);
    const facts = judge(sent, sentOf(store), { host });
    expect(facts.verified).toBe(opensslAccepts(sent, sentOf(store), host));
  });

  it('takes a name that ends with the dot of the root of DNS for the same name, as curl does', () => {
    expect(judge(sentOf('good + intermediate'), sentOf('root'), { host: 'example.com.' }).verified).toBe(true);
  });

  it('says what there is where only the common name carries a name', () => {
    const { defectDetails } = judge(sentOf('common name beside addresses + intermediate'), sentOf('root'));
    expect(defectDetails).toMatchObject([{ code: 'common-name-only', detail: expect.stringContaining('no DNS name') }]);
  });

  it('names the element that is at fault', () => {
    const facts = judge(sentOf('by the old intermediate + old intermediate'), sentOf('root'));
    expect(facts.defectDetails).toEqual([
      { code: 'certificate-expired', element: 1, detail: expect.stringContaining('CN=Old expired at ') },
    ]);
    expect(facts.daysRemaining).toBe(-3);
  });

  it('says which issuer of the same name did not sign', async () => {
    const namesake = await other.issue({ subject: '/O=rg-diag tests/CN=Root', ca: true, days: 90, issuer: 'self' });
    const copy = await other.issue({ subject: '/O=rg-diag tests/CN=Intermediate', ca: true, issuer: namesake });
    const keyless = await authority.issue({ names: [name], extensions: ['authorityKeyIdentifier = none'] });
    const facts = judge([keyless, copy], [authority.root]);
    expect(facts.defects).toEqual(['invalid-signature']);
    expect(facts.verified).toBe(false);
  });

  it('an expired cross-signed root beside a good path does not count against trust', () => {
    const file = join(authority.folder, 'cross.pem');
    // The request and the extensions of the root are the first that the authority made.
    const request = ['-in', join(authority.folder, '1.csr'), '-extfile', join(authority.folder, '1.ext')];
    const signer = ['-CA', other.root.file, '-CAkey', other.root.keyFile, '-set_serial', '7', '-days', '-1'];
    execFileSync('openssl', ['x509', '-req', ...request, ...signer, '-out', file], { stdio: 'ignore' });
    const pem = readFileSync(file, 'utf8');
    const cross = { ...authority.root, pem, der: new X509Certificate(pem).raw, file };
    const sent = [...sentOf('good + intermediate'), cross];
    const facts = judge(sent, [authority.root]);
    expect(facts).toMatchObject({ verified: true, defects: ['certificate-expired'], defectDetails: [{ element: 2 }] });
    expect(facts.daysRemaining).toBeGreaterThan(80);
    expect(sslModesOf(facts).strict).toBeNull();
    expect(opensslAccepts(sent, [authority.root], name)).toBe(true);
    // Whoever trusts only the old root has a good reason to complain.
    expect(judge(sent, [other.root]).verified).toBe(false);
  });

  it('misses a staple that is demanded only where one was asked for', () => {
    const sent = sentOf('must staple + intermediate');
    expect(judge(sent, sentOf('root')).defects).toEqual([]);
    expect(judge(sent, sentOf('root'), { askedForStaple: true }).defects).toEqual(['staple-missing']);
  });

  it('judges names only where there is one', () => {
    const { host: _, ...facts } = { host: '', ...judge(sentOf('wrong host + intermediate'), sentOf('root')) };
    expect(facts.defects).toEqual(['hostname-mismatch']);
    const sent = sentOf('wrong host + intermediate').map(({ der }) => decodeCertificate(der));
    const store = createTrustStore([authority.root.pem]);
    const certificates = sent.flatMap((decoded) => (decoded.ok ? [decoded.certificate] : []));
    expect(judgeChain(certificates, 0, { now: Date.now(), store, warning: 0 }).defects).toEqual([]);
  });

  it('finds the leaf of a file that has it last', () => {
    const facts = judge(sentOf('intermediate + good'), sentOf('root'));
    expect(facts).toMatchObject({ leaf: 1, verified: true, defects: ['chain-out-of-order'] });
  });

  it('counts days down to the threshold and not beyond', () => {
    const notAfter = Date.parse(judge(sentOf('good + intermediate'), sentOf('root')).chain[0]?.notAfter ?? '');
    const left = (seconds: number) =>
      judge(sentOf('good + intermediate'), sentOf('root'), { now: notAfter - seconds * 1000 });
    expect(left(30 * 86_400)).toMatchObject({ daysRemaining: 30, secondsRemaining: 2_592_000, defects: [] });
    expect(left(30 * 86_400 - 1)).toMatchObject({ daysRemaining: 29, defects: ['expiring-soon'] });
    expect(left(0)).toMatchObject({ daysRemaining: 0, defects: ['expiring-soon'], verified: true });
    expect(left(-1)).toMatchObject({ daysRemaining: -1, defects: ['certificate-expired'], verified: false });
  });
});

describe('the facts of a certificate', () => {
  it.each(['good', 'expired', 'address', 'weak key', 'sha1', 'self-signed'])(
    'of %s are those of openssl x509',
    (id) => {
      const { file, der } = one(id);
      const decoded = decodeCertificate(der);
      const facts = decoded.ok ? decoded.certificate.facts : expect.fail(decoded.failure.detail);
      const shown = (...words: string[]) =>
        execFileSync('openssl', ['x509', '-in', file, '-noout', ...words], { encoding: 'utf8' }).trim();
      const openssl = shown('-serial', '-fingerprint', '-sha256', '-dateopt', 'iso_8601', '-startdate', '-enddate');
      const values = Object.fromEntries(openssl.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2)));
      expect({
        serial: facts.serial,
        'sha256 Fingerprint': facts.fingerprint256,
        notBefore: facts.notBefore.replace('T', ' '),
        notAfter: facts.notAfter.replace('T', ' '),
      }).toEqual(values);
      const text = shown('-text');
      expect(text).toContain(`Signature Algorithm: ${facts.signature}`);
      expect(text).toContain(`Public-Key: (${facts.keyBits} bit)`);
      expect(shown('-subject', '-nameopt', 'RFC2253,-dn_rev,sep_comma_plus_space')).toContain(facts.subject);
    },
  );

  it('keep what a hostile subject says, for reporters to escape', () => {
    const decoded = decodeCertificate(one('hostile').der);
    expect(decoded.ok && decoded.certificate.facts.subject).toContain('\u001b[31m|\n');
  });
});

describe('what a chain means to Cloudflare', () => {
  it.each([
    ['good + intermediate', null],
    ['soon + intermediate', null],
    ['expired + intermediate', 526],
    ['future + intermediate', 526],
    ['wrong host + intermediate', 526],
    ['common name + intermediate', null],
    ['common name beside others + intermediate', null],
    ['self-signed', 526],
    ['good', 526],
    ['good + root + intermediate', null],
    ['origin', null],
    ['not origin', 526],
    ['forged origin + origin ca', 526],
  ] as const)('%s: Full (strict) gives %j', (chain, strict) => {
    const modes = sslModesOf(judge(sentOf(chain), sentOf('root')));
    expect(modes).toEqual({ off: null, flexible: null, full: null, strict });
  });

  it('an Origin CA leaf was checked only where its root was given', () => {
    expect(judge(sentOf('origin'), sentOf('root')).originCa).toEqual({ kind: 'RSA', checked: false });
    expect(judge(sentOf('origin'), sentOf('origin ca')).originCa).toEqual({ kind: 'RSA', checked: true });
    expect(judge(sentOf('not origin'), sentOf('root'))).not.toHaveProperty('originCa');
    const forged = judge(sentOf('forged origin'), sentOf('origin ca'));
    expect(forged).toMatchObject({ verified: false, originCa: { kind: 'RSA', checked: false } });
    expect(sslModesOf(forged).strict).toBe(526);
    expect(judge(sentOf('origin ecc'), sentOf('origin ca ecc')).originCa).toEqual({ kind: 'ECC', checked: true });
  });

  it('no handshake: 525', () => {
    expect(sslModesOf(undefined)).toEqual({ off: null, flexible: null, full: 525, strict: 525 });
  });
});

describe('what rg-listener would log', () => {
  const destination = '192.0.2.7:443';
  const seen = (chain: string, host = name) =>
    listenerTlsOf({ host, destination, chain: judge(sentOf(chain), sentOf('root'), { host }) });

  it.each([
    [
      'wrong host + intermediate',
      'connection failed 192.0.2.7:443/www.example.com: x509: certificate is valid for example.org, example.net, not www.example.com',
      527,
    ],
    [
      'self-signed',
      'www.example.com origin request failed 192.0.2.7:443 to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority',
      520,
    ],
    [
      'origin',
      'www.example.com origin request failed 192.0.2.7:443 to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority',
      520,
    ],
  ])('%s', (chain, logLine, code) => {
    expect(seen(chain)).toEqual({ validateCert1: { logLine, code }, validateCert0: null });
  });

  it('the common name, where there is no other name', () => {
    expect(seen('common name + intermediate', 'example.org').validateCert1?.logLine).toContain(
      'x509: certificate is valid for www.example.com, not example.org',
    );
  });

  it('nothing, where all is well', () => {
    expect(seen('good + intermediate')).toEqual({ validateCert1: null, validateCert0: null });
  });

  it('words that nobody has published are not made up', () => {
    expect(seen('expired + intermediate')).toEqual({ validateCert1: {}, validateCert0: null });
    expect(seen('expired for another host + intermediate')).toEqual({ validateCert1: {}, validateCert0: null });
  });

  it('a handshake that the origin refuses fails with and without validate.cert', () => {
    const detail = 'ssl3_read_bytes:sslv3 alert handshake failure';
    const failure = { code: 'tls-alert', step: 'tls', blame: 'target', detail, alert: 40 } as const;
    const refusal = {
      logLine: 'connection failed 192.0.2.7:443/www.example.com: remote error: handshake failure',
      code: 527,
    };
    expect(listenerTlsOf({ host: name, destination, failure })).toEqual({
      validateCert1: refusal,
      validateCert0: refusal,
    });
  });
});

describe('hostile bytes', () => {
  it('every truncation of a certificate is refused, and says where', () => {
    const { der } = one('address');
    for (let length = 0; length < der.length; length += 1) {
      const decoded = decodeCertificate(der.subarray(0, length));
      expect(decoded).toMatchObject({ ok: false, failure: { code: 'malformed', step: 'decode' } });
      expect(decoded.ok ? -1 : decoded.at).toBeLessThanOrEqual(length);
    }
  });

  it('no byte of a certificate, whatever it is changed to, makes decoding or judging throw', () => {
    const { der } = one('good');
    const store = createTrustStore([authority.root.pem]);
    let decodable = 0;
    for (let at = 0; at < der.length; at += 1) {
      for (const value of [0x00, 0x01, 0x30, 0x7f, 0x80, 0x84, 0xff]) {
        const changed = Buffer.from(der);
        changed[at] = value;
        const decoded = decodeCertificate(changed);
        if (!decoded.ok) continue;
        decodable += 1;
        const facts = judgeChain([decoded.certificate], 0, { host: name, now: Date.now(), store, warning: 0 });
        expect(changed.equals(der) || !facts.verified).toBe(true);
      }
    }
    expect(decodable).toBeGreaterThan(100);
  });

  it('random files of PEM do not throw', () => {
    const text = readFileSync(one('good').file, 'latin1');
    for (let at = 0; at < text.length; at += 7) {
      createTrustStore([text.slice(0, at), text.slice(at), `${text.slice(0, at)}-----${text.slice(at)}`]);
    }
  });
});
