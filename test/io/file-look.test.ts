import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { lookAtFile } from '../../src/io/file-look.js';
import { pause } from '../../src/io/pause.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-look-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a file says when it was written to, and whether it is compressed', () => {
  const [plain, compressed, empty] = ['plain', 'compressed', 'empty'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(plain, 'text');
  writeFileSync(compressed, gzipSync('text'));
  writeFileSync(empty, '');
  utimesSync(plain, 1_600_000_000, 1_600_000_000);
  expect(lookAtFile(plain)).toMatchObject({
    ok: true,
    value: { regular: true, compressed: false, modifiedAt: 1_600_000_000_000 },
  });
  expect(lookAtFile(compressed)).toMatchObject({ ok: true, value: { regular: true, compressed: true } });
  expect(lookAtFile(empty)).toMatchObject({ ok: true, value: { regular: true, compressed: false } });
});

it('a FIFO is not opened, and a directory or nothing is a failure', () => {
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  expect(lookAtFile(fifo)).toMatchObject({ ok: true, value: { regular: false, compressed: false } });
  expect(lookAtFile(folder)).toMatchObject({ ok: false, failure: { code: 'not-a-file', step: 'input' } });
  expect(lookAtFile(join(folder, 'missing'))).toMatchObject({ ok: false, failure: { code: 'file-not-found' } });
});

it('a pause ends with the run, also one that has ended already', async () => {
  const over = new AbortController();
  const paused = pause(1_000_000, over.signal);
  over.abort();
  await paused;
  await pause(1_000_000, over.signal);
  await pause(1, new AbortController().signal);
});
