import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceEdit } from '../../src/model/place.js';
import { applyEdits } from '../../src/model/source-edits.js';

const edit = (line: number, column: number, length: number, replacement = ''): SourceEdit => ({
  file: 'a',
  line,
  column,
  length,
  replacement,
});

describe('edits', () => {
  it.each<[string, string, SourceEdit[][], string]>([
    ['in one line', 'a = 1;\n', [[edit(1, 6, 1)]], 'a = 1\n'],
    ['in lines of every end', 'a;\r\nb;\rc;\nd;', [1, 2, 3, 4].map((line) => [edit(line, 2, 1)]), 'a\r\nb\rc\nd'],
    ['of a whole line', 'a\nb\nc\n', [[edit(2, 1, 2)]], 'a\nc\n'],
    ['beside the deletion of a line', 'a\nb\n', [[edit(1, 1, 2)], [edit(2, 1, 1, 'x')]], 'x\n'],
    ['that put something in', 'ab', [[edit(1, 2, 0, '-')]], 'a-b'],
    ['at the end', 'a', [[edit(1, 2, 0, '!')]], 'a!'],
    ['in any order', '"a"', [[edit(1, 3, 1)], [edit(1, 1, 1)]], 'a'],
    ['behind a character of two units', '\u{1f600};', [[edit(1, 3, 1)]], '\u{1f600}'],
    ['of nothing', 'a\n', [], 'a\n'],
  ])('%s', (_, text, groups, expected) => {
    expect(applyEdits(text, groups)).toEqual({ text: expected, made: groups.flat() });
  });

  it.each<[string, SourceEdit[][], string, number]>([
    ['the second of two that overlap', [[edit(1, 1, 2, 'x')], [edit(1, 2, 2, 'y')]], 'xc\nd', 1],
    ['a second one at the same place', [[edit(1, 2, 0, 'x')], [edit(1, 2, 0, 'y')]], 'axbc\nd', 1],
    ['all of a group with one that overlaps', [[edit(1, 2, 1, 'x')], [edit(1, 1, 1, 'y'), edit(1, 2, 1)]], 'axc\nd', 1],
    ['a group that is in its own way', [[edit(1, 1, 2), edit(1, 2, 1)]], 'abc\nd', 0],
    ['what reaches over the end', [[edit(2, 1, 9)]], 'abc\nd', 0],
    ['what is behind its line', [[edit(1, 5, 0, 'x')]], 'abc\nd', 0],
    ['what is in no line', [[edit(3, 1, 0, 'x')], [edit(0, 1, 0, 'x')], [edit(1, 0, 0, 'x')]], 'abc\nd', 0],
    ['what overlaps a line further up', [[edit(2, 1, 1, 'x')], [edit(1, 3, 3, 'y')]], 'abc\nx', 1],
  ])('leaves out %s', (_, groups, text, made) => {
    const edited = applyEdits('abc\nd', groups);
    expect([edited.text, edited.made.length]).toEqual([text, made]);
  });

  it('frees the places of a group that could not be made', () => {
    const groups = [[edit(1, 1, 1, 'x')], [edit(1, 3, 1, 'y'), edit(1, 1, 1)], [edit(1, 3, 1, 'z')]];
    expect(applyEdits('abc', groups).text).toBe('xbz');
  });

  it('change nothing but what they name', () => {
    const texts = fc.array(fc.constantFrom('a', ' ', ';', '\n', '\r', '\r\n', '\u{1f600}'), { maxLength: 30 });
    const places = fc.record({ line: fc.integer({ min: 1, max: 9 }), column: fc.integer({ min: 1, max: 9 }) });
    const edits = fc.array(fc.tuple(places, fc.nat({ max: 3 }), fc.constantFrom('', 'X', 'XY')), { maxLength: 6 });
    fc.assert(
      fc.property(texts, edits, (parts, list) => {
        const text = parts.join('');
        const groups = list.map(([{ line, column }, length, put]) => [edit(line, column, length, put)]);
        const { text: edited, made } = applyEdits(text, groups);
        const gone = made.reduce((sum, { length }) => sum + length, 0);
        const come = made.reduce((sum, { replacement }) => sum + replacement.length, 0);
        expect(edited.length).toBe(text.length - gone + come);
        // What was put in is marked; what is left of the rest stands in its order.
        const kept = edited.replace(/[XY]/g, '');
        let at = -1;
        for (const unit of kept) {
          at = text.indexOf(unit, at + 1);
          expect(at).toBeGreaterThanOrEqual(0);
        }
        expect(applyEdits(edited, []).text).toBe(edited);
      }),
    );
  });

  it('are made in a time that grows with their number', () => {
    const text = 'a;\n'.repeat(300_000);
    const groups = Array.from({ length: 300_000 }, (_, index) => [edit(index + 1, 2, 1)]);
    expect(applyEdits(text, groups).text).toBe('a\n'.repeat(300_000));
  });
});
