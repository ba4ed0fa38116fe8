import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLastLines } from '../../src/decoders/last-lines.js';

function lastOf(pieces: readonly string[], most: number) {
  const lines = createLastLines(most);
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    lines.push(bytes);
    // Whoever read it reads the next one into the same memory.
    bytes.fill(0);
  }
  return lines.finish();
}

describe('the last lines', () => {
  it.each([
    [['one\ntwo\n'], 8, { text: 'one\ntwo\n', cut: false }],
    [['one\ntwo\n'], 7, { text: 'two\n', cut: true }],
    [['one\ntwo\n'], 4, { text: 'two\n', cut: true }],
    [['one\ntwo\n'], 3, { text: '', cut: true }],
    [['on', 'e\ntw', 'o\n', 'three\n'], 10, { text: 'two\nthree\n', cut: true }],
    [['one\nzwölf\n'], 7, { text: 'zwölf\n', cut: true }],
    [['no end'], 3, { text: '', cut: true }],
    [[], 3, { text: '', cut: false }],
  ])('of %j in %d bytes', (pieces, most, last) => {
    expect(lastOf(pieces, most)).toEqual(last);
  });

  it('are the same however the text comes', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'ö', '\n'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(60), (pieces, most) => {
        const whole = pieces.join('');
        const last = lastOf(pieces, most);
        expect(last).toEqual(lastOf([whole], most));
        expect(Buffer.byteLength(last.text)).toBeLessThanOrEqual(most);
        expect(last.cut).toBe(Buffer.byteLength(whole) > most);
        // Whole lines, and no more that would have had room.
        const lines = whole.split(/(?<=\n)/);
        const kept = last.text === '' ? 0 : last.text.split(/(?<=\n)/).length;
        expect(last.text).toBe(lines.slice(lines.length - kept).join(''));
        const one = lines.slice(0, lines.length - kept).at(-1);
        if (last.cut && one?.endsWith('\n')) expect(Buffer.byteLength(one + last.text)).toBeGreaterThan(most);
      }),
    );
  });
});
