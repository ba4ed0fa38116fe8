import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../../src/model/metric.js';
import { printable } from '../../src/model/printable.js';
import { createNagios } from '../../src/reporters/nagios.js';
import {
  awkward,
  findingOf,
  type Invented,
  metricOf,
  nothing,
  one,
  reportOf,
  runOf,
  several,
  worst,
  written,
} from './invented.js';
import { anyRun } from './outside.js';

const number = String.raw`-?\d+(?:\.\d+)?`;
const range = `@?(?:(?:~|${number}):(?:${number})?|${number})`;
/** One item of performance data as the Monitoring Plugins guidelines define it; no exponents. */
const item = new RegExp(
  `^(?:'([^'=|]+)'|([^ '=|]+))=(?:(U)|(${number})(us|ms|s|%|[KMG]?B|c)?((?:;(?:${range})?){0,2})((?:;(?:${number})?){0,2}))(?: |$)`,
);

/** Splits performance data into label → value with unit and thresholds; throws where it breaks the grammar. */
function parsed(perfdata: string): Map<string, string> {
  const items = new Map<string, string>();
  let rest = perfdata;
  while (rest !== '') {
    const match = item.exec(rest);
    if (match === null) throw new Error(`not performance data: ${rest}`);
    const label = match[1] ?? match[2] ?? '';
    if (items.has(label)) throw new Error(`twice: ${label}`);
    items.set(label, match[0].trimEnd().slice(match[0].lastIndexOf('=') + 1));
    rest = rest.slice(match[0].length);
  }
  return items;
}

const linesOf = (invented: Invented) => written(createNagios, invented).split('\n').slice(0, -1);

function perfdataOf(invented: Invented): string {
  const [first = ''] = linesOf(invented);
  return first.includes('|') ? first.slice(first.indexOf('|') + 1) : '';
}

const measured = (...metrics: Partial<Metric>[]): Invented => ({
  run: runOf(),
  records: [],
  reports: [{ report: reportOf({ metrics: metrics.map(metricOf) }), blocks: [] }],
});

describe('the status line', () => {
  it.each([
    ['ok', 'OK'],
    ['warn', 'WARNING'],
    ['fail', 'CRITICAL'],
    ['unknown', 'UNKNOWN'],
  ] as const)('calls %s %s', (verdict, word) => {
    expect(linesOf({ run: runOf({ command: 'cert', verdict }), records: [], reports: [] })).toEqual([
      `RG-DIAG CERT ${word} - nothing was checked`,
    ]);
  });

  it('names the one target and its worst finding', () => {
    expect(linesOf(one)[0]).toMatch(/^RG-DIAG DECODE OK - 151df128a1 2\.05 0\.009465 0031 5360: The address .*\|/);
  });

  it('counts several and names the worst', () => {
    expect(linesOf(several)[0]).toContain(
      'CRITICAL - 1 failed, 1 unknown, 1 warning, 2 ok; [2001:db8::1]:443: Nothing listens there: connection refused.|',
    );
  });

  it('says that nothing was checked where nothing was', () => {
    expect(linesOf(nothing)).toEqual(['RG-DIAG DECODE UNKNOWN - nothing was checked']);
  });
});

describe('long output', () => {
  it('has a line for each finding that is not a pass, worst first, and then the ticket', () => {
    const findings = [
      findingOf({ status: 'pass' }),
      findingOf({ status: 'note', says: 'Noted.' }),
      findingOf({ status: 'skip' }),
      findingOf({ status: 'fail', says: 'Refused.', remedy: 'Start it.', code: 'timeout' }),
    ];
    const run = runOf({ verdict: 'fail', ticket: 'Time: now\nRaw: a|b\n' });
    const reports = [{ report: reportOf({ verdict: 'fail', findings }), blocks: [] }];
    expect(linesOf({ run, records: [], reports })).toEqual([
      'RG-DIAG DECODE CRITICAL - example.com:443: Refused.',
      '[CRITICAL] example.com:443: Refused. (timeout) -> Start it.',
      '[NOTE] example.com:443: Noted.',
      '',
      'Time: now',
      'Raw: a\\x7cb',
    ]);
  });

  it('names the place of a finding, and cuts a long name of a file before it', () => {
    const at = (file: string) =>
      findingOf({ status: 'fail', says: 'Bad.', place: { file, line: 3, column: 5, length: 1 } });
    const report = reportOf({ verdict: 'fail', findings: [at('a|b\nc'), at('x'.repeat(300)), at('')] });
    expect(linesOf({ run: runOf({ verdict: 'fail' }), records: [], reports: [{ report, blocks: [] }] })).toEqual([
      'RG-DIAG DECODE CRITICAL - a\\x7cb c:3:5: Bad.',
      '[CRITICAL] a\\x7cb c:3:5: Bad.',
      `[CRITICAL] ${'x'.repeat(99)}…:3:5: Bad.`,
      '[CRITICAL] (empty):3:5: Bad.',
    ]);
  });

  it('is bounded, and says what it leaves out', () => {
    const report = reportOf({
      findings: Array.from({ length: 500 }, () => findingOf({ status: 'warn', says: 'x'.repeat(1000) })),
    });
    const lines = linesOf({ run: runOf(), records: [], reports: [{ report, blocks: [] }] });
    expect(lines.join('\n').length).toBeLessThan(8192);
    expect(lines.at(-1)).toMatch(/^\(and 49\d more\)$/);
  });
});

describe('performance data', () => {
  it.each<[Partial<Metric>, string]>([
    [{ name: 'a_seconds', unit: 'seconds', value: 0.009465 }, 'a_seconds=0.009465s'],
    [{ name: 'a_bytes', unit: 'bytes', value: 381 }, 'a_bytes=381B;;;0'],
    [{ name: 'a_ratio', unit: 'ratio', value: 0.0205 }, 'a_ratio=2.05%;;;0;100'],
    [{ name: 'a_ratio', unit: 'ratio', value: 0.07 }, 'a_ratio=7%;;;0;100'],
    [{ name: 'a_ratio', unit: 'ratio', value: 1.042 }, 'a_ratio=104.2%;;;0'],
    [{ name: 'a_ratio', unit: 'ratio', value: 0.5, warn: 0.8, fail: 0.9 }, 'a_ratio=50%;80;90;0;100'],
    [{ name: 'n', unit: 'count', value: 12 }, 'n=12;;;0'],
    [{ name: 'n', unit: 'count', value: 12, warn: 10, fail: 20 }, 'n=12;10;20;0'],
    [{ name: 'n', unit: 'count', value: 12, fail: 20 }, 'n=12;;20;0'],
    [{ name: 't_seconds', unit: 'seconds', value: 0.2, warn: 1 }, 't_seconds=0.2s;1'],
    [{ name: 't_seconds', unit: 'seconds', value: -3, warn: 1 }, 't_seconds=-3s;~:1'],
    [{ name: 't_seconds', unit: 'seconds', value: 3, warn: -1 }, 't_seconds=3s;~:-1'],
    [
      { name: 'cert_expiry_seconds', unit: 'seconds', value: 7776000, warn: 2592000, fail: 604800, alarm: 'below' },
      'cert_expiry_seconds=7776000s;2592000:;604800:',
    ],
    [{ name: 'n', unit: 'count', value: 1e21 }, 'n=1000000000000000000000;;;0'],
    [{ name: 'n', unit: 'count', value: 1.5e-7 }, 'n=0.00000015;;;0'],
    [{ name: 'n', unit: 'count', value: -2e-9 }, 'n=-0.000000002'],
    [{ name: 'n', unit: 'count', value: Number.NaN, warn: 1 }, 'n=U'],
    [{ name: 'n', unit: 'count', value: Number.POSITIVE_INFINITY }, 'n=U'],
    [{ name: 'n', labels: { z: 'last', a: 'first' } }, 'n_first_last=1;;;0'],
    [{ name: 'n', labels: { a: 'two words' } }, "'n_two words'=1;;;0"],
    [{ name: 'n', labels: { a: "it's=|" } }, "'n_it_s_\\x7c'=1;;;0"],
    [{ name: 'n', labels: { a: '' } }, 'n=1;;;0'],
  ])('writes %j', (metric, text) => {
    expect(perfdataOf(measured(metric))).toBe(text);
    expect(parsed(text).size).toBe(1);
  });

  it('is absent without metrics', () => {
    expect(linesOf(measured())[0]).not.toContain('|');
  });

  it('prefixes the target where there are several, and makes equal labels different', () => {
    const metrics = [metricOf({ name: 'n' })];
    const reports = ['b:1', 'a:2', '[::1]:443', 'a:2'].map((target) => ({
      report: reportOf({ target, metrics }),
      blocks: [],
    }));
    expect(perfdataOf({ run: runOf(), records: [], reports })).toBe(
      'b:1_n=1;;;0 a:2_n=1;;;0 [__1]:443_n=1;;;0 a:2_n_2=1;;;0',
    );
  });
});

describe('whatever comes from outside', () => {
  it.each(Object.entries({ one, several, worst, nothing }))('%s keeps to the guidelines', (_, invented) => {
    const [first = '', ...long] = linesOf(invented);
    expect(first.split('|', 1)[0]?.length).toBeLessThan(255);
    expect(() => parsed(perfdataOf(invented))).not.toThrow();
    expect(long.join('')).not.toContain('|');
  });

  it('makes no second line, no second bar and no control character', () => {
    fc.assert(
      fc.property(anyRun, (invented) => {
        const lines = linesOf(invented);
        const [first = '', ...long] = lines;
        expect(lines.map(printable)).toEqual(lines);
        expect(first).toMatch(/^RG-DIAG DECODE (?:OK|WARNING|CRITICAL|UNKNOWN) - [^|]+(?:\|[^|]+)?$/);
        expect(first.split('|', 1)[0]?.length).toBeLessThan(255);
        expect(parsed(perfdataOf(invented)).size).toBe(invented.reports.flatMap(({ report }) => report.metrics).length);
        expect(long.join('')).not.toContain('|');
        // Nagios makes line ends of these in passive results.
        for (const line of lines) expect(line).not.toContain('\\n');
        const findings = invented.reports.flatMap(({ report }) => report.findings);
        const reported = findings.filter(({ status }) => status !== 'pass' && status !== 'skip').length;
        expect(
          long.filter((line) => /^(?:\[(?:CRITICAL|UNKNOWN|WARNING|NOTE)\]|\(and \d+ more\)$)/.test(line)).length,
        ).toBeLessThanOrEqual(reported + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('is still legible', () => {
    const reports = [
      {
        report: reportOf({ verdict: 'fail', findings: [findingOf({ status: 'fail', says: awkward.lines })] }),
        blocks: [],
      },
    ];
    expect(linesOf({ run: runOf({ verdict: 'fail' }), records: [], reports })[0]).toBe(
      'RG-DIAG DECODE CRITICAL - example.com:443: first second third fourth',
    );
  });
});
