import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createArchive } from '../../src/io/archive.js';
import type { StopReason } from '../../src/io/deadline.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-archive-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const never = new AbortController().signal;
const at = Date.UTC(2026, 10, 20, 3, 0, 0);

function folder(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = join(root, name);
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

const tar = (...args: string[]) => execFileSync('tar', args, { env: { ...process.env, TZ: 'UTC' } }).toString();

it('holds the files of a folder, under its name, and tells nothing about who made it', async () => {
  const long = `${'long-'.repeat(40)}name.txt`;
  const files = {
    'REPORT.html': '<p>report</p>',
    'empty.txt': '',
    'block.txt': 'b'.repeat(512),
    'big.txt': 'some text, é\n'.repeat(40_000),
    [long]: 'a long name',
    'ünï 名.txt': 'no ASCII',
  };
  const path = folder('bundle', files);
  mkdirSync(join(path, 'sub'));
  writeFileSync(join(path, 'sub', 'x'), 'x');
  symlinkSync('/etc/passwd', join(path, 'link'));
  execFileSync('mkfifo', [join(path, 'fifo')]);
  const target = join(root, 'bundle.tar.gz');
  const made = await createArchive(path, target, at, never);
  const bytes = readFileSync(target);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(made).toMatchObject({ ok: true, value: { bytes: bytes.length, sha256 } });
  expect(statSync(target).mode & 0o7777).toBe(0o600);
  const lines = tar('--numeric-owner', '--quoting-style=literal', '-tvzf', target).trim().split('\n');
  expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual(
    Object.entries(files)
      .map(([name, content]) => ({ name, size: Buffer.byteLength(content) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, size }) => `-rw------- 0/0 ${size} 2026-11-20 03:00 bundle/${name}`),
  );
  const out = folder('out', {});
  tar('-xzf', target, '-C', out);
  expect(readdirSync(join(out, 'bundle')).sort()).toEqual(Object.keys(files).sort());
  for (const [name, content] of Object.entries(files)) {
    expect(readFileSync(join(out, 'bundle', name)).equals(Buffer.from(content))).toBe(true);
  }
  // The same again, byte for byte.
  const again = await createArchive(path, join(root, 'again.tar.gz'), at, never);
  expect(again).toMatchObject({ value: { sha256 } });
});

it('of folders with awkward names stays what it is', async () => {
  for (const name of ['@x', '-x', 'C:x', 'a b', '...']) {
    const path = folder(name, { '@a': 'a', '-b': 'b' });
    const target = join(root, `${name}.tar.gz`);
    expect(await createArchive(`${path}/`, target, at, never)).toMatchObject({ ok: true });
    const members = tar('--force-local', '-tzf', target).trim().split('\n');
    expect(members).toEqual([`${name}/-b`, `${name}/@a`]);
  }
});

it('is never over anything that is there', async () => {
  const path = folder('plain', { a: 'a' });
  symlinkSync('nowhere.tar.gz', join(root, 'dangling.tar.gz'));
  writeFileSync(join(root, 'theirs.tar.gz'), 'theirs');
  for (const name of ['dangling.tar.gz', 'theirs.tar.gz', 'plain']) {
    expect(await createArchive(path, join(root, name), at, never)).toMatchObject({ failure: { code: 'write-failed' } });
  }
  expect(readFileSync(join(root, 'theirs.tar.gz'), 'utf8')).toBe('theirs');
  expect(readdirSync(root).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

it('of what is not there, or after the time is up, is a failure and leaves nothing', async () => {
  const target = join(root, 'none.tar.gz');
  expect(await createArchive(join(root, 'none'), target, at, never)).toMatchObject({
    failure: { code: 'file-not-found', step: 'output' },
  });
  const reason: StopReason = { code: 'timeout', step: 'input', blame: 'us', detail: 'the time is up', byRun: true };
  const path = folder('late', { a: 'a' });
  expect(await createArchive(path, target, at, AbortSignal.abort(reason))).toMatchObject({ failure: reason });
  expect(readdirSync(root).filter((name) => name.endsWith('.partial') || name === 'none.tar.gz')).toEqual([]);
});
