import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createDeadline } from '../../src/io/deadline.js';
import { readBlocksFromEnd } from '../../src/io/file-blocks.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-blocks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = Buffer.from(Array.from({ length: 3_500_000 }, (_, index) => index % 251));

function file(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

describe('a file from its end to its beginning', () => {
  it('is all of it, and says where its beginning is', async () => {
    const blocks: Buffer[] = [];
    const beginnings: boolean[] = [];
    const { signal } = createDeadline(undefined);
    const read = await readBlocksFromEnd(
      file('whole', content),
      (block, isBeginning) => {
        blocks.unshift(Buffer.from(block));
        beginnings.push(isBeginning);
        return true;
      },
      signal,
    );
    expect(Buffer.concat(blocks).equals(content)).toBe(true);
    expect(beginnings).toEqual([false, false, false, true]);
    expect(read).toMatchObject({ ok: true, value: { size: content.length, read: content.length } });
  });

  it('is not read further than is wanted', async () => {
    let blocks = 0;
    const { signal } = createDeadline(undefined);
    const read = await readBlocksFromEnd(file('part', content), () => ++blocks < 2, signal);
    expect(blocks).toBe(2);
    expect(read).toMatchObject({ ok: true, value: { read: 2 << 20 } });
  });

  it('has no block where it is empty', async () => {
    const { signal } = createDeadline(undefined);
    const read = await readBlocksFromEnd(file('empty', Buffer.alloc(0)), () => expect.fail('a block'), signal);
    expect(read).toMatchObject({ ok: true, value: { size: 0, read: 0 } });
  });

  it('ends when the run does', async () => {
    const deadline = createDeadline(undefined);
    let blocks = 0;
    const take = () => {
      blocks += 1;
      deadline.interrupt('enough');
      return true;
    };
    const read = await readBlocksFromEnd(file('ended', content), take, deadline.signal);
    expect(blocks).toBe(1);
    expect(read).toMatchObject({ ok: false, failure: { code: 'interrupted' } });
  });

  it('is no link, no folder, no FIFO and no device', async () => {
    symlinkSync(file('target', content), join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const { signal } = createDeadline(undefined);
    for (const path of [join(folder, 'link'), folder, join(folder, 'fifo'), '/dev/zero']) {
      const read = await readBlocksFromEnd(path, () => expect.fail('a block'), signal);
      expect([path, read]).toMatchObject([path, { ok: false, failure: { code: 'not-a-file' } }]);
    }
    const none = await readBlocksFromEnd(join(folder, 'none'), () => true, signal);
    expect(none).toMatchObject({ ok: false, failure: { code: 'file-not-found' } });
  });
});
