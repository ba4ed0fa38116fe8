import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { StopReason } from '../../src/io/deadline.js';
import { type FileReplacement, replaceFile } from '../../src/io/replace-file.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-replace-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function folder(): string {
  folders += 1;
  const path = join(root, String(folders));
  mkdirSync(path);
  return path;
}

function fifo(): string {
  const path = join(folder(), 'fifo');
  execFileSync('mkfifo', [path]);
  return path;
}

const never = new AbortController().signal;
const reason: StopReason = { code: 'timeout', step: 'input', blame: 'us', detail: 'the time is up' };

async function replacing(path: string, signal = never): Promise<FileReplacement> {
  const file = await replaceFile(path, signal);
  if ('code' in file) throw new Error(file.detail);
  return file;
}

describe('a regular file', () => {
  it('appears whole, or not at all', async () => {
    const at = folder();
    const path = join(at, 'n'.repeat(255));
    const file = await replacing(path);
    expect(await file.write('one\n')).toBeUndefined();
    expect(await file.write('two\n')).toBeUndefined();
    expect(readdirSync(at)).not.toContain('n'.repeat(255));
    expect(await file.commit()).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(readdirSync(at).length).toBe(1);
  });

  it('keeps its mode and the links to it, also a link that leads nowhere yet', async () => {
    const at = folder();
    writeFileSync(join(at, 'old'), 'old');
    chmodSync(join(at, 'old'), 0o646);
    for (const name of ['old', 'new']) {
      symlinkSync(name, join(at, `to-${name}`));
      const file = await replacing(join(at, `to-${name}`));
      await file.write('written');
      expect(await file.commit()).toBeUndefined();
      expect(lstatSync(join(at, `to-${name}`)).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(at, name), 'utf8')).toBe('written');
    }
    expect(statSync(join(at, 'old')).mode & 0o7777).toBe(0o646);
    expect(readdirSync(at).sort()).toEqual(['new', 'old', 'to-new', 'to-old']);
  });

  it('is as it was when discarded, also after writing or committing failed', async () => {
    const at = folder();
    const path = join(at, 'file');
    writeFileSync(path, 'old');
    const written = await replacing(path);
    await written.write('new');
    await written.discard();
    expect(await written.write('more')).toMatchObject({ code: 'write-failed', step: 'output' });
    expect(readdirSync(at)).toEqual(['file']);
    const blocked = await replacing(path);
    rmSync(path);
    mkdirSync(path);
    expect(await blocked.commit()).toMatchObject({ code: 'not-a-file', step: 'output' });
    await blocked.discard();
    expect(readdirSync(at)).toEqual(['file']);
  });

  it('can be replaced twice at once: the last one stays', async () => {
    const at = folder();
    const path = join(at, 'file');
    const files = await Promise.all(Array.from({ length: 20 }, () => replacing(path)));
    await Promise.all(files.map((file, index) => file.write(`${index}\n`.repeat(10_000))));
    for (const file of files) expect(await file.commit()).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('19\n'.repeat(10_000));
    expect(readdirSync(at)).toEqual(['file']);
  });
});

describe('a FIFO', () => {
  it('without a reader is given up when the time is up', async () => {
    const controller = new AbortController();
    const path = fifo();
    const opening = replaceFile(path, controller.signal);
    setImmediate(() => controller.abort(reason));
    expect(await opening).toEqual(reason);
    expect(await replaceFile(path, controller.signal)).toEqual(reason);
  });

  it('is waited for until it has a reader, and gets everything though it is full at times', async () => {
    const path = fifo();
    const opening = replaceFile(path, never);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = (await opening) as FileReplacement;
    const text = 'a line of text, é\n'.repeat(50_000);
    let done = false;
    const writing = file.write(text).then(async (failure) => {
      await file.commit();
      done = true;
      return failure;
    });
    const got = await drain(reader, () => done);
    expect(await writing).toBeUndefined();
    expect(got.equals(Buffer.from(text))).toBe(true);
    closeSync(reader);
  });

  it('that is full is given up when the time is up, but still gets what it has room for', async () => {
    const path = fifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const controller = new AbortController();
    const file = await replacing(path, controller.signal);
    controller.abort(reason);
    expect(await file.write('short')).toBeUndefined();
    expect(await file.write('x'.repeat(1 << 20))).toEqual(reason);
    await file.discard();
    const got = await drain(reader, () => true);
    expect(got.toString().startsWith('shortxxx')).toBe(true);
    closeSync(reader);
  });

  it('whose reader has gone', async () => {
    const path = fifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = await replacing(path);
    closeSync(reader);
    expect(await file.write('x')).toMatchObject({ code: 'reader-gone', step: 'output', blame: 'us' });
    await file.discard();
  });
});

/** Reads until `isDone` and there is no more. */
async function drain(descriptor: number, isDone: () => boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (;;) {
    const last = isDone();
    const chunk = Buffer.alloc(30_000);
    const read = readOr0(descriptor, chunk);
    chunks.push(chunk.subarray(0, read));
    if (read === 0 && last) return Buffer.concat(chunks);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function readOr0(descriptor: number, chunk: Buffer): number {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
