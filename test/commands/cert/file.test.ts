import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';

const name = 'www.example.com';

let authority: Authority;
let good: Issued;

beforeAll(async () => {
  authority = await createAuthority();
  good = await authority.issue({ names: [name] });
});

afterAll(() => authority?.close());

const fileOf = (file: string, content: string | Buffer) => {
  const path = join(authority.folder, file);
  writeFileSync(path, content);
  return path;
};

async function check(path: string, ...args: string[]) {
  const ran = await rgDiag(['cert', path, '--ca-file', authority.root.file, '--json', ...args]);
  const run = JSON.parse(ran.stdout);
  expect(validateRun(run)).toEqual([]);
  expect(ran.exit).toBe(run.exitCode);
  return { ...run.reports[0], exit: ran.exit, stdout: ran.stdout };
}

describe('rg-diag cert FILE', () => {
  it('judges a chain in PEM, and never shows the key beside it', async () => {
    const path = fileOf('all.pem', `a comment\n${good.key}${good.pem}${authority.intermediate.pem}`);
    const { facts, exit, stdout } = await check(path, '--servername', name);
    expect(facts).toMatchObject({ kind: 'file', verified: true, defects: [], others: ['PRIVATE KEY'] });
    expect(facts.chain).toHaveLength(2);
    expect(exit).toBe(0);
    const secret = good.key.split('\n')[1] ?? expect.fail('no key');
    expect(stdout).not.toContain(secret);
    expect((await rgDiag(['cert', path, '-v'])).stdout).not.toContain(secret);
  });

  it('judges a certificate in DER', async () => {
    const { facts, exit } = await check(fileOf('leaf.der', good.der));
    expect(facts).toMatchObject({ kind: 'file', defects: ['missing-intermediate'], verified: false });
    expect(facts).not.toHaveProperty('host');
    expect(exit).toBe(2);
  });

  it('compares names only where one is given', async () => {
    const path = fileOf('chain.pem', good.pem + authority.intermediate.pem);
    expect((await check(path)).facts.defects).toEqual([]);
    expect((await check(path, '--servername', 'example.org')).facts.defects).toEqual(['hostname-mismatch']);
  });

  it('finds the leaf in a file that begins with the intermediate', async () => {
    const { facts } = await check(fileOf('reversed.pem', authority.intermediate.pem + good.pem), '--servername', name);
    expect(facts).toMatchObject({ leaf: 1, defects: ['chain-out-of-order'] });
  });

  it('takes a name in letters of any script, as a server does', async () => {
    const leaf = await authority.issue({ names: ['xn--bcher-kva.example'] });
    const path = fileOf('idn.pem', leaf.pem + authority.intermediate.pem);
    const { facts, exit } = await check(path, '--servername', 'bücher.example');
    expect(facts).toMatchObject({ host: 'xn--bcher-kva.example', verified: true, defects: [] });
    expect(exit).toBe(0);
  });

  it('does not judge an intermediate in place of a leaf that cannot be read', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n';
    const { facts, exit } = await check(fileOf('broken-leaf.pem', broken + authority.intermediate.pem));
    expect(facts).toMatchObject({ kind: 'unread', failure: { code: 'malformed' } });
    expect(exit).toBe(3);
  });

  it('says which certificate of a file cannot be read', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n';
    const { facts, exit } = await check(fileOf('broken.pem', good.pem + authority.intermediate.pem + broken));
    expect(facts).toMatchObject({ defects: ['malformed-certificate'], unreadable: [{ sentAt: 2, bytes: 5 }] });
    expect(exit).toBe(2);
  });

  it.each([
    ['garbage', 'nothing but text', 'malformed'],
    ['nothing', '', 'malformed'],
    ['a key alone', undefined, 'malformed'],
    ['half a block', '-----BEGIN CERTIFICATE-----\nMIIB', 'malformed'],
  ])('%s is no certificate: unknown, 3', async (what, content, code) => {
    const { facts, exit, findings } = await check(fileOf(`${what}.pem`, content ?? good.key));
    expect(facts).toMatchObject({ kind: 'unread', failure: { code } });
    expect(findings).toMatchObject([{ rule: 'cert/readable', status: 'broken', code }]);
    expect(exit).toBe(3);
  });

  it('a file that is not there is unknown, 3', async () => {
    const { facts, exit } = await check(join(authority.folder, 'missing.pem'));
    expect(facts).toMatchObject({ kind: 'unread', failure: { code: 'file-not-found' } });
    expect(exit).toBe(3);
  });

  it.each([
    [[], 'no TARGET given'],
    [['https://www.example.com/'], 'is a URL'],
    [['example.com:0'], 'is not a port'],
    [['example.com', '-w', '5', '-c', '9'], '--critical 9 is more than --warning 5'],
    [['example.com', '--servername', 'a b'], 'not the name of a host'],
    [['example.com', '--starttls', 'ldap'], 'ldap'],
    [['unix:/run/x.sock'], 'over TCP'],
  ])('%j is a usage error', async (args, problem) => {
    const { stderr, exit } = await rgDiag(['cert', ...args]);
    expect(exit).toBe(64);
    expect(stderr).toContain(problem);
  });
});
