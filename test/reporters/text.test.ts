import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model/block.js';
import { printable } from '../../src/model/printable.js';
import type { View } from '../../src/reporters/reporter.js';
import { columnsOf } from '../../src/reporters/text/columns.js';
import { loadText } from '../../src/reporters/text.js';
import { findingOf, type Invented, reportOf, runOf, several, worst, written } from './invented.js';
import { anyBlock, anyRun } from './outside.js';

const [plain, coloured] = await Promise.all([loadText({ colour: false }), loadText({ colour: true })]);
const text = (invented: Invented, view: Partial<View> = {}) =>
  written(view.colour === true ? coloured : plain, invented, view);
const drawn = (block: Block, view: Partial<View> = {}) =>
  text({ run: runOf(), records: [], reports: [{ report: reportOf({ target: 't' }), blocks: [block] }] }, view)
    .split('\n')
    .slice(2, -1)
    .map((line) => line.slice(2));

describe('whatever comes from outside', () => {
  it('sends no control, bidirectional or invisible character to a terminal but line ends', () => {
    fc.assert(
      fc.property(anyRun, fc.boolean(), fc.integer({ min: 0, max: 200 }), (invented, verbose, width) => {
        const lines = text(invented, { verbose, width }).split('\n');
        expect(lines.map(printable)).toEqual(lines);
        expect(lines.at(-1)).toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('is the same with colour as without, but for the colours', () => {
    fc.assert(
      fc.property(anyRun, fc.boolean(), (invented, verbose) => {
        const bright = text(invented, { verbose, colour: true });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
        expect(bright.replaceAll(/\u001b\[\d+m/g, '')).toBe(text(invented, { verbose }));
        expect(stripVTControlCharacters(bright)).not.toContain('\u001b');
      }),
    );
  });

  it('stays within the width', () => {
    fc.assert(
      fc.property(anyBlock, fc.integer({ min: 40, max: 120 }), (block, width) => {
        // A table of many columns has a least width.
        fc.pre(block.kind !== 'table');
        for (const line of drawn(block, { width })) expect(columnsOf(line)).toBeLessThanOrEqual(width - 2);
      }),
      { numRuns: 300 },
    );
  });

  it.each([80, 120])('does so in the invented reports too, at %i', (width) => {
    for (const invented of [several, worst]) {
      const { ticket: _, ...run } = invented.run;
      for (const line of text({ ...invented, run }, { width, verbose: true }).split('\n')) {
        // Commands to copy are never folded.
        if (/^ +rg-diag /.test(line)) continue;
        expect(columnsOf(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it('ends no line in blanks', () => {
    const { ticket: _, ...run } = several.run;
    expect(text({ ...several, run }, { verbose: true })).not.toMatch(/ $/m);
  });
});

describe('layout', () => {
  it('takes 80 columns where there is no sensible width', () => {
    const note: Block = { kind: 'note', text: 'word '.repeat(40).trim() };
    for (const width of [0, Number.NaN, -1]) expect(drawn(note, { width })).toEqual(drawn(note, { width: 80 }));
  });

  it('draws verbose blocks, passes and evidence only when asked', () => {
    const invented: Invented = {
      run: runOf(),
      records: [],
      reports: [
        {
          report: reportOf({
            facts: { a: 1 },
            findings: [findingOf({ says: 'Passes.', evidence: ['/a'], cites: 'Book' })],
          }),
          blocks: [{ kind: 'note', text: 'raw', verbose: true }],
        },
      ],
    };
    expect(text(invented)).toBe('✔ OK  example.com:443\n');
    const verbose = text(invented, { verbose: true });
    for (const part of ['raw', '✔ Passes.', 'rule decode/form', '/a = 1', 'see Book']) expect(verbose).toContain(part);
  });

  it('aligns wide characters and marks', () => {
    const rows = ['plain', '中文', 'e\u0301e\u0301', '👍🏽', 'กำ', 'नमस्ते', '🇩🇪', '❤️'].map((name) => [name, 'x', 'y']);
    const columns = [
      { title: 'left', align: 'left' },
      { title: 'right', align: 'right' },
      { title: '', align: 'left' },
    ] as const;
    const table = drawn({ kind: 'table', columns, rows });
    const crossed = drawn({ kind: 'table', columns: columns.toReversed(), rows: rows.map((row) => row.toReversed()) });
    const pairs = drawn({ kind: 'pairs', pairs: rows.map(([label = '']) => ({ label, value: 'x' })) });
    for (const lines of [table.slice(2), pairs]) {
      expect(new Set(lines.map((line) => columnsOf(line.slice(0, line.indexOf('x'))))).size).toBe(1);
    }
    expect(crossed.slice(2).every((line) => line.startsWith('y'))).toBe(true);
  });

  it('aligns marks in a column that is aligned to the right', () => {
    const rows = ['กำ', 'plain', 'नमस्ते'].map((name) => [name, 'x']);
    const columns = [
      { title: 'right', align: 'right' },
      { title: 'after', align: 'left' },
    ] as const;
    const lines = drawn({ kind: 'table', columns, rows }).slice(2);
    expect(new Set(lines.map((line) => columnsOf(line.slice(0, line.indexOf('x'))))).size).toBe(1);
  });

  it('puts a long meaning beneath its value', () => {
    const pair = { label: 'name', value: 'v'.repeat(60), means: 'what it means to the reader' };
    expect(drawn({ kind: 'pairs', pairs: [pair] })).toEqual([`name  ${pair.value}`, `      ${pair.means}`]);
  });

  it('scales bars to the longest and shows what there is hardly any of', () => {
    const bars = [100, 50, 0.001, 0, -1, Number.NaN].map((value) => ({ label: 'l', value, text: `${value}` }));
    const lengths = drawn({ kind: 'bars', title: 'T', bars })
      .slice(1)
      .map((line) => line.replace(/[^█▏▎▍▌▋▊▉]/g, ''));
    expect(lengths.map(columnsOf)).toEqual([60, 30, 1, 0, 0, 0]);
    expect(lengths[2]).toBe('▏');
  });

  it('draws bars that begin somewhere as a timeline', () => {
    const bars = [
      { label: 'a', value: 15, text: '15', from: 0 },
      { label: 'b', value: 45, text: '45', from: 15 },
      { label: 'c', value: 0.001, text: '0', from: 59.5 },
      { label: 'd', value: 60, text: '60' },
    ];
    const lines = drawn({ kind: 'bars', title: 'T', bars }).slice(1);
    expect(lines).toEqual([
      `a  15  ${'█'.repeat(15)}`,
      `b  45  ${' '.repeat(15)}${'█'.repeat(45)}`,
      `c   0  ${' '.repeat(59)}▏`,
      `d  60  ${'█'.repeat(60)}`,
    ]);
  });

  it('colours the first cell of a row that is good or bad in itself', () => {
    const columns = ['Stage', 'Result'].map((title) => ({ title, align: 'left' as const }));
    const rows = [
      ['tcp', 'failed'],
      ['tls', 'skipped'],
    ];
    const lines = drawn({ kind: 'table', columns, rows, statuses: ['fail'] }, { colour: true });
    expect(lines.slice(2)).toEqual(['\u001b[31mtcp\u001b[39m    failed', 'tls    skipped']);
  });

  it('has no bar where all is nothing', () => {
    const bars = [{ label: 'a', value: 0, text: '0' }];
    expect(drawn({ kind: 'bars', title: 'T', bars })).toEqual(['T', 'a  0']);
  });

  it('folds a raw text that is longer than the line, and its labels go with it', () => {
    const source = `${'a'.repeat(50)} ${'b'.repeat(50)}`;
    const fields = [
      { start: 0, end: 50, label: 'first' },
      { start: 51, end: 101, label: 'second' },
    ];
    expect(drawn({ kind: 'fields', source, fields })).toEqual([
      `${'a'.repeat(50)} ${'b'.repeat(26)}`,
      `┬${'─'.repeat(49)} ┬${'─'.repeat(25)}`,
      `first${' '.repeat(46)}second`,
      'b'.repeat(24),
      '─'.repeat(24),
    ]);
  });

  it('shows of an endless raw text what is around the failure', () => {
    const source = `${'x'.repeat(50_000)}!${'y'.repeat(50_000)}`;
    const fields = [{ start: 50_000, end: 50_001, label: 'no digit', status: 'fail' }] as const;
    const lines = drawn({ kind: 'fields', source, fields });
    expect(lines.length).toBeLessThan(10);
    expect(lines[0]).toMatch(/^…x/);
    const at = lines.findIndex((line) => line.includes('^'));
    expect(lines[at - 1]?.charAt(lines[at]?.indexOf('^') ?? 0)).toBe('!');
    expect(lines[at + 1]?.trim()).toBe('no digit');
  });

  it('points behind the end at what is missing', () => {
    const fields = [
      { start: 0, end: 2, label: 'id' },
      { start: 2, end: 2, label: 'a ratio was needed', status: 'fail' },
    ] as const;
    expect(drawn({ kind: 'fields', source: 'ab', fields })).toEqual(['ab', '┬─^', '│ a ratio was needed', 'id']);
  });

  it('hangs labels so that none runs into another', () => {
    const fields = [
      { start: 0, end: 1, label: 'one' },
      { start: 1, end: 2, label: 'two' },
      { start: 2, end: 3, label: 'three' },
    ];
    expect(drawn({ kind: 'fields', source: 'abc', fields })).toEqual(['abc', '┬┬┬', '││three', '│two', 'one']);
  });
});

describe('over several reports', () => {
  const reports = (count: number): Invented['reports'] =>
    Array.from({ length: count }, (_, index) => ({
      report: reportOf({
        target: `host-${index}`,
        ...(index % 10 === 3 && { verdict: 'fail', findings: [findingOf({ status: 'fail', says: 'Refused.' })] }),
      }),
      blocks: [],
    }));

  it('lists reports of one line without gaps, and sums up', () => {
    const lines = text({ run: runOf(), records: [], reports: reports(3) }).split('\n');
    expect(lines.slice(0, 4)).toEqual(['✔ OK  host-0', '✔ OK  host-1', '✔ OK  host-2', '']);
    expect(lines.at(-2)).toBe('✔ OK  3 targets: 3 ok');
  });

  it('leaves those that are well out of a long summary', () => {
    const run = runOf({ verdict: 'fail' });
    const summary = text({ run, records: [], reports: reports(100) }).split('worst finding\n')[1] ?? '';
    expect(summary).not.toContain('host-4 ');
    expect(summary).toContain('host-13');
    expect(summary).toContain('✖ FAIL  100 targets: 10 failed, 90 ok');
  });

  it('says so where the run is worse than its only report', () => {
    const run = runOf({ verdict: 'unknown' });
    expect(text({ run, records: [], reports: reports(1) })).toBe('✔ OK  host-0\n\n? UNKNOWN  1 target: 1 ok\n');
  });

  it('prints the ticket last, as it is, and nothing of it in colour', () => {
    const ticket = `first\n${'word '.repeat(50)}end\n`;
    const lines = text({ run: runOf({ ticket }), records: [], reports: reports(2) }, { colour: true }).split('\n');
    expect(lines.slice(-5, -1)).toEqual([
      expect.stringMatching(/^─+ .*copy from here ─+$/),
      'first',
      `${'word '.repeat(50)}end`,
      expect.stringMatching(/^─+$/),
    ]);
  });
});
