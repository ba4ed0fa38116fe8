import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { StopReason } from '../../src/io/deadline.js';
import { readRawFile } from '../../src/io/read-raw-file.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-raw-'));
afterAll(() => rmSync(root, { recursive: true }));
const never = new AbortController().signal;

function file(name: string, content: string | Uint8Array): string {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
}

describe('a file', () => {
  it('is read as it is, compressed ones included', async () => {
    const content = gzipSync('text');
    expect(await readRawFile(file('gz', content), 1000, never)).toMatchObject({ ok: true, value: content });
    expect(await readRawFile(file('empty', ''), 0, never)).toMatchObject({ ok: true, value: Buffer.alloc(0) });
  });

  it.each([1, 65_535, 65_536, 65_537, 200_000])('of %d bytes is read whole where so many are allowed', async (size) => {
    const content = Buffer.alloc(size, 'ab');
    const path = file(`of${size}`, content);
    const read = await readRawFile(path, size, never);
    expect(read.ok && read.value.equals(content)).toBe(true);
    expect(await readRawFile(path, size - 1, never)).toMatchObject({ ok: false, failure: { code: 'answer-too-long' } });
  });

  it('that the kernel makes up is read, though it has no size', async () => {
    const read = await readRawFile('/proc/self/status', 100_000, never);
    expect(read.ok && read.value.toString()).toContain('Pid:');
  });

  it('that is none is a failure, and nobody waits for it', async () => {
    const fifo = join(root, 'fifo');
    execFileSync('mkfifo', [fifo]);
    for (const path of [root, fifo, '/dev/zero', '/dev/null']) {
      expect(await readRawFile(path, 10, never)).toMatchObject({ ok: false, failure: { code: 'not-a-file' } });
    }
    expect(await readRawFile(join(root, 'none'), 10, never)).toMatchObject({ failure: { code: 'file-not-found' } });
  });

  it('is not read once the time is up', async () => {
    const reason: StopReason = { code: 'timeout', step: 'input', blame: 'us', detail: 'the time is up', byRun: true };
    const read = await readRawFile(file('late', 'x'), 10, AbortSignal.abort(reason));
    expect(read).toMatchObject({ ok: false, failure: reason });
  });
});
