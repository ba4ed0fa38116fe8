import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readTail } from '../../src/io/tail.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-tail-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  utimesSync(path, 1e9, 1e9);
  return path;
};
const tail = (path: string, most: number) => {
  const read = readTail(path, most);
  return read.ok ? read.value : read.failure.code;
};

it('is the whole of a small file, and the end of a large one', () => {
  const path = file('log', '0123456789');
  expect(tail(path, 10)).toEqual({ text: '0123456789', bytes: 10, modifiedAt: 1e12, cut: false });
  expect(tail(path, 3)).toEqual({ text: '789', bytes: 10, modifiedAt: 1e12, cut: true });
  expect(tail(file('empty', ''), 3)).toEqual({ text: '', bytes: 0, modifiedAt: 1e12, cut: false });
});

it('of what is no file is a failure, and does not wait', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect([pipe, folder, '/dev/zero', join(folder, 'none'), '/etc/passwd/x'].map((path) => tail(path, 3))).toEqual([
    'not-a-file',
    'not-a-file',
    'not-a-file',
    'file-not-found',
    'file-not-found',
  ]);
});
