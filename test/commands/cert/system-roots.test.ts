import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';

const store = '/etc/ssl/certs/ca-certificates.crt';
const folder = mkdtempSync(join(tmpdir(), 'rg-diag-roots-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('every authority of the system is trusted exactly where openssl verify trusts it', async () => {
  const pems = readFileSync(store, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
  expect(pems.length).toBeGreaterThan(50);
  const files = pems.map((pem, index) => {
    const path = join(folder, `${index}.pem`);
    writeFileSync(path, pem);
    return path;
  });
  // It ends with 2 as soon as one of them does not verify, and says OK of the others on standard output.
  // Without -partial_chain it refuses one of two authorities of the same name in the store, which alone it accepts.
  const verify = promisify(execFile)('openssl', ['verify', '-partial_chain', '-CAfile', store, ...files]);
  const [{ stdout: said }, { stdout }] = await Promise.all([
    verify.catch((error: { stdout: string }) => error),
    rgDiag(['cert', ...files, '--ca-file', store, '--json']),
  ]);
  const { reports } = JSON.parse(stdout) as { reports: { target: string; facts: { verified?: boolean } }[] };
  const ours = Object.fromEntries(reports.map(({ target, facts }) => [target, facts.verified]));
  expect(ours).toEqual(Object.fromEntries(files.map((path) => [path, said.includes(`${path}: OK\n`)])));
  // Otherwise nothing was compared.
  expect(Object.values(ours)).toContain(true);
});
