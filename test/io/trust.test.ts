import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeadline } from '../../src/io/deadline.js';
import { trustedAuthorities } from '../../src/io/trust.js';
import { type Authority, createAuthority } from '../servers/authority.js';

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'rg-diag-trust-'));
const store = process.env['SSL_CERT_FILE'];
let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority();
});

afterEach(() => {
  if (store === undefined) delete process.env['SSL_CERT_FILE'];
  else process.env['SSL_CERT_FILE'] = store;
});

afterAll(() => {
  authority.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the authorities to trust', () => {
  it('are those of --ca-file alone, and those of --add-ca besides', async () => {
    const { root, intermediate } = authority;
    expect(await trustedAuthorities({ caFile: root.file }, never)).toMatchObject({
      ok: true,
      value: { pem: [root.pem], source: 'file', path: root.file },
    });
    const added = await trustedAuthorities({ caFile: root.file, addCa: [intermediate.file] }, never);
    expect(added).toMatchObject({ ok: true, value: { pem: [root.pem, intermediate.pem], source: 'file' } });
  });

  it("are else the system's, as SSL_CERT_FILE says", async () => {
    process.env['SSL_CERT_FILE'] = authority.root.file;
    expect(await trustedAuthorities({}, never)).toMatchObject({
      ok: true,
      value: { pem: [authority.root.pem], source: 'system', path: authority.root.file },
    });
  });

  it("are else those of the system's file, or Node's", async () => {
    delete process.env['SSL_CERT_FILE'];
    const found = await trustedAuthorities({ addCa: [authority.root.file] }, never);
    if (!found.ok) throw new Error(found.failure.detail);
    const { pem, path, source } = found.value;
    expect(pem.at(-1)).toBe(authority.root.pem);
    if (path === undefined) expect([source, pem.length]).toEqual(['node', rootCertificates.length + 1]);
    else expect([source, pem[0]]).toEqual(['system', readFileSync(path, 'latin1')]);
  });
});

describe('a file of authorities', () => {
  it('that is not there is named', async () => {
    const path = join(folder, 'nothing.pem');
    const failure = { code: 'file-not-found', step: 'input', blame: 'us', detail: expect.stringContaining(path) };
    expect(await trustedAuthorities({ caFile: path }, never)).toMatchObject({ ok: false, failure });
    expect(await trustedAuthorities({ addCa: [path] }, never)).toMatchObject({ ok: false, failure });
    process.env['SSL_CERT_FILE'] = path;
    expect(await trustedAuthorities({}, never)).toMatchObject({ ok: false, failure });
  });

  it('that is a folder', async () => {
    expect(await trustedAuthorities({ caFile: folder }, never)).toMatchObject({ failure: { code: 'not-a-file' } });
  });

  it.each([
    ['nothing', () => '', 'no certificate in PEM form'],
    ['a key', () => authority.root.key, 'no certificate in PEM form'],
    ['DER', () => authority.root.der, 'openssl x509 -inform der'],
    [
      'a good certificate and a damaged one',
      () => authority.intermediate.pem + authority.root.pem.replace(/\nM/, '\n!'),
      'certificate 2 of 2 cannot be read',
    ],
    [
      'half a certificate',
      () => authority.intermediate.pem + authority.root.pem.slice(0, 200),
      'only 1 of 2 certificates in it are whole',
    ],
    ['a damaged certificate', () => authority.root.pem.replace(/\nM/, '\n!'), 'cannot be read'],
  ])('that holds %s is malformed', async (name, content, detail) => {
    const path = file(`${name}.pem`, content());
    const outcome = await trustedAuthorities({ caFile: path }, never);
    expect(outcome).toMatchObject({ failure: { code: 'malformed', detail: expect.stringContaining(detail) } });
    expect(!outcome.ok && outcome.failure.detail).toContain(path);
  });

  it('with words around its certificates is fine', async () => {
    const path = file(
      'words.pem',
      `# Root\nSubject: Root\n${authority.root.pem}# Other\n${authority.intermediate.pem}`,
    );
    expect(await trustedAuthorities({ caFile: path }, never)).toMatchObject({ ok: true });
  });

  it.each(['interrupted', 'timeout'] as const)('is not read when the run has ended (%s)', async (code) => {
    const deadline = createDeadline(code === 'timeout' ? 0.001 : undefined);
    if (code === 'interrupted') deadline.interrupt('SIGINT');
    await deadline.over;
    const failure = { code, step: 'input', blame: 'us', byRun: true };
    const given = await trustedAuthorities({ caFile: authority.root.file }, deadline.signal);
    expect(given).toMatchObject({ ok: false, failure });
    delete process.env['SSL_CERT_FILE'];
    expect(await trustedAuthorities({}, deadline.signal)).toMatchObject({ ok: false, failure });
  });
});
