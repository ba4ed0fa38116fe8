import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { StopReason } from '../../src/io/deadline.js';
import { rewriteFile } from '../../src/io/rewrite-file.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-rewrite-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function fileOf(content: string): { readonly folder: string; readonly path: string } {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return { folder, path };
}

const never = new AbortController().signal;
const rewrite = (path: string, before: string, after: string, signal = never) =>
  rewriteFile(path, Buffer.from(before), Buffer.from(after), signal);

describe('a file', () => {
  it('is replaced where it is what it was, bytes that are no text included', async () => {
    const { folder, path } = fileOf('');
    const [before, after] = [Buffer.from([0xff, 0, 0xfe, 10]), Buffer.from([0xff, 0xfe, 10])];
    writeFileSync(path, before);
    expect(await rewriteFile(path, before, after, never)).toBeUndefined();
    expect(readFileSync(path).equals(after)).toBe(true);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.each([
    ['is longer', 'old and more'],
    ['is much longer', `old${'x'.repeat(200_000)}`],
    ['is shorter', 'ol'],
    ['says something else', 'new'],
    ['is empty', ''],
  ])('that %s is left alone', async (_, now) => {
    const { folder, path } = fileOf(now);
    expect(await rewrite(path, 'old', 'x')).toMatchObject({ code: 'busy', step: 'output', blame: 'us' });
    expect(readFileSync(path, 'utf8')).toBe(now);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('that somebody changes while the new one is put on the disk is left alone', async () => {
    const { folder, path } = fileOf('old');
    const handle = await open(path);
    const prototype: { sync: () => Promise<void> } = Object.getPrototypeOf(handle);
    await handle.close();
    // The disk does what it does, and somebody else is as fast.
    const { sync } = prototype;
    let synced = 0;
    prototype.sync = async function (this: typeof handle) {
      await sync.call(this);
      synced += 1;
      writeFileSync(path, 'theirs');
    };
    try {
      expect(await rewrite(path, 'old', 'new')).toMatchObject({ code: 'busy' });
    } finally {
      prototype.sync = sync;
    }
    expect([synced, readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual([1, 'theirs', ['file']]);
    expect(await rewrite(path, 'theirs', 'new')).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('keeps its mode, and the links that lead to it', async () => {
    const { folder, path } = fileOf('old');
    chmodSync(path, 0o4604);
    symlinkSync('file', join(folder, 'link'));
    expect(await rewrite(join(folder, 'link'), 'old', 'new')).toBeUndefined();
    expect([readFileSync(path, 'utf8'), lstatSync(join(folder, 'link')).isSymbolicLink()]).toEqual(['new', true]);
    expect(statSync(path).mode & 0o7777).toBe(0o4604);
  });

  it('with another name is left alone: the two would become different files', async () => {
    const { folder, path } = fileOf('old');
    linkSync(path, join(folder, 'other'));
    expect(await rewrite(path, 'old', 'new')).toMatchObject({ code: 'write-failed', step: 'output' });
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it('that is gone, or is none, is a failure', async () => {
    const { folder } = fileOf('old');
    expect(await rewrite(join(folder, 'none'), '', 'new')).toMatchObject({ code: 'file-not-found' });
    expect(await rewrite(folder, '', 'new')).toMatchObject({ code: 'not-a-file' });
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    expect(await rewrite(join(folder, 'fifo'), '', 'new')).toMatchObject({ code: 'not-a-file' });
    expect(readdirSync(folder).sort()).toEqual(['fifo', 'file']);
  });

  it('is left alone once the time is up', async () => {
    const { folder, path } = fileOf('old');
    const reason: StopReason = { code: 'timeout', step: 'input', blame: 'us', detail: 'the time is up' };
    const failure = await rewrite(path, 'old', 'new', AbortSignal.abort(reason));
    expect(failure).toMatchObject({ code: 'timeout' });
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['old', ['file']]);
  });
});

describe.skipIf(process.getuid?.() !== 0)('a file of somebody else', () => {
  it('stays theirs where root rewrites it', async () => {
    const { path } = fileOf('old');
    chownSync(path, 4711, 4712);
    chmodSync(path, 0o2640);
    expect(await rewrite(path, 'old', 'new')).toBeUndefined();
    const { uid, gid, mode } = statSync(path);
    expect([readFileSync(path, 'utf8'), uid, gid, mode & 0o7777]).toEqual(['new', 4711, 4712, 0o2640]);
  });

  it('is left alone by those who may write to it but cannot give files away', async () => {
    const { folder, path } = fileOf('old');
    chmodSync(root, 0o755);
    chmodSync(folder, 0o777);
    chmodSync(path, 0o666);
    const failure = await as(65_534, () => rewrite(path, 'old', 'new'));
    expect(failure).toMatchObject({ code: 'permission-denied', step: 'output' });
    expect([readFileSync(path, 'utf8'), readdirSync(folder), statSync(path).uid]).toEqual(['old', ['file'], 0]);
  });

  it('of a folder that they may not write to is left alone, too', async () => {
    const { folder, path } = fileOf('old');
    chmodSync(root, 0o755);
    chownSync(path, 65_534, 65_534);
    expect(await as(65_534, () => rewrite(path, 'old', 'new'))).toMatchObject({ code: 'permission-denied' });
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['old', ['file']]);
  });
});

/** Does something as another user. */
async function as<Result>(user: number, work: () => Promise<Result>): Promise<Result> {
  process.seteuid?.(user);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
