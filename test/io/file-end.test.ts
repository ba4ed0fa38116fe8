import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { StopReason } from '../../src/io/deadline.js';
import { lookAtSource, readFileEnd, rotatedFiles } from '../../src/io/file-end.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-end-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const never = new AbortController().signal;
const reason: StopReason = { code: 'timeout', step: 'input', blame: 'us', detail: 'the time is up', byRun: true };

function file(name: string, content: string | Uint8Array): string {
  const path = join(root, name);
  writeFileSync(path, content);
  utimesSync(path, 1e9, 1e9);
  return path;
}

async function endOf(path: string, most: number) {
  const read = await readFileEnd(path, most, never);
  if (!read.ok) return read.failure.code;
  const { bytes, ...rest } = read.value;
  return { text: bytes.toString(), ...rest };
}

describe.each([
  ['plain', (text: string) => Buffer.from(text)],
  ['gzip', (text: string) => gzipSync(text)],
  ['gzip of several members', (text: string) => Buffer.concat([gzipSync(text.slice(0, 5)), gzipSync(text.slice(5))])],
])('a file that is %s', (name, written) => {
  it.each([
    ['a\nbc\n', 5, 'a\nbc\n'],
    ['a\nbc\n', 100, 'a\nbc\n'],
    ['a\nbc\n', 4, 'bc\n'],
    // The line begins exactly there.
    ['a\nbc\n', 3, 'bc\n'],
    ['a\nbc\n', 2, ''],
    ['a\nbc\n', 0, ''],
    ['a\nbc', 3, 'bc'],
    // Half a line could be half a secret.
    ['one very long line', 8, ''],
    ['\n\n\n', 2, '\n\n'],
    ['', 5, ''],
  ])('%j, its last %d bytes', async (text, most, shown) => {
    const path = file('log', written(text));
    expect(await endOf(path, most)).toEqual({
      text: shown,
      size: text.length,
      cut: text.length > most,
      modifiedAt: 1e12,
    });
  });

  it('is read whatever its length', async () => {
    const text = Array.from({ length: 90_000 }, (_, line) => `line ${line}\n`).join('');
    const path = file('long', written(text));
    for (const most of [1, 262_143, 262_144, 262_145, 600_000, text.length - 1, text.length]) {
      const from = most >= text.length ? 0 : text.indexOf('\n', text.length - most - 1) + 1;
      expect(await endOf(path, most)).toMatchObject({ text: text.slice(from), size: text.length });
    }
  });

  it(`and huge keeps little in memory (${name})`, async () => {
    const line = `${'x'.repeat(1023)}\n`;
    const text = line.repeat(1 << 17);
    const path = file('huge', written(text));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 1);
    const end = await endOf(path, 10_000);
    clearInterval(watch);
    expect(end).toMatchObject({ text: line.repeat(9), size: 1 << 27, cut: true });
    // 128 MB go by.
    expect(most).toBeLessThan(64 << 20);
  });
});

describe('a file', () => {
  it('of a gigabyte that is mostly a hole is read at its end', async () => {
    const path = join(root, 'sparse');
    const descriptor = openSync(path, 'w');
    ftruncateSync(descriptor, 1 << 30);
    writeSync(descriptor, '\nthe end\n', 1 << 30);
    closeSync(descriptor);
    expect(await endOf(path, 100)).toMatchObject({ text: 'the end\n', size: (1 << 30) + 9, cut: true });
  });

  it('that is compressed and damaged, or cut off, is read up to there', async () => {
    const text = Array.from({ length: 5000 }, (_, line) => `line ${line * 7919}\n`).join('');
    const whole = gzipSync(text);
    const cut = await readFileEnd(file('cut', whole.subarray(0, whole.length - 9)), 1 << 20, never);
    expect(cut).toMatchObject({ ok: true, value: { damaged: { code: 'truncated-input' } } });
    const got = cut.ok ? cut.value.bytes.toString() : '';
    expect(got.length).toBeGreaterThan(1000);
    expect(text.startsWith(got)).toBe(true);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 9000, 9100);
    expect(await readFileEnd(file('damaged', damaged), 1 << 20, never)).toMatchObject({
      value: { damaged: { code: 'corrupt-input' } },
    });
  });

  it('that the kernel makes up is read, though it has no size', async () => {
    const end = await endOf('/proc/self/status', 100_000);
    expect(end).toMatchObject({ text: expect.stringContaining('Pid:'), cut: false });
  });

  it('is given up when the time is up', async () => {
    const path = file('late', 'x');
    expect(await readFileEnd(path, 10, AbortSignal.abort(reason))).toMatchObject({ ok: false, failure: reason });
    // A bomb: 200 MB of zeros.
    const bomb = file('bomb', Buffer.concat(Array(200).fill(gzipSync(Buffer.alloc(1_000_000)))));
    const controller = new AbortController();
    const reading = readFileEnd(bomb, 10, controller.signal);
    setImmediate(() => controller.abort(reason));
    expect(await reading).toMatchObject({ ok: false, failure: reason });
  });
});

describe('what is no regular file', () => {
  const at = join(root, 'others');
  mkdirSync(at);
  execFileSync('mkfifo', [join(at, 'fifo')]);
  mkdirSync(join(at, 'folder'));
  writeFileSync(join(at, 'file'), 'x');
  symlinkSync('file', join(at, 'link'));
  symlinkSync('fifo', join(at, 'link-to-fifo'));
  symlinkSync('nowhere', join(at, 'dangling'));

  it.each([
    ['fifo', 'is a FIFO'],
    ['folder', 'is a directory'],
    ['link', 'is a symbolic link to file, and links are not followed'],
    ['link-to-fifo', 'is a symbolic link to fifo, and links are not followed'],
    ['dangling', 'is a symbolic link to nowhere, and links are not followed'],
    ['../../../../../../../dev/zero', 'is a device'],
    ['../../../../../../../dev/null', 'is a device'],
  ])('%s is a failure that says what it is', async (name, says) => {
    const path = join(at, name);
    const failure = { code: 'not-a-file', step: 'input', detail: expect.stringContaining(`${path} ${says}`) };
    expect(await readFileEnd(path, 10, never)).toMatchObject({ ok: false, failure });
    expect(await lookAtSource(path)).toMatchObject({ ok: false, failure });
  });

  it('a socket, too', async () => {
    const server = createServer().listen(join(at, 'socket'));
    await once(server, 'listening');
    const failure = { code: 'not-a-file', detail: expect.stringContaining('is a socket') };
    expect(await readFileEnd(join(at, 'socket'), 10, never)).toMatchObject({ ok: false, failure });
    server.close();
  });

  it('and what is not there', async () => {
    expect(await endOf(join(at, 'none'), 10)).toBe('file-not-found');
    expect(await endOf(join(at, 'file', 'x'), 10)).toBe('file-not-found');
    expect(await lookAtSource(join(at, 'none'))).toMatchObject({ failure: { code: 'file-not-found' } });
  });

  it('a FIFO is not even opened: nobody who writes to it notices', async () => {
    const writer = execFileSync.bind(undefined, 'timeout') as (args: readonly string[], options: object) => Buffer;
    await readFileEnd(join(at, 'fifo'), 10, never);
    await lookAtSource(join(at, 'fifo'));
    // Opening for writing without waiting fails as long as nobody has it open.
    expect(() =>
      writer(['5', 'dd', `of=${join(at, 'fifo')}`, 'oflag=nonblock'], { stdio: 'pipe', input: 'x' }),
    ).toThrow(/No such device or address/);
  });
});

describe('looking at a source', () => {
  it('tells its size, and that it is compressed', async () => {
    const path = file('look', 'four');
    expect(await lookAtSource(path)).toMatchObject({
      ok: true,
      value: { bytes: 4, compressed: false, modifiedAt: 1e12 },
    });
    const packed = gzipSync('four');
    expect(await lookAtSource(file('look.gz', packed))).toMatchObject({
      value: { bytes: packed.length, compressed: true },
    });
  });

  it.skipIf(process.getuid?.() !== 0)('and that this user may not read it', async () => {
    const path = file('secret', 'x');
    chmodSync(path, 0o600);
    chmodSync(root, 0o755);
    process.seteuid?.(65_534);
    const outcomes = [await lookAtSource(path), await readFileEnd(path, 10, never)];
    process.seteuid?.(0);
    expect(outcomes).toMatchObject(Array(2).fill({ ok: false, failure: { code: 'permission-denied' } }));
  });
});

describe('rotated files', () => {
  const at = join(root, 'rotated');
  mkdirSync(at);

  it('are those of logrotate, newest first', () => {
    const names = [
      'syslog.10.gz',
      'syslog.2.gz',
      'syslog.1',
      'syslog-20261119.gz',
      'syslog-20261120',
      'syslog-20261120-1763596800.gz',
    ];
    const others = [
      'syslog.old',
      'syslog.1.bak',
      'syslog.1.xz',
      'syslogs.1',
      'asyslog.1',
      'syslog-2026',
      'syslog.1.gz~',
    ];
    for (const name of [...names, ...others, 'syslog']) writeFileSync(join(at, name), '');
    expect(rotatedFiles(join(at, 'syslog'))).toEqual(
      [
        'syslog',
        'syslog.1',
        'syslog.2.gz',
        'syslog.10.gz',
        'syslog-20261120-1763596800.gz',
        'syslog-20261120',
        'syslog-20261119.gz',
      ].map((name) => join(at, name)),
    );
  });

  it('are none where there is no such folder, and the name is nothing but a name', () => {
    expect(rotatedFiles(join(at, 'none', 'log'))).toEqual([join(at, 'none', 'log')]);
    writeFileSync(join(at, 'a+b[1].log.1'), '');
    truncateSync(join(at, 'a+b[1].log.1'), 0);
    expect(rotatedFiles(join(at, 'a+b[1].log'))).toEqual([join(at, 'a+b[1].log'), join(at, 'a+b[1].log.1')]);
  });
});
