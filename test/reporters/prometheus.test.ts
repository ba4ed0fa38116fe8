import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/model/printable.js';
import type { Report } from '../../src/model/report.js';
import { createPrometheus } from '../../src/reporters/prometheus.js';
import { parseExposition, type Sample } from './exposition-parser.js';
import {
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
import { placed } from './placed.js';

const samplesOf = (invented: Invented) => parseExposition(written(createPrometheus, invented)).samples;
const named = (samples: readonly Sample[], name: string) =>
  samples.filter((sample) => sample.name === `rg_diag_${name}`);
const of = (...reports: Partial<Report>[]): Invented => ({
  run: runOf(),
  records: [],
  reports: reports.map((report) => ({ report: reportOf(report), blocks: [] })),
});

/** `promtool check metrics`: no output and 0, or what it complains of. */
function complaints(text: string): string {
  const { status, stdout, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return status === 0 ? `${stdout}${stderr}` : `exit ${status}: ${stdout}${stderr}`;
}

describe('promtool', () => {
  it.each(Object.entries({ one, several, worst, nothing, placed }))('has no complaint of %s', (_, invented) => {
    expect(complaints(written(createPrometheus, invented))).toBe('');
  });

  it('would complain', () => {
    expect(complaints('# TYPE a_total gauge\na_total 1\n')).toContain('a_total');
    expect(complaints('a{b="c} 1\n')).toContain('exit');
  });

  it('accepts what a run of anything makes', () => {
    for (const invented of fc.sample(anyRun, { numRuns: 10, seed: 1 })) {
      expect(complaints(written(createPrometheus, invented))).not.toContain('error');
    }
  });
});

describe('families', () => {
  it.each([
    ['ok', 1],
    ['warn', 1],
    ['fail', 0],
    ['unknown', 0],
  ] as const)('counts %s as success %i', (verdict, value) => {
    const samples = samplesOf(of({ verdict }));
    const labels = { target: 'example.com:443', command: 'decode' };
    expect(named(samples, 'success')).toEqual([{ name: 'rg_diag_success', labels, value }]);
    expect(named(samples, 'verdict').filter((sample) => sample.value === 1)).toEqual([
      { name: 'rg_diag_verdict', labels: { ...labels, verdict }, value: 1 },
    ]);
    expect(named(samples, 'verdict')).toHaveLength(4);
  });

  it('says success 0 and the time even of a run without reports', () => {
    expect(samplesOf(nothing)).toEqual([
      { name: 'rg_diag_success', labels: { command: 'decode' }, value: 0 },
      { name: 'rg_diag_last_run_timestamp_seconds', labels: { command: 'decode' }, value: 1795176000 },
    ]);
  });

  it('carries the failure code of every finding that is not a pass', () => {
    const findings = [
      findingOf({ status: 'pass' }),
      findingOf({ status: 'skip' }),
      findingOf({ rule: 'probe/open', status: 'fail', code: 'timeout' }),
      findingOf({ rule: 'probe/all', status: 'warn' }),
    ];
    expect(named(samplesOf(of({ findings })), 'finding_info').map(({ labels }) => labels)).toEqual([
      { target: 'example.com:443', command: 'decode', rule: 'probe/open', status: 'fail', code: 'timeout' },
      { target: 'example.com:443', command: 'decode', rule: 'probe/all', status: 'warn', code: '' },
    ]);
  });

  it('counts the findings that a rule has several of', () => {
    const findings = [
      findingOf({ rule: 'config-check/key', status: 'warn', code: 'malformed', says: 'one' }),
      findingOf({ rule: 'config-check/key', status: 'fail', code: 'malformed', says: 'worse' }),
      findingOf({ rule: 'config-check/key', status: 'warn', code: 'malformed', says: 'another' }),
      findingOf({ rule: 'config-check/key\u0000', status: 'note' }),
      findingOf({ rule: 'config-check/key\\x00', status: 'note' }),
    ];
    const invented = of({ findings });
    expect(named(samplesOf(invented), 'finding_info').map(({ labels, value }) => [labels['status'], value])).toEqual([
      ['warn', 2],
      ['fail', 1],
      ['note', 2],
    ]);
    expect(complaints(written(createPrometheus, invented))).toBe('');
  });

  it('keeps a family together whose samples come from several reports', () => {
    const metrics = [metricOf({ name: 'a_seconds', value: 1 }), metricOf({ name: 'b_bytes', value: 2 })];
    const samples = samplesOf(of({ target: 'x', metrics }, { target: 'y', metrics }));
    expect(named(samples, 'a_seconds').map(({ labels }) => labels)).toEqual([{ target: 'x' }, { target: 'y' }]);
  });

  it('tells reports of one target apart, and only those', () => {
    const metrics = [metricOf({ name: 'n' })];
    const samples = samplesOf(of({ target: 'x', metrics }, { target: 'y', metrics }, { target: 'x', metrics }));
    expect(named(samples, 'n').map(({ labels }) => labels)).toEqual([
      { target: 'x', index: '1' },
      { target: 'y' },
      { target: 'x', index: '2' },
    ]);
  });

  it('renames labels of a metric that are taken or are no names', () => {
    const labels = { target: 'inner', index: '7', 'a-b': '1', a_b: '2', '9': 'nine', __name__: 'forged' };
    const [first] = named(samplesOf(of({ metrics: [metricOf({ name: 'n', labels })] })), 'n');
    expect(first?.labels).toEqual({
      target: 'example.com:443',
      _9: 'nine',
      _name__: 'forged',
      a_b: '1',
      exported_a_b: '2',
      exported_target: 'inner',
      index: '7',
    });
  });

  it('keeps the first of two samples with the same labels', () => {
    const metrics = [
      metricOf({ name: 'n', value: 1 }),
      metricOf({ name: 'n', value: 2, labels: { empty: '' } }),
      metricOf({ name: 'n', value: 3, labels: { a: 'b' } }),
    ];
    expect(named(samplesOf(of({ metrics })), 'n').map(({ value }) => value)).toEqual([1, 3]);
  });

  it('writes the numbers that JSON cannot', () => {
    const metrics = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-9, 1e21].map((value, index) =>
      metricOf({ name: 'n', value, labels: { index: `${index}` } }),
    );
    expect(named(samplesOf(of({ metrics })), 'n').map(({ value }) => value)).toEqual(metrics.map(({ value }) => value));
  });
});

it('parses, keeps every target and hides nothing, whatever comes from outside', () => {
  fc.assert(
    fc.property(anyRun, (invented) => {
      const text = written(createPrometheus, invented);
      const { samples } = parseExposition(text);
      const lines = text.split('\n');
      expect(lines.map(printable)).toEqual(lines);
      expect(named(samples, 'success')).toHaveLength(Math.max(invented.reports.length, 1));
      expect(named(samples, 'last_run_timestamp_seconds').length).toBeGreaterThan(0);
      for (const { report } of invented.reports) {
        const target = printable(report.target);
        expect(
          named(samples, 'success').some(({ labels }) => labels['target'] === target || target.length > 1000),
        ).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
