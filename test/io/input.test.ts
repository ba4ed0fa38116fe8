import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type Input, openInput } from '../../src/io/input.js';
import { readText } from '../../src/io/read-text.js';
import type { Failure } from '../../src/model/failure.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

const never = new AbortController().signal;

async function opened(path: string): Promise<Input> {
  const outcome = await openInput(path);
  if (!outcome.ok) throw new Error(outcome.failure.detail);
  return outcome.value;
}

async function failureOf(path: string): Promise<Failure | undefined> {
  const outcome = await openInput(path);
  return outcome.ok ? undefined : outcome.failure;
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function fifo(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

/** What the descriptors of this process lead to, those of `path` only. */
function descriptorsOf(path: string): number {
  const list = execFileSync(
    'readlink',
    readdirSync('/proc/self/fd').map((fd) => `/proc/${process.pid}/fd/${fd}`),
    {
      encoding: 'utf8',
      // Descriptors that have gone meanwhile are an error to readlink.
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  return list.split('\n').filter((target) => target === path).length;
}

describe('what can be read', () => {
  it('a regular file comes whole, and any part of it can be read instead', async () => {
    const content = Buffer.alloc(1_000_003, 'line\n');
    const input = await opened(file('plain', content));
    const chunks: Uint8Array[] = [];
    expect(await input.read((chunk) => void chunks.push(chunk), never)).toBeUndefined();
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
    expect(input.file?.size).toBe(content.length);
    input.close();
    input.close();
  });

  it.each([
    ['/dev/null', ''],
    [file('empty', ''), ''],
    [file('short', 'x'), 'x'],
    [file('magic', Uint8Array.of(0x1f)), '\x1f'],
    [file('gzipped', gzipSync('text')), 'text'],
    ['/proc/sys/kernel/ostype', 'Linux\n'],
  ])('%s', async (path, content) => {
    expect(await readText(path, never)).toMatchObject({ ok: true, value: content });
  });

  it('a FIFO, also one that is compressed and delivered byte by byte', async () => {
    const path = fifo('bytes');
    const writer = spawn('bash', ['-c', 'exec >"$0"; while IFS= read -r byte; do printf "\\\\x$byte"; done', path]);
    writer.stdin.end(`${gzipSync('from a pipe\n').toString('hex').replace(/../g, '$&\n')}`);
    const held = openSync(path, constants.O_RDWR);
    const written = once(writer, 'close');
    const input = await opened(path);
    await written;
    closeSync(held);
    const chunks: Uint8Array[] = [];
    expect(await input.read((chunk) => void chunks.push(chunk), never)).toBeUndefined();
    expect(Buffer.concat(chunks).toString()).toBe('from a pipe\n');
  });
});

describe('what is no file', () => {
  it('a directory', async () => {
    expect(await failureOf(folder)).toMatchObject({ code: 'not-a-file', step: 'input', blame: 'us' });
    expect(descriptorsOf(folder)).toBe(0);
  });

  it('a socket', async () => {
    const path = join(folder, 'socket');
    const server = createServer().listen(path);
    await once(server, 'listening');
    expect(await failureOf(path)).toMatchObject({ code: 'not-a-file' });
    server.close();
  });

  it('a file whose first bytes cannot be read leaves no descriptor behind', async () => {
    // Nothing is mapped at the beginning of the memory.
    const path = `/proc/${process.pid}/mem`;
    expect(await failureOf(path)).toMatchObject({ code: 'read-failed', step: 'input' });
    expect(descriptorsOf(path)).toBe(0);
  });
});

describe('reading is stopped', () => {
  const big = file('big', Buffer.alloc(64 << 20, 'line\n'));
  const bigGzip = file('big.gz', gzipSync(Buffer.alloc(256 << 20, 'line\n')));

  it.each([
    ['a regular file', big],
    ['a gzip file', bigGzip],
    ['an endless device', '/dev/zero'],
  ])('%s, by a timer, though the consumer never waits', async (_, path) => {
    const controller = new AbortController();
    const input = await opened(path);
    let chunks = 0;
    let after = 0;
    const failure = await input.read(() => {
      chunks += 1;
      if (controller.signal.aborted) after += 1;
      if (chunks === 1) setTimeout(() => controller.abort(), 0);
    }, controller.signal);
    input.close();
    expect(failure).toBeUndefined();
    expect(controller.signal.aborted).toBe(true);
    expect(after).toBeLessThanOrEqual(1);
    expect(chunks).toBeLessThan(256);
  });

  it.each([
    ['says nothing', false],
    ['has said something', true],
  ])('a FIFO whose writer %s', async (name, says) => {
    const path = fifo(name);
    const writer = openSync(path, constants.O_RDWR);
    const controller = new AbortController();
    const input = await opened(path);
    if (says) writeSync(writer, 'said');
    else setImmediate(() => controller.abort());
    let text = '';
    const failure = await input.read((chunk) => {
      text += Buffer.from(chunk);
      controller.abort();
    }, controller.signal);
    closeSync(writer);
    expect([failure, text]).toEqual([undefined, says ? 'said' : '']);
  });

  it('and half a text is none', async () => {
    const reason = { code: 'timeout', step: 'input', blame: 'us', detail: 'the time is up' } as const;
    expect(await readText(big, AbortSignal.abort(reason))).toMatchObject({ ok: false, failure: reason });
  });

  it('passes on what the one who takes throws', async () => {
    const input = await opened(big);
    await expect(
      input.read(() => {
        throw new Error('no room');
      }, never),
    ).rejects.toThrow('no room');
    input.close();
  });
});
