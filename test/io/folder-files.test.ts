import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { StopReason } from '../../src/io/deadline.js';
import { listFolder, readFolderFile } from '../../src/io/folder-files.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const never = new AbortController().signal;

const at = join(root, 'folder');
mkdirSync(at);
chmodSync(at, 0o750);
writeFileSync(join(at, 'a.txt'), 'text', { mode: 0o640 });
chmodSync(join(at, 'a.txt'), 0o640);
execFileSync('mkfifo', [join(at, 'fifo')]);
symlinkSync('a.txt', join(at, 'link'));
symlinkSync('nowhere', join(at, 'dangling'));
mkdirSync(join(at, 'sub'));
// A name that is no UTF-8.
writeFileSync(Buffer.concat([Buffer.from(`${at}/z`), Buffer.from([0xff])]), 'x');

describe('a folder', () => {
  it('is listed, and nothing in it is opened or followed', async () => {
    const server = createServer().listen(join(at, 'socket'));
    await once(server, 'listening');
    const listing = await listFolder(at, 100);
    server.close();
    expect(listing).toMatchObject({ ok: true, value: { mode: '0750', more: false } });
    const { entries } = listing.ok ? listing.value : { entries: [] };
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['a.txt', 'file'],
      ['dangling', 'link'],
      ['fifo', 'fifo'],
      ['link', 'link'],
      ['socket', 'socket'],
      ['sub', 'directory'],
      ['z\ufffd', 'unknown'],
    ]);
    expect(entries[0]).toEqual({ name: 'a.txt', kind: 'file', bytes: 4, mode: '0640' });
  });

  it('is listed up to so many entries', async () => {
    const many = join(root, 'many');
    mkdirSync(many);
    for (let n = 0; n < 5; n += 1) writeFileSync(join(many, String(n)), '');
    expect(await listFolder(many, 5)).toMatchObject({ value: { more: false, entries: { length: 5 } } });
    expect(await listFolder(many, 4)).toMatchObject({ value: { more: true, entries: { length: 4 } } });
  });

  it('that is none is a failure', async () => {
    expect(await listFolder(join(root, 'none'), 9)).toMatchObject({ failure: { code: 'file-not-found' } });
    for (const path of [join(at, 'a.txt'), join(at, 'fifo'), '/dev/null']) {
      expect(await listFolder(path, 9)).toMatchObject({ failure: { code: 'not-a-file', step: 'input' } });
    }
  });
});

describe('a file of a folder', () => {
  it('is read as it is, where it is not too long', async () => {
    const packed = gzipSync('x');
    writeFileSync(join(root, 'x.gz'), packed);
    expect(await readFolderFile(root, 'x.gz', 1000, never)).toMatchObject({ ok: true, value: packed });
    expect(await readFolderFile(at, 'a.txt', 4, never)).toMatchObject({ ok: true, value: Buffer.from('text') });
    expect(await readFolderFile(at, 'a.txt', 3, never)).toMatchObject({ failure: { code: 'answer-too-long' } });
    writeFileSync(join(root, 'sparse'), '');
    truncateSync(join(root, 'sparse'), 2 ** 40);
    expect(await readFolderFile(root, 'sparse', 1e6, never)).toMatchObject({ failure: { code: 'answer-too-long' } });
  });

  it('is nothing else', async () => {
    for (const name of ['fifo', 'link', 'dangling', 'sub']) {
      expect(await readFolderFile(at, name, 10, never)).toMatchObject({ failure: { code: 'not-a-file' } });
    }
    expect(await readFolderFile('/dev', 'zero', 10, never)).toMatchObject({ failure: { code: 'not-a-file' } });
    expect(await readFolderFile(at, 'none', 10, never)).toMatchObject({ failure: { code: 'file-not-found' } });
  });

  it('is not read once the time is up', async () => {
    const reason: StopReason = { code: 'timeout', step: 'input', blame: 'us', detail: 'the time is up', byRun: true };
    expect(await readFolderFile(at, 'a.txt', 10, AbortSignal.abort(reason))).toMatchObject({ failure: reason });
  });
});
