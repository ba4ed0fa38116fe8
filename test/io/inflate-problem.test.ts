import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflateProblem } from '../../src/io/inflate-problem.js';

const text = Buffer.from(Array.from({ length: 2000 }, (_, line) => `line ${line * 7919} of a page\n`).join(''));
const packed = { gzip: gzipSync(text), br: brotliCompressSync(text) } as const;

describe.each(['gzip', 'br'] as const)('a body in %s', (coding) => {
  const whole = packed[coding];

  it('is good', () => {
    expect(inflateProblem(whole, coding)).toBeUndefined();
    expect(inflateProblem(coding === 'gzip' ? gzipSync('') : brotliCompressSync(''), coding)).toBeUndefined();
  });

  it('is truncated, wherever it is cut', () => {
    const places = [0, 1, 2, 9, 10, 11, Math.floor(whole.length / 2), whole.length - 8, whole.length - 1];
    const problems = places.map((at) => inflateProblem(whole.subarray(0, at), coding));
    expect(problems).toEqual(places.map(() => expect.stringMatching(/./)));
  });

  it('is corrupt', () => {
    const other = coding === 'gzip' ? packed.br : packed.gzip;
    for (const bytes of [other, text, deflateSync(text), Buffer.alloc(100, 0xff)]) {
      expect(inflateProblem(bytes, coding)).toMatch(/./);
    }
  });

  it('is judged, whatever it is, and stays as it was', () => {
    const changed = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), (what) => {
        const bytes = what instanceof Uint8Array ? what : Uint8Array.from(whole);
        if (!(what instanceof Uint8Array)) for (const [at, by] of what) bytes[at] = (bytes[at] ?? 0) ^ by;
        const before = Uint8Array.from(bytes);
        const problem = inflateProblem(bytes, coding);
        expect(problem).not.toBe('');
        expect(bytes).toEqual(before);
      }),
    );
  });
});

it('gzip whose check does not fit is corrupt', () => {
  const bytes = Buffer.from(packed.gzip);
  const at = bytes.length - 6;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  expect(inflateProblem(bytes, 'gzip')).toMatch(/check/);
});

it('gzip in several parts is good', () => {
  expect(inflateProblem(Buffer.concat([packed.gzip, packed.gzip]), 'gzip')).toBeUndefined();
  expect(inflateProblem(Buffer.concat([packed.gzip, packed.gzip.subarray(0, 50)]), 'gzip')).toMatch(/./);
});

describe('a bomb', () => {
  const unpackedSize = 1024 ** 3;
  const part = gzipSync(Buffer.alloc(16 * 1024 * 1024));
  const bombs = {
    gzip: Buffer.concat(Array.from({ length: unpackedSize / (16 * 1024 * 1024) }, () => part)),
    br: brotliCompressSync(Buffer.alloc(64 * 1024 * 1024)),
  };

  it.each(['gzip', 'br'] as const)('of %s is not unpacked to its end', (coding) => {
    const bomb = bombs[coding];
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    // What comes behind the first 16 MiB is not looked at, so nobody sees that it is broken.
    const broken = Buffer.concat([bomb.subarray(0, bomb.length - 8), Buffer.alloc(8, 0xff)]);
    const before = process.resourceUsage().maxRSS;
    const started = performance.now();
    expect(inflateProblem(bomb, coding)).toBeUndefined();
    expect(inflateProblem(broken, coding)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(5000);
    // KiB: far less than the whole would take.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(256 * 1024);
  });
});
