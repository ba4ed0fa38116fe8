import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnchorIndex, createAnchorIndex, createPlainAnchorIndex, SLICE } from '../../src/decoders/anchor-index.js';

/** All bytes at random, or only those that anchors are made of. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(fc.constantFrom(...Buffer.from('09afAFgG \t\nctCTlLgG(-')), { maxLength: 400 })
    .map((all) => Uint8Array.from(all)),
  fc.array(fc.constantFrom('0123456789 ', 'direct\t', 'railgun', '\n', 'a', ' '), { maxLength: 60 }).map((all) => {
    return Uint8Array.from(Buffer.from(all.join('')));
  }),
);

function anchorsIn(index: AnchorIndex, input: Uint8Array, begin: number, end: number): number[] {
  index.window.fill(0x0a, 0, 1024);
  index.window.set(input, 512);
  return [...index.anchors.subarray(0, index.find(512 + begin, 512 + end))];
}

describe('anchor index', () => {
  const wasm = createAnchorIndex();
  const plain = createPlainAnchorIndex();

  it('is WebAssembly here', () => {
    expect(wasm.window.buffer.byteLength).toBeGreaterThan(wasm.window.length);
    expect(plain.window.buffer.byteLength).toBe(plain.window.length);
  });

  it('finds newlines, ends of ids, ends of "direct" and the middle of "railgun"', () => {
    const at = (text: string) => anchorsIn(wasm, Buffer.from(text), 0, text.length).map((position) => position - 512);
    expect(at('151df128a1 2')).toEqual([10]);
    expect(at('151df128a\t')).toEqual([]);
    expect(at('151df128a12 ')).toEqual([]);
    expect(at('x151DF128a1\t')).toEqual([11]);
    expect(at('\n\ndirect (')).toEqual([0, 1, 8]);
    expect(at('cf-RaiLGun')).toEqual([6]);
    expect(at(`${'f'.repeat(70)} ${'0'.repeat(10)} `)).toEqual([81]);
  });

  it('is the same in plain JavaScript, for any range', () => {
    fc.assert(
      fc.property(bytes, fc.nat(400), fc.nat(400), (input, from, to) => {
        const [begin, end] = [Math.min(from, to, input.length), Math.min(Math.max(from, to), input.length)];
        expect(anchorsIn(wasm, input, begin, end)).toEqual(anchorsIn(plain, input, begin, end));
      }),
      { numRuns: 2000 },
    );
  });

  it('has room for a slice that is all anchors, at the end of the window', () => {
    wasm.window.fill(0x0a);
    const begin = wasm.window.length - SLICE;
    expect(wasm.find(begin, wasm.window.length)).toBe(SLICE);
    expect([wasm.anchors[0], wasm.anchors[SLICE - 1]]).toEqual([begin, wasm.window.length - 1]);
  });

  it('is compiled from its source', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build-anchor-index.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});
