import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rgDiag, shell } from '../../cli/run.js';
import { folders, harmless, token, told } from './bundles.js';

const { folder, bundle, root } = folders('rg-diag-verify-');

const verify = (path: string, ...more: string[]) => told(['bundle', 'verify', path, ...more]);

/** A railgun.conf with a token, and a list of secrets. */
const config = () => join(folder({ 'railgun.conf': `activation.token = ${token}\n` }), 'railgun.conf');

describe('a bundle', () => {
  it('that is as it was made is ok', async () => {
    const path = await bundle();
    const { exit, bad, facts } = await verify(path, '--config', config());
    expect([exit, bad]).toEqual([0, []]);
    expect(facts.secrets.searched).toBeGreaterThan(0);
    expect(facts.manifest).toMatchObject({ state: 'read', files: 3, missing: [], anonymised: false });
  });

  it('whose ticket was filled in is ok, unless a secret came with that', async () => {
    const path = await bundle({ ...harmless, 'TICKET.txt': '>>> URLs: one or more that show it.\n' });
    const ticket = join(path, 'TICKET.txt');
    writeFileSync(ticket, 'URL: https://www.example.com/\n');
    const filledIn = await verify(path, '--config', config());
    expect([filledIn.exit, filledIn.bad]).toEqual([0, []]);
    expect(filledIn.stdout).toContain('TICKET.txt was changed since, as it is meant to be');
    appendFileSync(ticket, `token ${token}\n`);
    const leaking = await verify(path, '--config', config());
    expect([leaking.exit, leaking.says.join()]).toEqual([2, expect.stringContaining('TICKET.txt')]);
    writeFileSync(ticket, 'URL: https://www.example.com/\n');
    appendFileSync(join(path, 'trace.json'), ' ');
    expect((await verify(path, '--config', config())).bad).toEqual([['unchanged', 'fail', 'unexpected-value']]);
  });

  it.each([
    [
      'changed, at the same size',
      (path: string) => writeFileSync(join(path, 'syslog.txt'), harmless['syslog.txt']?.replace('more', 'less') ?? ''),
      ['unchanged', 'fail', 'unexpected-value'],
      'syslog.txt',
    ],
    [
      'longer',
      (path: string) => appendFileSync(join(path, 'trace.json'), ' '),
      ['unchanged', 'fail', 'unexpected-value'],
      'trace.json',
    ],
    [
      'emptied',
      (path: string) => truncateSync(join(path, 'trace.json')),
      ['unchanged', 'fail', 'unexpected-value'],
      'trace.json',
    ],
    [
      'removed',
      (path: string) => rmSync(join(path, 'trace.json')),
      ['complete', 'fail', 'file-not-found'],
      'trace.json',
    ],
    [
      'added',
      (path: string) => writeFileSync(join(path, 'new.txt'), 'x', { mode: 0o600 }),
      ['listed', 'fail', 'unexpected-value'],
      'new.txt',
    ],
    [
      'readable by others in an open folder',
      (path: string) => {
        chmodSync(path, 0o755);
        chmodSync(join(path, 'syslog.txt'), 0o644);
      },
      ['owner', 'warn', 'exposed'],
      'syslog.txt',
    ],
    [
      'writable by others',
      (path: string) => {
        chmodSync(path, 0o755);
        chmodSync(join(path, 'syslog.txt'), 0o622);
      },
      ['owner', 'warn', 'writable-by-others'],
      'syslog.txt',
    ],
  ])('of which a file is %s says so', async (_, change, finding, file) => {
    const path = await bundle();
    change(path);
    const { exit, bad, says } = await verify(path);
    expect([exit, bad]).toEqual([finding[1] === 'fail' ? 2 : 1, [finding]]);
    expect(says.join('\n')).toContain(file);
  });

  it('of which files are renamed lacks some and has others', async () => {
    const path = await bundle();
    renameSync(join(path, 'trace.json'), join(path, 'trace.exe'));
    const { exit, bad } = await verify(path);
    expect(exit).toBe(2);
    expect(bad).toEqual([
      ['complete', 'fail', 'file-not-found'],
      ['listed', 'fail', 'unexpected-value'],
      ['types', 'warn', 'unexpected-form'],
    ]);
  });

  it('without a manifest, or with one that is none, is not known', async () => {
    const path = await bundle();
    const manifest = readFileSync(join(path, 'manifest.json'), 'utf8');
    for (const text of [
      '',
      '{',
      '[]',
      '{"schema":"rg-diag/1"}',
      manifest.replace(/"bytes": \d+/, '"bytes": -1'),
      manifest.replace('"file": "trace.json",\n      "bytes"', '"file": "../trace.json",\n      "bytes"'),
    ]) {
      writeFileSync(join(path, 'manifest.json'), text);
      const { exit, bad } = await verify(path);
      expect([exit, bad], text).toEqual([3, [['manifest', 'broken', 'malformed']]]);
    }
    rmSync(join(path, 'manifest.json'));
    expect((await verify(path)).bad).toEqual([['manifest', 'broken', 'file-not-found']]);
  });

  it('with links, FIFOs, devices and folders in it is never followed, nor waited for', async () => {
    const path = await bundle();
    symlinkSync(config(), join(path, 'link.txt'));
    symlinkSync('/dev/zero', join(path, 'zero.txt'));
    execFileSync('mkfifo', [join(path, 'fifo.txt')]);
    mkdirSync(join(path, 'folder'));
    // In the place of a file that is listed.
    rmSync(join(path, 'trace.json'));
    symlinkSync('/etc/passwd', join(path, 'trace.json'));
    rmSync(join(path, 'syslog.txt'));
    execFileSync('mkfifo', [join(path, 'syslog.txt')]);
    const { exit, bad, says, stdout } = await verify(path);
    expect(exit).toBe(2);
    expect(bad).toEqual([
      ['listed', 'fail', 'unexpected-value'],
      ['files', 'fail', 'not-a-file'],
    ]);
    expect(says[1]).toContain('fifo.txt (a FIFO), folder (a folder), link.txt (a symbolic link), syslog.txt (a FIFO)');
    expect(stdout).not.toContain(token);
    // Its manifest, too.
    rmSync(join(path, 'manifest.json'));
    execFileSync('mkfifo', [join(path, 'manifest.json')]);
    expect((await verify(path)).bad).toContainEqual(['manifest', 'broken', 'not-a-file']);
  });

  it('with a gigabyte in it is not read for that long', async () => {
    const path = await bundle();
    truncateSync(join(path, 'syslog.txt'), 1 << 30);
    const { exit, bad } = await verify(path);
    expect(exit).toBe(2);
    expect(bad).toEqual([
      ['no-secret', 'broken', 'answer-too-long'],
      ['unchanged', 'fail', 'unexpected-value'],
      ['size', 'warn', 'answer-too-long'],
    ]);
  });

  it('with a picture in it is for a person to look at', async () => {
    const path = await bundle();
    writeFileSync(join(path, 'screen.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2, 3]), { mode: 0o600 });
    const { bad } = await verify(path);
    expect(bad).toContainEqual(['text', 'warn', 'unexpected-form']);
  });
});

describe('a secret that came in later', () => {
  const planted = async (content: string | Uint8Array, ...more: string[]) => {
    const path = await bundle();
    writeFileSync(join(path, 'later.txt'), content, { mode: 0o600 });
    const found = await verify(path, ...more);
    expect(found.exit).toBe(2);
    expect(found.stdout).not.toContain(token);
    return found;
  };

  it.each([
    ['plain', `a\nb\nit is ${token} here\n`, 3, 'plain'],
    ['base64', `a\n${Buffer.from(`user:${token}`).toString('base64')}\n`, 2, 'base64'],
    ['hex', `${Buffer.from(token).toString('hex')}\n`, 1, 'hex'],
    ['URL-encoded', `x\nq=${Buffer.from(token).toString('hex').replace(/../g, '%$&')}\n`, 2, 'URL-encoded'],
    ['UTF-16', Buffer.from(`one\r\nx ${token}\r\n`, 'utf16le'), 0, ''],
    ['UTF-16 of the other order', Buffer.from(`one\r\nx ${token}\r\n`, 'utf16le').swap16(), 0, ''],
    ['plain among other bytes', Buffer.concat([Buffer.from([0, 1, 2, 0, 255]), Buffer.from(token)]), 1, 'plain'],
  ])('in %s is found by its value', async (_, content, line, form) => {
    const { bad, says } = await planted(content, '--config', config());
    const hits = bad.filter(([rule, status]) => status === 'fail' && (rule === 'no-secret' || rule === 'unmasked'));
    expect(hits.length).toBeGreaterThan(0);
    const where = says.filter((text) => text.includes('later.txt') && text.includes('line'));
    expect(where.length).toBeGreaterThan(0);
    if (line > 0)
      expect(
        where.some(
          (text) => text.includes(`line ${line}`) && (text.includes(form) || text.includes('would be masked')),
        ),
      ).toBe(true);
  });

  it('is found by its name where nobody knows it, and then in other files in other forms', async () => {
    const path = await bundle();
    writeFileSync(join(path, 'a.txt'), 'one\npassword=Tr0ub4dor3xyz\n', { mode: 0o600 });
    writeFileSync(join(path, 'b.txt'), `x\n\n${Buffer.from('Tr0ub4dor3xyz').toString('base64')}\n`, { mode: 0o600 });
    const { exit, says, stdout } = await verify(path);
    expect(exit).toBe(2);
    expect(says).toContainEqual(expect.stringMatching(/^a\.txt, line 2, has what would be masked: password$/));
    expect(says).toContainEqual(expect.stringMatching(/^a secret is in b\.txt, line 3: password \(base64\)$/));
    expect(stdout).not.toContain('Tr0ub4dor3xyz');
  });

  it('is found by a list, also one from standard input, and a word of everyday that is in it', async () => {
    const path = await bundle({ 'a.txt': 'the word is\nsquirrel\n', 'b.txt': 'x' });
    expect((await verify(path)).exit).toBe(0);
    const list = join(folder({ list: '\n  squirrel \r\nabc\n' }), 'list');
    const { exit, says, facts } = await verify(path, '--secret-file', list);
    expect([exit, says]).toEqual([2, ['a secret is in a.txt, line 2: secret 2 (plain)']]);
    expect(facts.secrets).toMatchObject({ searched: 1, notSearched: 1 });
    const piped = await told(['bundle', 'verify', path, '--secret-file', '-'], 'squirrel\n');
    expect(piped.exit).toBe(2);
    expect(JSON.stringify(piped.facts)).not.toContain('squirrel');
  });

  it('in the name of a file is found, and not told', async () => {
    const path = await bundle();
    writeFileSync(join(path, `dump-${token}.txt`), 'x', { mode: 0o600 });
    const { exit, stdout, says } = await verify(path, '--config', config());
    expect(exit).toBe(2);
    expect(stdout).not.toContain(token);
    expect(says).toContainEqual(expect.stringContaining('a secret is in the name of'));
  });

  it('in the manifest is found', async () => {
    const path = await bundle();
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    manifest.argv = ['--token', token];
    manifest.password = 'Tr0ub4dor3xyz';
    writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest, undefined, 2));
    const { exit, bad, stdout } = await verify(path, '--config', config());
    expect(exit).toBe(2);
    expect(bad.map(([rule]) => rule)).toContain('unmasked');
    expect(stdout).not.toMatch(/Tr0ub4dor3xyz|4a5b6c7d/);
  });
});

describe('what cannot be verified', () => {
  it('is unknown: no folder, no permission, no configuration', async () => {
    const path = await bundle();
    for (const args of [
      [join(root, 'none')],
      [join(path, 'syslog.txt')],
      [path, '--config', join(root, 'none')],
      [path, '--secret-file', join(root, 'none')],
    ]) {
      const { exit, bad } = await told(['bundle', 'verify', ...args]);
      expect(exit).toBe(3);
      expect(bad).toEqual([
        ['readable', 'broken', args[0] === join(path, 'syslog.txt') ? 'not-a-file' : 'file-not-found'],
      ]);
    }
  });

  it.skipIf(process.getuid?.() !== 0)('is a folder, or a file, that this user may not read', async () => {
    const path = await bundle();
    const open = folder();
    for (const at of [root, open]) chmodSync(at, 0o755);
    const nobody = 'setpriv --reuid 65534 --regid 65534 --clear-groups rg-diag';
    const refused = await shell(`${nobody} bundle verify ${path} --json`);
    expect([refused.exit, JSON.parse(refused.stdout).reports[0].facts.failure.code]).toEqual([3, 'permission-denied']);
    chmodSync(path, 0o755);
    const half = JSON.parse((await shell(`${nobody} bundle verify ${path} --json`)).stdout);
    const findings: { rule: string; status: string }[] = half.reports[0].findings;
    expect(half.exitCode).toBe(3);
    expect(findings.filter(({ status }) => status === 'broken').map(({ rule }) => rule)).toEqual([
      'bundle-verify/no-secret',
      'bundle-verify/manifest',
    ]);
  });

  it('does not hide the others: one report each, the worst decides', async () => {
    const [good, bad] = [await bundle(), await bundle()];
    rmSync(join(bad, 'trace.json'));
    const { exit, verdicts } = await told(['bundle', 'verify', good, bad, join(root, 'none')]);
    expect([exit, verdicts]).toEqual([2, ['ok', 'fail', 'unknown']]);
  });

  it('is a mistake without a folder, or with standard input for several', async () => {
    expect((await rgDiag(['bundle', 'verify'])).exit).toBe(64);
    expect((await rgDiag(['bundle', 'verify', 'a', 'b', '--secret-file', '-'])).exit).toBe(64);
  });
});
