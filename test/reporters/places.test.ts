import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import { bySeverity } from '../../src/model/severity.js';
import type { View } from '../../src/reporters/reporter.js';
import { columnsOf } from '../../src/reporters/text/columns.js';
import { windowed } from '../../src/reporters/text/window.js';
import { loadText } from '../../src/reporters/text.js';
import { findingOf, reportOf, runOf, written } from './invented.js';
import { anyFinding, anyPlace } from './outside.js';

const plain = await loadText({ colour: false });

/** The lines of the findings, without the indentation that all of them have. */
function drawn(findings: readonly Finding[], view: Partial<View> = {}): string[] {
  const reports = [{ report: reportOf({ findings }), blocks: [] }];
  return written(plain, { run: runOf(), records: [], reports }, view)
    .split('\n')
    .slice(1, -1)
    .map((line) => line.slice(2));
}

const placedAt = (place: Finding['place'], more: Partial<Finding> = {}) =>
  findingOf({ rule: 'x/rule', status: 'warn', says: 'Bad.', ...(place !== undefined && { place }), ...more });

/** What is underlined in the drawn line, by columns; and where. */
function underlined(lines: readonly string[]): { text: string; carets: number } {
  const at = lines.findIndex((line) => /│ *\^+$/.test(line));
  const [source = '', mark = ''] = [lines[at - 1], lines[at]];
  const start = columnsOf(mark.slice(0, mark.indexOf('^')));
  let column = 0;
  let text = '';
  for (const { segment } of new Intl.Segmenter().segment(source)) {
    if (column >= start && column < columnsOf(mark)) text += segment;
    column += columnsOf(segment);
  }
  return { text, carets: mark.length - mark.indexOf('^') };
}

describe('a finding with a place', () => {
  it('is drawn as compilers do', () => {
    const place = { file: 'railgun.conf', line: 12, column: 1, length: 8, text: 'wan.prot = 2408' };
    const fix = { says: 'renames it', edits: [{ ...place, length: 8, replacement: 'wan.port' }] };
    expect(drawn([placedAt(place, { says: 'no such key', remedy: 'Correct it.\nOr remove it.', fix })])).toEqual([
      '! railgun.conf:12:1: no such key  [rule]',
      '  12 │ wan.prot = 2408',
      '     │ ^^^^^^^^',
      '  → Correct it.',
      '  → Or remove it.',
      '  fix: renames it (--fix does this)',
    ]);
  });

  it('is one line where the line is nobody’s business, or it is all of the file', () => {
    expect(drawn([placedAt({ file: 'f', line: 3, column: 5, length: 32 })])).toEqual(['! f:3:5: Bad.  [rule]']);
    expect(drawn([placedAt({ file: 'f' })])).toEqual(['! f: Bad.  [rule]']);
  });

  it('shows what can be put right without a place, too', () => {
    const fix = { says: 'mends it', edits: [] };
    expect(drawn([placedAt(undefined, { fix })])).toEqual(['! Bad.', '  fix: mends it (--fix does this)']);
  });

  it.each([
    ['a=b;', 4, 1, ';'],
    ['\tkey = value', 2, 3, 'key'],
    ['key\t=\tvalue', 7, 5, 'value'],
    ['中文 = 日本', 6, 2, '日本'],
    ['中文 = 日本', 1, 2, '中文'],
    ['👍🏽 = ❤️', 8, 2, '❤️'],
    ['e\u0301e\u0301 = x', 8, 1, 'x'],
    ['\u001b[31m = x', 9, 1, 'x'],
    [`${'x'.repeat(200)}here${'y'.repeat(200)}`, 201, 4, 'here'],
    [`${'中'.repeat(200)}ここ${'中'.repeat(200)}`, 201, 2, 'ここ'],
    [`${'x'.repeat(1_000_000)}here${'y'.repeat(1_000_000)}`, 1_000_001, 4, 'here'],
    [`${'x'.repeat(200)}here`, 201, 4, 'here'],
    [`here${'x'.repeat(200)}`, 1, 4, 'here'],
  ])('underlines in %j from %i, %i long, %j', (text, column, length, meant) => {
    for (const width of [40, 80, 120]) {
      const { text: under, carets } = underlined(
        drawn([placedAt({ file: 'f', line: 1, column, length, text })], { width }),
      );
      expect(under).toBe(meant);
      expect(carets).toBe(columnsOf(meant));
    }
  });

  it.each([
    ['of no length', { column: 2, length: 0 }, 2],
    ['a point', { column: 2 }, 2],
    ['behind the end', { column: 4, length: 1 }, 4],
    ['far behind the end', { column: 400, length: 400 }, 4],
    ['before the beginning', { column: -4, length: 1 }, 1],
    ['not a number', { column: Number.NaN, length: Number.NaN }, 1],
  ])('has one caret where it is %s', (_, place, column) => {
    expect(drawn([placedAt({ file: 'f', line: 1, text: 'abc', ...place })]).slice(1)).toEqual([
      '  1 │ abc',
      `    │ ${' '.repeat(column - 1)}^`,
    ]);
  });

  it('uses the room that there is', () => {
    for (const column of [1, 60, 300, 597]) {
      const [, line = ''] = drawn([
        placedAt({ file: 'f', line: 1, column, length: 4, text: 'word '.repeat(120).trim() }),
      ]);
      expect(columnsOf(line)).toBeGreaterThan(70);
    }
  });

  it('stays within the width, whatever the place', () => {
    fc.assert(
      fc.property(anyFinding, anyPlace, fc.integer({ min: 40, max: 120 }), (any, place, width) => {
        // A command to paste is never folded.
        const { again: _, ...finding } = any;
        for (const line of drawn([{ ...finding, place }], { width })) {
          expect(columnsOf(line)).toBeLessThanOrEqual(width - 2);
        }
        for (const line of drawn([placedAt(place)], { width })) expect(line.trimEnd()).toBe(line);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a window', () => {
  it('is a part of the line, in order, and between ellipses where there is more', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '\t', '中', 'e\u0301', '👍🏽', '\u202e'), maxLength: 200 }),
        fc.nat(400),
        fc.nat(400),
        fc.integer({ min: 8, max: 80 }),
        (text, at, length, room) => {
          const start = Math.min(at, text.length);
          const cells = windowed(text, start, Math.min(start + length, text.length), room);
          const inner = cells.filter(({ offset }) => offset >= 0 && Number.isFinite(offset));
          const [first, last] = [inner[0]?.offset ?? 0, inner.at(-1)?.offset ?? 0];
          expect(cells[0]?.text === '…').toBe(first > 0);
          expect(cells.at(-1)?.offset === Number.POSITIVE_INFINITY).toBe(
            last + String.fromCodePoint(text.codePointAt(last) ?? 97).length < text.length,
          );
          expect(cells.reduce((total, { columns }) => total + columns, 0)).toBeLessThanOrEqual(room);
          expect(columnsOf(cells.map((cell) => cell.text).join(''))).toBeLessThanOrEqual(room);
          const offsets = inner.map(({ offset }) => offset);
          expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the order', () => {
  it('is by severity, then by file, line and column; what has no place comes before what has one', () => {
    const at = (file: string, line: number, column: number, status: Finding['status'] = 'warn') =>
      placedAt({ file, line, column }, { status });
    const whole = placedAt({ file: 'b' });
    const nowhere = placedAt(undefined);
    const ordered = [at('b', 90, 1, 'fail'), nowhere, whole, at('b', 2, 9), at('b', 10, 1), at('a', 1, 1)];
    const given = [5, 4, 1, 3, 2, 0].map((index) => ordered[index]).filter((finding) => finding !== undefined);
    // The file `b` is named first.
    const first = at('b', 1, 1, 'pass');
    expect(bySeverity([first, ...given])).toEqual([...ordered, first]);
  });

  it('is that of the rules where there are no places', () => {
    const findings = ['x/c', 'x/a', 'x/b'].map((rule) => findingOf({ rule, status: 'warn' }));
    expect(bySeverity(findings)).toEqual(findings);
  });
});
