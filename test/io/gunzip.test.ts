import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createGzip, deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createGunzipper } from '../../src/io/gunzip.js';
import type { Failure } from '../../src/model/failure.js';

const never = new AbortController().signal;

/** What comes out of `bytes` when they are pushed `at` bytes at a time. */
async function inflate(bytes: Uint8Array, at = bytes.length) {
  const chunks: Uint8Array[] = [];
  const gunzipper = createGunzipper((chunk) => void chunks.push(chunk), never);
  let failure: Failure | undefined;
  for (let from = 0; from < bytes.length && failure === undefined; from += at) {
    failure = await gunzipper.push(bytes.subarray(from, from + at));
  }
  failure ??= await gunzipper.end();
  return { text: Buffer.concat(chunks), failure };
}

/** Lines of a log: they compress as logs do, about tenfold, and no two are the same. */
function logLines(count: number): Buffer {
  const lines = Array.from({ length: count }, (_, n) => `192.0.2.${n % 251} - - "GET /${(n * 7919) % 100_003} ${n}"\n`);
  return Buffer.from(lines.join(''));
}

const text = logLines(20_000);
const whole = gzipSync(text);
const afterIt = 'there is something after the compressed data that is neither padding nor gzip';

describe('several members', () => {
  const members = ['first\n', '', 'second\n', '', '', 'third\n'].map((content) => gzipSync(content));
  const all = Buffer.concat(members);

  it('come out one after the other, however the pieces fall', async () => {
    for (let at = 1; at <= all.length; at += 1) {
      const { text, failure } = await inflate(all, at);
      expect({ at, text: text.toString(), failure }).toEqual({
        at,
        text: 'first\nsecond\nthird\n',
        failure: undefined,
      });
    }
  });

  it('may end at any byte of the pieces that are inflated at a time', async () => {
    const noise = randomBytes(1 << 13);
    const second = gzipSync('second');
    for (let length = 8140; length <= 8192; length += 1) {
      const { text, failure } = await inflate(Buffer.concat([gzipSync(noise.subarray(0, length)), second]));
      expect({ length, bytes: text.length, failure }).toEqual({ length, bytes: length + 6, failure: undefined });
    }
  });

  it('may have every optional field in the header', async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0]);
    const body = Buffer.from('name\0comment\0');
    const plain = gzipSync('content');
    const fancy = Buffer.concat([header, body, plain.subarray(10)]);
    for (const at of [1, 7, fancy.length]) {
      expect(await inflate(Buffer.concat([fancy, fancy]), at)).toMatchObject({
        text: Buffer.from('contentcontent'),
        failure: undefined,
      });
    }
  });
});

describe('after the compressed data', () => {
  it.each([1, 8, 512, 10_240, 100_000])('%i NULs are padding', async (count) => {
    const { text: inflated, failure } = await inflate(Buffer.concat([whole, Buffer.alloc(count)]));
    expect(failure).toBeUndefined();
    expect(inflated.equals(text)).toBe(true);
  });

  it('another member may follow the padding', async () => {
    const { text: inflated, failure } = await inflate(Buffer.concat([gzipSync('a'), Buffer.alloc(600), gzipSync('b')]));
    expect([inflated.toString(), failure]).toEqual(['ab', undefined]);
  });

  it.each([
    ['text', Buffer.from('garbage')],
    ['NULs, then text', Buffer.from('\0\0\0garbage')],
    ['what only begins as gzip does', Buffer.from([0x1f, 0x8b, 7, 0])],
    ['one byte', Buffer.from('x')],
  ])('%s is reported when everything was handed over', async (_, garbage) => {
    for (const at of [997, 5000, whole.length + garbage.length]) {
      const { text: inflated, failure } = await inflate(Buffer.concat([whole, garbage]), at);
      expect(failure).toEqual({ code: 'corrupt-input', step: 'input', blame: 'us', detail: afterIt });
      expect(inflated.equals(text)).toBe(true);
    }
  });
});

describe('data that is cut off', () => {
  it('is inflated up to its last byte', async () => {
    // A stored block, so that every byte of the input is one of the output.
    const stored = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 0xff, 0xff, 0, 0]), text]);
    const { text: inflated, failure } = await inflate(stored.subarray(0, 15 + 50_000));
    expect(failure?.code).toBe('truncated-input');
    expect(inflated.length).toBe(50_000);
    expect(inflated.equals(text.subarray(0, inflated.length))).toBe(true);
  });

  it.each([1, 3, 9, 10, whole.length - 9, whole.length - 8, whole.length - 1])('after %i bytes', async (length) => {
    const { text: inflated, failure } = await inflate(whole.subarray(0, length));
    expect(failure).toMatchObject({ code: 'truncated-input', step: 'input' });
    expect(inflated.equals(text.subarray(0, inflated.length))).toBe(true);
    if (length >= whole.length - 8) expect(inflated.length).toBe(text.length);
  });
});

describe('data that is damaged', () => {
  const before = text.subarray(0, 300_000);
  /** A deflate block of a type that does not exist: the bits 1 and 11 are its first. */
  const damage = Buffer.from([7]);
  /** Z_FULL_FLUSH ends at a byte, so that the damage is exactly there. */
  const deflated = deflateRawSync(before, { finishFlush: 3 });
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

  it.each([100, 1000, 1 << 20])('loses nothing that precedes the damage, pushed %i bytes at a time', async (at) => {
    const damaged = Buffer.concat([head, deflated, damage, randomBytes(50_000)]);
    const { text: inflated, failure } = await inflate(damaged, at);
    expect(failure).toMatchObject({ code: 'corrupt-input', step: 'input', detail: 'invalid block type' });
    expect(inflated.equals(before)).toBe(true);
  });

  it('loses at most one piece where it is too far from the beginning to inflate all of it again', async () => {
    const noise = randomBytes(40 << 20);
    const damaged = Buffer.concat([head, deflateRawSync(noise, { finishFlush: 3, level: 1 }), damage]);
    const { text: inflated, failure } = await inflate(damaged);
    expect(failure?.code).toBe('corrupt-input');
    expect(noise.length - inflated.length).toBeLessThan(16 << 10);
    expect(inflated.equals(noise.subarray(0, inflated.length))).toBe(true);
  });

  it('loses no more than one byte stands for, wherever the damage is', async () => {
    for (let at = 11; at < whole.length - 8; at += 4999) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xff, at, at + 64);
      const { text: inflated, failure } = await inflate(damaged);
      expect(failure?.code).toBe('corrupt-input');
      const sound = (await inflate(whole.subarray(0, at - 1))).text;
      expect({ at, missing: Math.max(0, sound.length - inflated.length) }).toEqual({ at, missing: 0 });
      expect(inflated.subarray(0, sound.length).equals(sound)).toBe(true);
    }
  });

  it.each([
    ['checksum', -8, 'the data does not match its checksum'],
    ['length', -4, 'the data is not as long as its gzip member says'],
  ])('only in its %s is handed over whole', async (_, at, detail) => {
    const damaged = Buffer.from(whole);
    damaged[damaged.length + at] = (damaged.at(at) ?? 0) ^ 1;
    const { text: inflated, failure } = await inflate(damaged);
    expect(failure).toEqual({ code: 'corrupt-input', step: 'input', blame: 'us', detail });
    expect(inflated.equals(text)).toBe(true);
  });

  it('may begin in the header', async () => {
    const { failure } = await inflate(Buffer.from([0x1f, 0x8b, 8, 0xe0, 0, 0, 0, 0, 0, 3]));
    expect(failure).toMatchObject({ code: 'corrupt-input', detail: 'the header of the compressed data is damaged' });
  });
});

describe('a bomb', () => {
  const total = 1 << 30;
  let peak = 0;
  afterEach(() => {
    peak = 0;
  });

  it('of 1 GiB of NULs in 1 MB is inflated without being held', async () => {
    const bomb = createGzip({ level: 9 });
    const zeros = Buffer.alloc(1 << 22);
    const compressed: Buffer[] = [];
    bomb.on('data', (data: Buffer) => compressed.push(data));
    for (let at = 0; at < total; at += zeros.length) {
      if (!bomb.write(zeros)) await once(bomb, 'drain');
    }
    bomb.end();
    await once(bomb, 'end');

    const before = process.memoryUsage.rss();
    let bytes = 0;
    const gunzipper = createGunzipper((chunk) => {
      bytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage.rss());
    }, never);
    expect(await gunzipper.push(Buffer.concat(compressed))).toBeUndefined();
    expect(await gunzipper.end()).toBeUndefined();
    expect(bytes).toBe(total);
    expect(peak - before).toBeLessThan(256 << 20);
  });

  it('can be aborted: nothing more is handed over', async () => {
    const controller = new AbortController();
    let chunks = 0;
    const gunzipper = createGunzipper(() => {
      chunks += 1;
      controller.abort();
    }, controller.signal);
    expect(await gunzipper.push(gzipSync(Buffer.alloc(100 << 20)))).toBeUndefined();
    expect(await gunzipper.end()).toBeUndefined();
    expect(chunks).toBe(1);
  });
});

it('passes on what the one who takes throws', async () => {
  const gunzipper = createGunzipper(() => {
    throw new Error('no room');
  }, never);
  await expect(gunzipper.push(whole)).rejects.toThrow('no room');
});
