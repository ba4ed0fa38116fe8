import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANCHOR,
  type AnchorIndex,
  beginLine,
  COLUMN_KIND,
  COUNTS,
  createAnchorIndex,
  createPlainAnchorIndex,
  FORM_COUNTS,
  IS_SETTLED,
  LINE_END,
  LINE_LIMIT,
  LINE_START,
  LIST_COUNTS,
  SLICE,
  STOPPED,
  WANTS_LINES,
} from '../../src/decoders/anchor-index.js';
import { LINE } from '../../src/decoders/line-field.js';

const AT = 512;

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

/** Where `next` stops in input[begin, end), and what for. */
function stopsIn(index: AnchorIndex, input: Uint8Array, modes: number, begin = 0, end = input.length): number[][] {
  const { window, state } = index;
  window.fill(0x0a, 0, AT + 600);
  window.set(input, AT);
  state.set([AT + begin, 0, 0, LINE, 0], LINE_START);
  state.fill(0, LIST_COUNTS, LIST_COUNTS + 13);
  index.numbers.set([Infinity, 0, 0, 0, 1000, 100, 0, 0, Infinity, 0, 0, 0, 1, 100_000]);
  const stops: number[][] = [];
  for (let at = begin; at < end; at += 1) {
    at = index.next(AT + at, AT + end, AT + input.length, modes) - AT;
    if (at === end) break;
    stops.push([state[STOPPED] ?? 0, at]);
    if (state[STOPPED] === LINE_END) beginLine(state, AT + at + 1);
  }
  return stops;
}

describe('anchor index', () => {
  const wasm = createAnchorIndex();
  const plain = createPlainAnchorIndex();
  const value = '151df128a1 2.05 0.009465 0031 5360';

  it('is WebAssembly here', () => {
    const stops = [wasm, plain].map((index) => stopsIn(index, Buffer.from(`${value}\n`), COUNTS));
    expect(stops).toEqual([[], [[ANCHOR, 10]]]);
  });

  it('finds ends of ids, ends of "direct" and the middle of "railgun"', () => {
    const at = (text: string) => stopsIn(wasm, Buffer.from(text), 0).map(([, position]) => position);
    expect(at('151df128a1 2')).toEqual([10]);
    expect(at('151df128a\t')).toEqual([]);
    expect(at('151df128a12 ')).toEqual([]);
    expect(at('x151DF128A1\t')).toEqual([11]);
    expect(at('\n\ndirect (')).toEqual([8]);
    expect(at('cf-RaiLGun')).toEqual([6]);
    expect(at(`${'f'.repeat(70)} ${'0'.repeat(10)} `)).toEqual([81]);
  });

  it('stops at the ends of lines with something where their column is, and with nothing found in them', () => {
    const text = Buffer.from(`a\n\n"${value}"\n-\nx direct (y)\n`);
    expect(stopsIn(wasm, text, WANTS_LINES | COUNTS)).toEqual([
      [LINE_END, 1],
      [ANCHOR, 50],
      [LINE_END, 54],
    ]);
    expect(wasm.state[FORM_COUNTS]).toBe(1);
    expect([...wasm.numbers.subarray(0, 4)]).toEqual([2.05, 2.05, 0, 2_050_000_000]);
    expect(wasm.lists.map((list, i) => [wasm.state[LIST_COUNTS + i], list[0]])).toEqual([
      [1, 205],
      [1, 947],
      [1, 0x31],
      [1, 0x5360],
    ]);
  });

  it('leaves to the scanner what is beyond the finest steps, and the first value of a line beyond its limit', () => {
    expect(stopsIn(wasm, Buffer.from(value.replace('2.05', '1000')), COUNTS)).toEqual([[ANCHOR, 10]]);
    expect(stopsIn(wasm, Buffer.from(value.replace('0.009', '1.009')), COUNTS)).toEqual([[ANCHOR, 10]]);
    for (const [before, isSettled, stops] of [
      [LINE_LIMIT - 1, 0, false],
      [LINE_LIMIT, 0, true],
      [LINE_LIMIT, 1, false],
    ] as const) {
      const text = Buffer.from(`${'.'.repeat(before - 1)} ${value}`);
      wasm.window.set(text, AT);
      wasm.state.set([AT, 0, isSettled], LINE_START);
      expect(wasm.next(AT, AT + text.length, AT + text.length, COUNTS) < AT + text.length).toBe(stops);
    }
  });

  it('is the same in plain JavaScript, for any range', () => {
    fc.assert(
      fc.property(bytes, fc.nat(400), fc.nat(400), (input, from, to) => {
        const [begin, end] = [Math.min(from, to, input.length), Math.min(Math.max(from, to), input.length)];
        expect(stopsIn(wasm, input, 0, begin, end)).toEqual(stopsIn(plain, input, 0, begin, end));
        const lineState = [...wasm.state.subarray(LINE_START, COLUMN_KIND)];
        expect(lineState).toEqual([...plain.state.subarray(LINE_START, COLUMN_KIND)]);
      }),
      { numRuns: 2000 },
    );
  });

  it('has room for a slice that is all values, at the end of the window', () => {
    const begin = wasm.window.length - SLICE;
    const shortest = '0123456789 0 0.0 0\n';
    wasm.window.fill(0x0a);
    wasm.window.set(Buffer.from(shortest.repeat(SLICE / shortest.length)), begin);
    wasm.state.set([begin, 0, 0], LINE_START);
    wasm.state.fill(0, LIST_COUNTS, LIST_COUNTS + 13);
    expect(wasm.next(begin, wasm.window.length, wasm.window.length, COUNTS)).toBe(wasm.window.length);
    const [ratios = 0, times = 0, flags = 0] = wasm.state.subarray(LIST_COUNTS, LIST_COUNTS + 3);
    expect([ratios, times, flags]).toEqual([1, 1, 1].map(() => Math.floor(SLICE / shortest.length)));
    expect(ratios).toBeLessThanOrEqual(wasm.lists[0].length);
    expect(wasm.state[IS_SETTLED]).toBe(0);
  });

  it('is compiled from its sources', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build-webassembly.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});
