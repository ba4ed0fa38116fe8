import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allSpecs, staleFiles } from '../../scripts/generate/index.js';
import { schemaFiles } from '../../scripts/generate/schemas.js';
import { failureCodes } from '../../src/model/failure.js';
import { validateLines, validateRun, validatorOf } from '../schema.js';

const files = schemaFiles(await allSpecs());

const finding = {
  rule: 'decode/form',
  status: 'pass',
  says: 'fine',
  means: '',
  evidence: ['/form'],
  remedy: '',
  cites: '',
};

const failure = { code: 'file-not-found', step: 'input', blame: 'us', detail: 'no such file' };

const report = {
  target: 'x.log',
  at: '2026-11-20T12:00:00.000Z',
  durationMs: 1.5,
  verdict: 'ok',
  facts: { kind: 'unmeasured', asked: {}, begun: false, failure },
  findings: [finding],
  metrics: [{ name: 'n', help: 'h', unit: 'count', value: 1, labels: { form: 'direct' } }],
};

const run = {
  schema: 'rg-diag/1',
  command: 'decode',
  version: '0.1.0',
  at: '2026-11-20T12:00:00.000Z',
  verdict: 'ok',
  exitCode: 0,
  durationMs: 2,
};

describe('the committed JSON Schemas', () => {
  it('are those of the types', () => {
    expect(staleFiles(files)).toEqual([]);
  });

  it.each(files)('$path compiles, and closes every object whose keys are known', ({ path }) => {
    const { $id } = JSON.parse(readFileSync(path, 'utf8'));
    expect($id).toBe(`urn:rg-diag:schema:${path.slice('schemas/'.length, -'.schema.json'.length)}:1`);
    expect(validatorOf($id.split(':')[3])).toBeTypeOf('function');
    for (const object of objectsIn(JSON.parse(readFileSync(path, 'utf8')))) {
      expect(object, JSON.stringify(object)).toHaveProperty('additionalProperties');
    }
  });

  it('list every failure code', () => {
    const { definitions } = JSON.parse(readFileSync('schemas/envelope.schema.json', 'utf8'));
    expect(definitions.FailureCode.enum).toEqual([...failureCodes]);
  });
});

describe('validateRun', () => {
  it('accepts a run', () => {
    expect(validateRun({ ...run, reports: [report] })).toEqual([]);
    expect(validateRun({ ...run, ticket: 'UTC time …', reports: [] })).toEqual([]);
  });

  it.each([
    ['a key that is missing', { ...run }],
    ['a key that does not exist', { ...run, reports: [], colour: 'red' }],
    ['another schema', { ...run, schema: 'rg-diag/2', reports: [] }],
    ['an unknown verdict', { ...run, verdict: 'good', reports: [] }],
    ['an unknown status', { ...run, reports: [{ ...report, findings: [{ ...finding, status: 'good' }] }] }],
    [
      'an unknown failure code',
      { ...run, reports: [{ ...report, facts: { ...report.facts, failure: { ...failure, code: 'x' } } }] },
    ],
    ['facts of another shape', { ...run, reports: [{ ...report, facts: { kind: 'nonsense' } }] }],
    ['a number that JSON has not', { ...run, durationMs: null, reports: [] }],
  ])('refuses %s', (_, document) => {
    expect(validateRun(document)).not.toEqual([]);
  });
});

describe('validateLines', () => {
  const lines = (...objects: readonly object[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');

  it('accepts records, reports and a run', () => {
    const record = { kind: 'record', line: 1, form: 'direct', compressionWorking: false };
    expect(validateLines(lines(record, { kind: 'report', ...report }, { kind: 'run', ...run }))).toEqual([]);
  });

  it.each([
    ['a run with reports', lines({ kind: 'run', ...run, reports: [] })],
    ['no run', lines({ kind: 'report', ...report })],
    ['a run before the end', lines({ kind: 'run', ...run }, { kind: 'report', ...report })],
    ['facts of another shape', lines({ kind: 'report', ...report, facts: {} }, { kind: 'run', ...run })],
    ['a record with a record in it', lines({ kind: 'record', of: {} }, { kind: 'run', ...run })],
    ['a last line without an end', JSON.stringify({ kind: 'run', ...run })],
  ])('refuses %s', (_, output) => {
    expect(validateLines(output)).not.toEqual([]);
  });
});

function objectsIn(schema: unknown): object[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const inside = Object.values(schema).flatMap(objectsIn);
  return 'properties' in schema && 'type' in schema ? [schema, ...inside] : inside;
}
