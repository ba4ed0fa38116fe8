import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/model/printable.js';
import { createJson } from '../../src/reporters/json.js';
import { createNdjson } from '../../src/reporters/ndjson.js';
import { findingOf, type Invented, nothing, one, reportOf, runOf, several, worst, written } from './invented.js';
import { anyRun } from './outside.js';

const reportsOf = ({ reports }: Invented) => reports.map(({ report }) => report);
/** What JSON makes of a value: numbers that it has no word for become null. */
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const linesOf = (text: string) => text.split('\n').slice(0, -1);

describe('json', () => {
  it.each(Object.entries({ one, several, worst, nothing }))('gives %s back', (_, invented) => {
    const document = JSON.parse(written(createJson, invented));
    expect(document).toEqual(throughJson({ ...invented.run, reports: reportsOf(invented) }));
  });

  it('has the documented keys in the documented order, whatever order they came in', () => {
    const shuffled = (value: object) => Object.fromEntries(Object.entries(value).toReversed());
    const invented = {
      run: shuffled({ ...runOf(), ticket: 't' }) as unknown as Invented['run'],
      records: [],
      reports: several.reports.map(({ report, blocks }) => ({
        report: { ...reportOf(), ...shuffled(report) },
        blocks,
      })),
    };
    const document = JSON.parse(written(createJson, invented));
    expect(Object.keys(document)).toEqual([
      'schema',
      'command',
      'version',
      'at',
      'verdict',
      'exitCode',
      'durationMs',
      'ticket',
      'reports',
    ]);
    const [, log, malformed] = document.reports;
    expect(Object.keys(log)).toEqual(['target', 'at', 'durationMs', 'verdict', 'facts', 'findings', 'metrics']);
    expect(Object.keys(malformed.findings[0])).toEqual([
      'rule',
      'status',
      'says',
      'means',
      'evidence',
      'remedy',
      'cites',
      'code',
    ]);
    expect(Object.keys(log.metrics[2])).toEqual(['name', 'unit', 'value', 'labels', 'warn', 'fail', 'alarm', 'help']);
  });

  it('has the keys of places and fixes in their order, too', () => {
    const place = { text: 'a', length: 1, column: 2, line: 3, file: 'f' };
    const { text: _, ...edit } = { replacement: '', ...place };
    const finding = findingOf({ fix: { edits: [edit], says: 'Mends.' }, place });
    const invented = {
      run: runOf(),
      records: [],
      reports: [{ report: reportOf({ findings: [finding] }), blocks: [] }],
    };
    const [found] = JSON.parse(written(createJson, invented)).reports[0].findings;
    expect(Object.keys(found).slice(-2)).toEqual(['place', 'fix']);
    expect(Object.keys(found.place)).toEqual(['file', 'line', 'column', 'length', 'text']);
    expect(Object.keys(found.fix)).toEqual(['says', 'edits']);
    expect(Object.keys(found.fix.edits[0])).toEqual(['file', 'line', 'column', 'length', 'replacement']);
    expect(found).toEqual(finding);
  });

  it('writes nothing before the end, one document and a line end', () => {
    const reporter = createJson();
    expect(reporter.report(reportOf(), [])).toBe('');
    expect(reporter.end(runOf())).toMatch(/^\{\n {2}"schema": "rg-diag\/1",\n[\s\S]*\n\}\n$/);
  });

  it('is valid, and safe to look at, whatever comes from outside', () => {
    fc.assert(
      fc.property(anyRun, (invented) => {
        const text = written(createJson, invented);
        expect(JSON.parse(text)).toEqual(throughJson({ ...invented.run, reports: reportsOf(invented) }));
        expect(linesOf(text).map(printable)).toEqual(linesOf(text));
      }),
    );
  });
});

describe('ndjson', () => {
  it('is valid line by line, and says the same as json', () => {
    fc.assert(
      fc.property(anyRun, (invented) => {
        const lines = linesOf(written(createNdjson, invented));
        expect(lines.map(printable)).toEqual(lines);
        expect(lines.map((line) => JSON.parse(line))).toEqual(
          throughJson([
            ...invented.records.map((record) => ({ kind: 'record', ...record })),
            ...reportsOf(invented).map((report) => ({ kind: 'report', ...report })),
            { kind: 'run', ...invented.run },
          ]),
        );
      }),
    );
  });

  it('writes at once, the kind first, and lets no field replace it', () => {
    const reporter = createNdjson();
    expect(reporter.record?.({ form: 'direct', kind: 'forged', reason: undefined })).toBe(
      '{"kind":"record","form":"direct"}\n',
    );
    expect(reporter.report(reportOf(), [])).toMatch(/^\{"kind":"report","target":.*\}\n$/);
    expect(reporter.end(runOf())).toMatch(/^\{"kind":"run","schema":"rg-diag\/1",.*\}\n$/);
  });
});
