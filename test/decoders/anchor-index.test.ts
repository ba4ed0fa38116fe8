import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANCHOR,
  type AnchorIndex,
  COUNTS,
  createAnchorIndex,
  createPlainAnchorIndex,
  EVENT_COUNT,
  EVENT_WORDS,
  LINE_END,
  LINE_LIMIT,
  LINE_START,
  LONG_LINE,
  RECORD_COUNT,
  RECORD_WORDS,
  SLICE,
  WANTS_LINES,
} from '../../src/decoders/anchor-index.js';

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

/** Kind, position, start of the line, newlines and records before it, of each event in input[begin, end). */
function eventsIn(index: AnchorIndex, input: Uint8Array, modes: number, begin = 0, end = input.length): number[][] {
  index.window.fill(0x0a, 0, AT + 600);
  index.window.set(input, AT);
  index.state.set([AT + begin, 0, 0, 0], LINE_START);
  index.find(AT + begin, AT + end, AT + input.length, modes);
  return Array.from({ length: index.state[EVENT_COUNT] ?? 0 }, (_, i) => {
    const [event = 0, lineStart = 0, ...counts] = index.events.subarray(i * EVENT_WORDS, (i + 1) * EVENT_WORDS);
    return [event >> 24, (event & 0xff_ffff) - AT, lineStart - AT, ...counts];
  });
}

describe('anchor index', () => {
  const wasm = createAnchorIndex();
  const plain = createPlainAnchorIndex();

  it('is WebAssembly here', () => {
    const text = Buffer.from('151df128a1 2.05 0.009465 0031 5360\n');
    expect([wasm, plain].map((index) => eventsIn(index, text, COUNTS).length)).toEqual([0, 1]);
  });

  it('finds ends of ids, ends of "direct" and the middle of "railgun"', () => {
    const at = (text: string) => eventsIn(wasm, Buffer.from(text), 0).map((event) => event[1]);
    expect(at('151df128a1 2')).toEqual([10]);
    expect(at('151df128a\t')).toEqual([]);
    expect(at('151df128a12 ')).toEqual([]);
    expect(at('x151DF128A1\t')).toEqual([11]);
    expect(at('\n\ndirect (')).toEqual([8]);
    expect(at('cf-RaiLGun')).toEqual([6]);
    expect(at(`${'f'.repeat(70)} ${'0'.repeat(10)} `)).toEqual([81]);
  });

  it('finds the ends of lines without a record', () => {
    const text = Buffer.from('a\n\n"151df128a1 2.05 0.009465 0031 5360"\nx direct (y)\n');
    expect(eventsIn(wasm, text, WANTS_LINES | COUNTS)).toEqual([
      [LINE_END, 1, 0, 0, 0],
      [LINE_END, 2, 2, 1, 0],
      [ANCHOR, 48, 40, 3, 1],
      [LINE_END, 52, 40, 3, 1],
    ]);
  });

  it('says when the first value of a line begins beyond its limit', () => {
    const value = ' 151df128a1 2.05 0.009465 0031 5360';
    const run = (before: number) => {
      const text = Buffer.from(`${'.'.repeat(before - 1)}${value}${value}\n`);
      wasm.window.set(text, AT);
      wasm.state.set([AT, 0, 0, 0], LINE_START);
      const events: number[] = [];
      for (let at = 0; at < text.length; at += SLICE) {
        wasm.find(AT + at, AT + Math.min(at + SLICE, text.length), AT + text.length, COUNTS | WANTS_LINES);
        for (let i = 0; i < (wasm.state[EVENT_COUNT] ?? 0); i += 1) events.push(wasm.events[i * EVENT_WORDS] ?? 0);
      }
      return events.map((event) => [event >> 24, (event & 0xff_ffff) - AT]);
    };
    expect(run(LINE_LIMIT - 1)).toEqual([]);
    expect(run(LINE_LIMIT)).toEqual([[LONG_LINE, LINE_LIMIT]]);
    expect(run(LINE_LIMIT + 100)).toEqual([[LONG_LINE, LINE_LIMIT + 100]]);
  });

  it('is the same in plain JavaScript, for any range', () => {
    fc.assert(
      fc.property(bytes, fc.nat(400), fc.nat(400), fc.constantFrom(0, WANTS_LINES), (input, from, to, modes) => {
        const [begin, end] = [Math.min(from, to, input.length), Math.min(Math.max(from, to), input.length)];
        expect(eventsIn(wasm, input, modes, begin, end)).toEqual(eventsIn(plain, input, modes, begin, end));
        expect([...wasm.state]).toEqual([...plain.state]);
      }),
      { numRuns: 2000 },
    );
  });

  it('has room for a slice that is all anchors or all values, at the end of the window', () => {
    const begin = wasm.window.length - SLICE;
    wasm.window.fill(0x0a);
    wasm.state.set([begin, 0, 0, 0], LINE_START);
    wasm.find(begin, wasm.window.length, wasm.window.length, WANTS_LINES);
    expect(wasm.state[EVENT_COUNT]).toBe(SLICE);
    expect((wasm.events.at(-EVENT_WORDS) ?? 0) & 0xff_ffff).toBe(wasm.window.length - 1);

    const shortest = '0123456789 stream"';
    wasm.window.set(Buffer.from(shortest.repeat(SLICE / shortest.length)), begin);
    wasm.find(begin, wasm.window.length, wasm.window.length, COUNTS);
    expect(wasm.state[RECORD_COUNT]).toBe(Math.floor(SLICE / shortest.length));
    expect((wasm.state[RECORD_COUNT] ?? 0) * RECORD_WORDS).toBeLessThanOrEqual(wasm.recordWords.length);
  });

  it('is compiled from its source', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build-anchor-index.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});
