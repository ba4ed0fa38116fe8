import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileStatus, folderOf } from '../../src/io/file-status.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'rg-diag-status-')));
afterAll(() => rmSync(root, { recursive: true }));
const at = (name: string) => join(root, name);
const statusOf = async (path: string) => {
  const outcome = await fileStatus(path);
  return outcome.ok ? outcome.value : outcome.failure.code;
};

describe('the status of', () => {
  it('a file: its size, its mode, whose it is', async () => {
    writeFileSync(at('file'), 'four');
    chmodSync(at('file'), 0o640);
    const [owner, group] = ['-un', '-gn'].map((option) => execFileSync('id', [option], { encoding: 'utf8' }).trim());
    expect(await statusOf(at('file'))).toEqual({ kind: 'file', mode: '0640', owner, group, bytes: 4 });
  });

  it.skipIf(process.getuid?.() !== 0)('a file of users without a name', async () => {
    writeFileSync(at('theirs'), '');
    chownSync(at('theirs'), 61_234, 61_235);
    expect(await statusOf(at('theirs'))).toMatchObject({ owner: '61234', group: '61235' });
  });

  it('a folder, a FIFO, a device and a socket, none of which is opened', async () => {
    mkdirSync(at('folder'));
    execFileSync('mkfifo', [at('fifo')]);
    const server = createServer();
    await new Promise<void>((listening) => server.listen(at('socket'), listening));
    const kinds = [];
    for (const path of [at('folder'), at('fifo'), '/dev/zero', at('socket')]) kinds.push(await statusOf(path));
    server.close();
    expect(kinds.map((status) => typeof status === 'object' && status.kind)).toEqual([
      'directory',
      'fifo',
      'device',
      'socket',
    ]);
  });

  it('what a link leads to, also one on the way', async () => {
    mkdirSync(at('real'));
    writeFileSync(at('real/file'), '');
    symlinkSync('real', at('link'));
    expect(await statusOf(at('link/file'))).toMatchObject({ kind: 'file', linkTo: at('real/file') });
    expect(await statusOf(at('real/file'))).not.toHaveProperty('linkTo');
    expect(await statusOf(`${root}/real/../real/file`)).not.toHaveProperty('linkTo');
  });

  it('what is not there, or cannot be got at, is a failure', async () => {
    symlinkSync('loop', at('loop'));
    symlinkSync('nowhere', at('dangling'));
    expect(await statusOf(at('none'))).toBe('file-not-found');
    expect(await statusOf(at('dangling'))).toBe('file-not-found');
    expect(await statusOf(at('loop'))).toBe('invalid-path');
    expect(await statusOf(`${at('none')}\0`)).toBe('invalid-path');
    expect(await statusOf('x'.repeat(5000))).toBe('invalid-path');
  });
});

it.each([
  ['/var/log/panic.log', '/var/log'],
  ['/file', '/'],
  ['file', '.'],
])('the folder of %s is %s', (path, folder) => expect(folderOf(path)).toBe(folder));
