import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/model/printable.js';
import { clipped, columnsOf, cutAt } from '../../src/reporters/text/columns.js';
import { wrapped } from '../../src/reporters/text/wrapped.js';
import { anyText } from './outside.js';

describe('columnsOf', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['中文', 4],
    ['ｆｕｌｌ', 8],
    ['half: ｱｲ', 8],
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2],
    ['👍', 2],
    ['👍🏽', 2],
    ['🇩🇪', 2],
    ['❤', 1],
    ['❤️', 2],
    ['กำ', 2],
    ['─█✔→…│', 6],
    ['𠀀', 2],
  ])('of %j is %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

it.each([
  ['❤️❤️', 1, ['❤️', '❤️']],
  ['❤️❤️', 3, ['❤️', '❤️']],
  ['🇩🇪🇫🇷', 3, ['🇩🇪', '🇫🇷']],
  ['🇩🇪🇫🇷', 1, ['🇩🇪', '🇫🇷']],
  ['👍🏽👍🏽', 2, ['👍🏽', '👍🏽']],
  ['e\u0301e\u0301', 1, ['e\u0301', 'e\u0301']],
  ['\u0301\u0301a', 1, ['\u0301\u0301a', '']],
  ['中', 1, ['中', '']],
])('cuts %j at %i', (text, columns, parts) => {
  expect(cutAt(text, columns)).toEqual(parts);
});

it('cuts without losing anything, and never within a character', () => {
  fc.assert(
    fc.property(anyText.map(printable), fc.integer({ min: 1, max: 20 }), (text, columns) => {
      const [head, tail] = cutAt(text, columns);
      expect(head + tail).toBe(text);
      expect(columnsOf(head)).toBeLessThanOrEqual(Math.max(columns, 2));
      expect(columnsOf(head) + columnsOf(tail)).toBeGreaterThanOrEqual(columnsOf(text));
      expect(head === '').toBe(text === '');
      expect(columnsOf(clipped(text, columns + 1))).toBeLessThanOrEqual(Math.max(columns + 1, 3));
    }),
  );
});

describe('wrapped', () => {
  it.each([
    ['', 10, ['']],
    ['one two three', 7, ['one two', 'three']],
    ['one  two', 20, ['one  two']],
    ['abcdefghij klm', 4, ['abcd', 'efgh', 'ij', 'klm']],
    ['中文字符', 5, ['中文', '字符']],
    ['e\u0301e\u0301e\u0301', 2, ['e\u0301e\u0301', 'e\u0301']],
    ['中', 1, ['中']],
    ['     ', 3, ['']],
  ])('folds %j at %i', (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });

  it('loses nothing but blanks and keeps to the width', () => {
    fc.assert(
      fc.property(anyText.map(printable), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    wrapped('x'.repeat(1_000_000), 78);
    wrapped('word '.repeat(200_000), 78);
    wrapped('中'.repeat(200_000), 78);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
