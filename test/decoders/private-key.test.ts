import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { decodePrivateKey } from '../../src/decoders/private-key.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-key-'));
afterAll(() => rmSync(folder, { recursive: true }));
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'rsa.key', '-out', 'rsa.pem', '-subj', '/CN=a');
const certificate = new X509Certificate(read('rsa.pem')).raw;

describe('a private key', () => {
  it.each<[string, () => string, string]>([
    ['PKCS #8', () => read('rsa.key'), 'rsa'],
    ['PKCS #1', () => openssl('rsa', '-in', 'rsa.key', '-traditional').toString(), 'rsa'],
    ['behind a certificate', () => read('rsa.pem') + read('rsa.key'), 'rsa'],
    ['with CR LF', () => read('rsa.key').replaceAll('\n', '\r\n'), 'rsa'],
  ])('%s', (_, pem, type) => {
    expect(decodePrivateKey(pem())).toEqual({ type });
    expect(decodePrivateKey(pem(), certificate)).toEqual({ type, fits: true });
  });

  it.each<[string, () => string, string]>([
    ['SEC 1', () => openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout').toString(), 'ec'],
    ['with its parameters before it', () => openssl('ecparam', '-name', 'prime256v1', '-genkey').toString(), 'ec'],
    ['Ed25519', () => openssl('genpkey', '-algorithm', 'ed25519').toString(), 'ed25519'],
    ['of another certificate', () => openssl('genrsa', '2048').toString(), 'rsa'],
  ])('that does not fit: %s', (_, pem, type) => {
    expect(decodePrivateKey(pem(), certificate)).toEqual({ type, fits: false });
  });

  it.each([
    ['PKCS #8', ['pkcs8', '-topk8', '-in', 'rsa.key', '-passout', 'pass:geheim']],
    ['traditional', ['rsa', '-in', 'rsa.key', '-traditional', '-aes128', '-passout', 'pass:geheim']],
  ])('that is encrypted is not opened: %s', (_, args) => {
    expect(decodePrivateKey(openssl(...args).toString(), certificate)).toEqual({ type: 'unknown', encrypted: true });
  });

  it('that is none is a sentence, which quotes nothing of it', () => {
    const key = read('rsa.key');
    const lines = key.split('\n');
    const damaged = [lines[0], 'S3CRET0', ...lines.slice(2)].join('\n');
    const cut = key.slice(0, 900);
    const found = ['', read('rsa.pem'), damaged, cut].map((text) => decodePrivateKey(text));
    expect(found).toEqual([
      { problem: 'there is no private key in PEM form in it' },
      { problem: 'there is no private key in PEM form in it' },
      { problem: 'the PRIVATE KEY in it cannot be read' },
      { problem: 'the line that ends the PRIVATE KEY is missing' },
    ]);
  });

  it('throws for nothing, neither for a certificate that is none', () => {
    expect(decodePrivateKey(read('rsa.key'), new Uint8Array([1, 2]))).toEqual({ type: 'rsa' });
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    fc.assert(
      fc.property(fc.nat({ max: pem.length }), fc.string({ maxLength: 4 }), (at, put) => {
        const result = decodePrivateKey(pem.slice(0, at) + put + pem.slice(at + 1), certificate);
        expect(Object.keys(result)[0]).toMatch(/^(type|problem)$/);
      }),
    );
  });
});
