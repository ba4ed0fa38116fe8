import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/model/printable.js';
import { createCsv } from '../../src/reporters/csv.js';
import { reportOf, runOf } from './invented.js';
import { anyText } from './outside.js';

/** RFC 4180 with LF, strictly: throws for anything else. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/y;
  while (cell.lastIndex < text.length) {
    const [, quoted, bare, end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error('not CSV');
    row.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const rowOf = (value: string | number | boolean | undefined) => {
  const [, row] = (createCsv().record?.({ value }) ?? '').split('\n');
  return row;
};

describe('csv', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['a\nb', 'a\\nb'],
    [' blanks ', '" blanks "'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\\t=1"],
    ['\r=1', "'\\r=1"],
    ['＝1', "'＝1"],
    ['=,"', '"\'=,"""'],
    ['-', '-'],
    ['a-b', 'a-b'],
    ['\u001b[31m', '\\x1b[31m'],
    [-1.5, '-1.5'],
    [1e-7, '1e-7'],
    [Number.NaN, ''],
    [true, 'true'],
    [undefined, ''],
    ['', ''],
  ])('writes %j as %j', (value, cell) => {
    expect(rowOf(value)).toBe(cell);
  });

  it('has the keys of the first record as its header, once, and keeps to them', () => {
    const reporter = createCsv();
    expect(reporter.record?.({ 'a,b': 1, c: 'x' })).toBe('"a,b",c\n1,x\n');
    expect(reporter.record?.({ c: 'y', 'a,b': 2 })).toBe('2,y\n');
    expect(reporter.record?.({ c: 'z' })).toBe(',z\n');
  });

  it('says nothing of reports and the run', () => {
    const reporter = createCsv();
    expect(reporter.report(reportOf(), []) + reporter.end(runOf())).toBe('');
  });

  it('parses back, one line a record, whatever comes from outside', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText, fc.integer()), { minLength: 1 }), (records) => {
        const reporter = createCsv();
        const text = records.map(([a, b, n]) => reporter.record?.({ a, b, n }) ?? '').join('');
        expect(text.split('\n')).toHaveLength(records.length + 2);
        const guarded = (value: string) => `${/^[=+\-@\t\r＝＋－＠]./su.test(value) ? "'" : ''}${printable(value)}`;
        expect(parsed(text)).toEqual([
          ['a', 'b', 'n'],
          ...records.map(([a, b, n]) => [guarded(a), guarded(b), String(n)]),
        ]);
      }),
    );
  });
});
