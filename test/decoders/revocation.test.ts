import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pemBlocks } from '../../src/decoders/pem.js';
import { readCrl, readOcsp } from '../../src/decoders/revocation.js';
import { type Authority, createAuthority, type Issued } from '../servers/authority.js';

let authority: Authority;
let other: Authority;
let good: Issued;
let revoked: Issued;
let delegate: Issued;
let pretender: Issued;

beforeAll(async () => {
  [authority, other] = await Promise.all([createAuthority(), createAuthority()]);
  good = await authority.issue({ names: ['good.example.com'] });
  revoked = await authority.issue({ names: ['revoked.example.com'] });
  delegate = await authority.issue({ commonName: 'OCSP', extensions: ['extendedKeyUsage = OCSPSigning'] });
  pretender = await authority.issue({ commonName: 'OCSP' });
  await authority.revoke(revoked);
});

afterAll(() => {
  authority?.close();
  other?.close();
});

const subjectOf = (certificate: Issued, element = 0, issuer = authority.intermediate) => ({
  element,
  der: certificate.der,
  issuer: issuer.der,
});

const derOf = (pem: string): Uint8Array => pemBlocks(pem).crls[0] ?? expect.fail('no CRL');

describe('a CRL', () => {
  it('says which certificates of its issuer are revoked, and until when that holds', async () => {
    const { pem } = await authority.crl({ days: 30 });
    const answers = await readCrl(derOf(pem), 'x.crl', [subjectOf(revoked, 0), subjectOf(good, 1)]);
    expect(answers).toMatchObject([
      { source: 'crl', path: 'x.crl', element: 0, status: 'revoked', verified: true },
      { source: 'crl', path: 'x.crl', element: 1, status: 'good', verified: true },
    ]);
    const days = (Date.parse(answers[0]?.nextUpdate ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThan(30.1);
    expect(Math.abs(Date.parse(answers[0]?.revokedAt ?? '') - Date.now())).toBeLessThan(600_000);
  });

  it.each([
    [
      'authorities only',
      ['issuingDistributionPoint = critical,@scope', '[scope]', 'onlyCA = TRUE'],
      'authorities only',
    ],
    ['attribute certificates', ['issuingDistributionPoint = critical,@scope', '[scope]', 'onlyAA = TRUE'], 'attribute'],
    [
      'some reasons',
      ['issuingDistributionPoint = critical,@scope', '[scope]', 'onlysomereasons = keyCompromise'],
      'some reasons',
    ],
    [
      'another part of the list',
      ['issuingDistributionPoint = critical,@scope', '[scope]', 'fullname = URI:http://crl.example.com/2.crl'],
      'http://crl.example.com/2.crl',
    ],
    ['what is new', ['2.5.29.27 = critical,DER:020101'], 'delta'],
  ])('for %s says who is revoked, and nothing about anyone else', async (_, extensions, problem) => {
    const { pem } = await authority.crl({ extensions });
    const part = await authority.issue({
      names: ['part.example.com'],
      extensions: ['crlDistributionPoints = URI:http://crl.example.com/1.crl'],
    });
    const answers = await readCrl(derOf(pem), 'x.crl', [subjectOf(revoked, 0), subjectOf(part, 1)]);
    expect(answers).toMatchObject([
      { element: 0, status: 'revoked', verified: true },
      { element: 1, status: 'unread', verified: false, problem: expect.stringContaining(problem) },
    ]);
  });

  it.each([
    ['all but authorities', 'onlyuser = TRUE'],
    ['the part that the certificate names', 'fullname = URI:http://crl.example.com/1.crl'],
  ])('for %s says that a certificate is good', async (_, scope) => {
    const extensions = ['issuingDistributionPoint = critical,@scope', '[scope]', scope];
    const { pem } = await authority.crl({ extensions });
    const part = await authority.issue({
      names: ['part.example.com'],
      extensions: ['crlDistributionPoints = URI:http://crl.example.com/1.crl'],
    });
    expect(await readCrl(derOf(pem), 'x.crl', [subjectOf(part)])).toMatchObject([{ status: 'good', verified: true }]);
  });

  it('with entries of other issuers says nothing about its own', async () => {
    const extensions = ['issuingDistributionPoint = critical,@scope', '[scope]', 'indirectCRL = TRUE'];
    const { pem } = await authority.crl({ extensions });
    expect(await readCrl(derOf(pem), 'x.crl', [subjectOf(revoked)])).toMatchObject([{ status: 'unread' }]);
  });

  it('of another issuer says nothing', async () => {
    const { pem } = await other.crl({ issuer: other.root });
    const answers = await readCrl(derOf(pem), 'x.crl', [subjectOf(revoked)]);
    expect(answers).toMatchObject([{ status: 'unread', verified: false }]);
    expect(answers[0]).not.toHaveProperty('element');
  });

  it('of a namesake of the issuer is not believed', async () => {
    const { pem } = await other.crl();
    expect(await readCrl(derOf(pem), 'x.crl', [subjectOf(good)])).toMatchObject([{ status: 'good', verified: false }]);
  });

  it.each([
    ['nothing', ''],
    ['garbage', 'garbage'],
    ['half a list', undefined],
  ])('of %s is unread', async (_, text) => {
    const whole = derOf((await authority.crl()).pem);
    const bytes = text === undefined ? whole.subarray(0, whole.length / 2) : Buffer.from(text);
    expect(await readCrl(bytes, 'x.crl', [subjectOf(good)])).toMatchObject([{ status: 'unread', verified: false }]);
  });
});

describe('an OCSP answer', () => {
  const now = Date.now();

  it.each(['good', 'revoked'] as const)('says that a certificate is %s', async (status) => {
    const certificate = status === 'good' ? good : revoked;
    const { der } = await authority.ocspResponse(certificate, { days: 7 });
    const answer = await readOcsp(der, subjectOf(certificate), 0, now);
    expect(answer).toMatchObject({ source: 'ocsp', element: 0, status, verified: true });
    expect(Math.round((Date.parse(answer.nextUpdate ?? '') - now) / 86_400_000)).toBe(7);
    expect('revokedAt' in answer).toBe(status === 'revoked');
  });

  it('of whom the issuer delegated counts, as long as the certificate of the delegate is valid', async () => {
    const { der } = await authority.ocspResponse(good, { signer: delegate });
    expect(await readOcsp(der, subjectOf(good), 0, now)).toMatchObject({ status: 'good', verified: true });
    const later = now + 400 * 86_400_000;
    expect(await readOcsp(der, subjectOf(good), 0, later)).toMatchObject({ status: 'good', verified: false });
  });

  it('of anyone else the issuer has certified does not count', async () => {
    const { der } = await authority.ocspResponse(good, { signer: pretender });
    expect(await readOcsp(der, subjectOf(good), 0, now)).toMatchObject({ verified: false });
  });

  it('about another certificate says nothing', async () => {
    const { der } = await authority.ocspResponse(good);
    expect(await readOcsp(der, subjectOf(revoked), 0, now)).toMatchObject({ status: 'unread' });
  });

  it('is unread without an issuer, when it is an error, and when it is garbage', async () => {
    const { der } = await authority.ocspResponse(good);
    expect(await readOcsp(der, undefined, 0, now)).toMatchObject({ status: 'unread' });
    const tryLater = Buffer.from('30030a0103', 'hex');
    const answer = await readOcsp(tryLater, subjectOf(good), 0, now);
    expect(answer.problem).toContain('tryLater');
    expect(await readOcsp(Buffer.from('garbage'), subjectOf(good), 0, now)).toMatchObject({ status: 'unread' });
  });
});
