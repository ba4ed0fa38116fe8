import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import { printable } from '../../src/model/printable.js';
import { createSarif } from '../../src/reporters/sarif.js';
import { findingOf, type Invented, nothing, one, reportOf, runOf, several, worst, written } from './invented.js';
import { anyRun } from './outside.js';
import { oddlyPlaced, placed } from './placed.js';
import { sarifProblems } from './sarif-schema.js';

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly snippet?: { readonly text: string };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly kind?: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: Region;
      readonly contextRegion?: Region;
    };
    readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
  readonly properties: { readonly status: string };
}

function sarifRun(invented: Invented, verbose = false) {
  const document = JSON.parse(written(createSarif, invented, { verbose }));
  expect(document.version).toBe('2.1.0');
  expect(document.runs).toHaveLength(1);
  return document.runs[0];
}

const of = (findings: readonly Finding[], run = runOf({ verdict: 'fail', exitCode: 2 })): Invented => ({
  run,
  records: [],
  reports: [{ report: reportOf({ findings }), blocks: [] }],
});

const resultsOf = (...findings: Partial<Finding>[]): Result[] =>
  sarifRun(of(findings.map((fields) => findingOf({ status: 'fail', ...fields })))).results;
const resultOf = (finding: Partial<Finding>) => resultsOf(finding)[0];
const placeOf = (place: Finding['place']) => resultOf({ ...(place !== undefined && { place }) })?.locations[0];
const uriOf = (file: string) => placeOf({ file })?.physicalLocation?.artifactLocation.uri;

describe('the schema of SARIF 2.1.0', () => {
  it.each(Object.entries({ one, several, worst, nothing, placed, oddlyPlaced }))('has no complaint of %s', (_, run) => {
    for (const verbose of [false, true]) {
      expect(sarifProblems(JSON.parse(written(createSarif, run, { verbose })))).toEqual([]);
    }
  });

  it('would complain', () => {
    const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] };
    expect(sarifProblems(log)).toEqual([expect.stringContaining('message')]);
    const location = (uri: string, startLine: number) => ({
      ...log,
      runs: [
        {
          tool: { driver: { name: 'x' } },
          results: [
            {
              message: { text: 'x' },
              locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
            },
          ],
        },
      ],
    });
    expect(sarifProblems(location('a/b%20c', 1))).toEqual([]);
    expect(sarifProblems(location('a/b c', 1))).toHaveLength(1);
    expect(sarifProblems(location('a', 0))).toHaveLength(1);
  });

  it('accepts whatever comes from outside, and its results fit its rules', () => {
    fc.assert(
      fc.property(anyRun, fc.boolean(), (invented, verbose) => {
        const text = written(createSarif, invented, { verbose });
        const lines = text.split('\n');
        expect(lines.map(printable)).toEqual(lines);
        expect(sarifProblems(JSON.parse(text))).toEqual([]);
        const { tool, results } = sarifRun(invented, verbose);
        const ids: string[] = tool.driver.rules.map(({ id }: { id: string }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { ruleId, ruleIndex } of results as Result[]) expect(ids[ruleIndex]).toBe(ruleId);
        const findings = invented.reports.flatMap(({ report }) => report.findings);
        const counted = findings.filter(({ status }) => verbose || (status !== 'pass' && status !== 'skip'));
        expect(results).toHaveLength(counted.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the run', () => {
  it('says which tool and which command it was, and how columns count', () => {
    const { tool, automationDetails, columnKind } = sarifRun(placed);
    expect(tool.driver).toMatchObject({ name: 'rg-diag', semanticVersion: '1.0.0' });
    expect(automationDetails.id).toBe('rg-diag/config-check/2026-11-20T12:00:00.000Z');
    expect(columnKind).toBe('utf16CodeUnits');
  });

  it('succeeded where all was judged, whatever was found', () => {
    const invocationOf = (invented: Invented) => sarifRun(invented).invocations[0];
    const fail = findingOf({ status: 'fail' });
    expect(invocationOf(of([fail]))).toEqual({
      executionSuccessful: true,
      exitCode: 2,
      startTimeUtc: '2026-11-20T12:00:00.000Z',
    });
    const finished = (status: Finding['status']) => findingOf({ rule: 'config-check/finished', status });
    const succeeds = (invented: Invented) => invocationOf(invented).executionSuccessful;
    expect(succeeds(of([fail, finished('skip')]))).toBe(true);
    expect(succeeds(of([fail, finished('note')]))).toBe(false);
    expect(succeeds(of([fail, findingOf({ status: 'broken' })]))).toBe(false);
    expect(succeeds(of([fail], runOf({ verdict: 'unknown', exitCode: 3 })))).toBe(false);
    expect(succeeds(of([fail], runOf({ verdict: 'fail', exitCode: 130 })))).toBe(false);
    expect(succeeds(nothing)).toBe(false);
  });

  it('writes nothing before the end', () => {
    const reporter = createSarif('config check', { colour: false, width: 80, verbose: false });
    expect(reporter.report(reportOf(), [])).toBe('');
    expect(reporter.end(runOf())).toMatch(/^\{\n[\s\S]*\n\}\n$/);
  });
});

describe('rules', () => {
  it('are there once each, with what the first of their findings that says it says', () => {
    const { tool } = sarifRun(
      of([
        findingOf({ rule: 'x/a', status: 'pass', says: 'Well.' }),
        findingOf({ rule: 'x/a', status: 'warn', says: 'Bad', means: 'It hurts', remedy: 'Mend it.', cites: 'Book' }),
        findingOf({ rule: 'x/b', status: 'skip', says: 'No need.' }),
        findingOf({ rule: 'x/a', status: 'fail', says: 'Worse', means: 'It hurts', remedy: 'Replace it.' }),
      ]),
      true,
    );
    expect(tool.driver.rules).toEqual([
      {
        id: 'x/a',
        shortDescription: { text: 'It hurts.' },
        help: { text: 'Mend it.' },
        properties: { cites: 'Book' },
      },
      { id: 'x/b', shortDescription: { text: 'No need.' } },
    ]);
  });
});

describe('results', () => {
  it.each([
    ['fail', 'error', undefined],
    ['broken', 'error', undefined],
    ['warn', 'warning', undefined],
    ['note', 'note', undefined],
    ['pass', 'none', 'pass'],
    ['skip', 'none', 'notApplicable'],
  ] as const)('of the status %s have the level %s', (status, level, kind) => {
    const [result] = sarifRun(of([findingOf({ status })]), true).results as Result[];
    expect({ level: result?.level, kind: result?.kind, status: result?.properties.status }).toEqual({
      level,
      kind,
      status,
    });
  });

  it('leave out passes and what was skipped, unless verbose', () => {
    const findings = (['pass', 'skip', 'warn'] as const).map((status) => findingOf({ rule: `x/${status}`, status }));
    const { tool, results } = sarifRun(of(findings));
    expect((results as Result[]).map(({ ruleId }) => ruleId)).toEqual(['x/warn']);
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['x/warn']);
  });

  it('say in the first sentence what was found, then what to do', () => {
    expect(resultOf({ says: 'no such key', remedy: 'Correct it.\nOr remove it.' })?.message.text).toBe(
      'no such key.\nCorrect it.\nOr remove it.',
    );
    expect(resultOf({ says: 'Really?', remedy: '' })?.message.text).toBe('Really?');
  });

  it('have neither links nor arguments that came from outside', () => {
    const text = resultOf({ says: 'click [here](http://evil) {0} \u001b[31m', remedy: '' })?.message.text;
    expect(text).toBe('click [here] (http://evil) {{0}} \\x1b[31m.');
  });

  it('are about the target where they have no place', () => {
    expect(placeOf(undefined)).toEqual({ logicalLocations: [{ fullyQualifiedName: 'example.com:443' }] });
    expect(placeOf({ file: '', line: 1 })).toEqual({ logicalLocations: [{ fullyQualifiedName: 'example.com:443' }] });
  });
});

describe('places', () => {
  it.each([
    ['railgun.conf', 'railgun.conf'],
    ['./conf/railgun.conf', 'conf/railgun.conf'],
    ['../railgun.conf', '../railgun.conf'],
    ['conf//x/./railgun.conf', 'conf/x/railgun.conf'],
    ['/etc/railgun/railgun.conf', 'file:///etc/railgun/railgun.conf'],
    ['//etc/./railgun', 'file:///etc/railgun'],
    ['/', 'file:///'],
    ['.', '.'],
    ['nat map #1?.conf', 'nat%20map%20%231%3F.conf'],
    ['http://evil/x', 'http%3A/evil/x'],
    ['100%', '100%25'],
    ['中.conf', '%E4%B8%AD.conf'],
    ['half \ud83d', 'half%20%EF%BF%BD'],
    ['a\nb', 'a%0Ab'],
    ['-', '-'],
  ])('are in %j as %s', (file, uri) => {
    expect(uriOf(file)).toBe(uri);
  });

  it('have the region that is meant, and the line around it', () => {
    const place = { file: 'f', line: 3, column: 5, length: 4, text: 'a = true' };
    expect(placeOf(place)?.physicalLocation).toEqual({
      artifactLocation: { uri: 'f' },
      region: { startLine: 3, startColumn: 5, endColumn: 9 },
      contextRegion: { startLine: 3, snippet: { text: 'a = true' } },
    });
  });

  it.each([
    ['a point', { line: 3, column: 5 }, { startLine: 3, startColumn: 5, endColumn: 5 }],
    ['no length', { line: 3, column: 5, length: 0 }, { startLine: 3, startColumn: 5, endColumn: 5 }],
    ['a line', { line: 3, text: 'x' }, { startLine: 3, snippet: { text: 'x' } }],
    ['a file', {}, undefined],
    ['a line that is none', { line: 0, column: 5, length: 1 }, undefined],
    ['a line that is no number', { line: Number.NaN, column: 5 }, undefined],
    ['a column that is none', { line: 3, column: 1.5 }, { startLine: 3 }],
    ['a length that is none', { line: 3, column: 5, length: -2 }, { startLine: 3, startColumn: 5, endColumn: 5 }],
  ])('can be %s', (_, place, region) => {
    const location = placeOf({ file: 'f', ...place })?.physicalLocation;
    expect(location?.region).toEqual(region);
    expect(location?.contextRegion).toBe(undefined);
  });
});

describe('fixes', () => {
  const edit = { file: 'f', line: 3, column: 5, length: 4, replacement: 'x' };
  const place = { file: 'f', line: 3, column: 5, length: 4, text: 'a = true' };
  const deletedOf = (change: Partial<typeof edit>, at: Finding['place'] = place) =>
    resultOf({ place: at, fix: { says: 'mends', edits: [{ ...edit, ...change }] } })?.fixes?.[0]?.artifactChanges[0]
      ?.replacements[0]?.deletedRegion;

  it('have their edits by file, in their order', () => {
    const edits = [edit, { ...edit, file: '/g', length: 0 }, { ...edit, line: 4, replacement: '' }];
    const region = { startLine: 3, startColumn: 5, endColumn: 9 };
    expect(resultOf({ place, fix: { says: 'mends it', edits } })?.fixes).toEqual([
      {
        description: { text: 'mends it.' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'f' },
            replacements: [
              { deletedRegion: region, insertedContent: { text: 'x' } },
              { deletedRegion: { ...region, startLine: 4 }, insertedContent: { text: '' } },
            ],
          },
          {
            artifactLocation: { uri: 'file:///g' },
            replacements: [{ deletedRegion: { ...region, endColumn: 5 }, insertedContent: { text: 'x' } }],
          },
        ],
      },
    ]);
  });

  it('end where the next line begins if the line goes with its end', () => {
    for (const length of [9, 10]) {
      expect(deletedOf({ column: 1, length })).toEqual({ startLine: 3, startColumn: 1, endLine: 4, endColumn: 1 });
    }
    expect(deletedOf({ column: 1, length: 8 })).toEqual({ startLine: 3, startColumn: 1, endColumn: 9 });
  });

  it('are left out where a region cannot say them for sure', () => {
    const { text: _, ...hidden } = place;
    expect(deletedOf({ column: 1, length: 11 })).toBe(undefined);
    expect(deletedOf({ column: 1, replacement: '' }, hidden)).toBe(undefined);
    expect(deletedOf({}, hidden)).toEqual({ startLine: 3, startColumn: 5, endColumn: 9 });
    expect(deletedOf({ line: 0 })).toBe(undefined);
    expect(deletedOf({ length: -1 })).toBe(undefined);
    const edits = [edit, { ...edit, line: 0 }];
    expect(resultOf({ place, fix: { says: 'half', edits } })?.fixes).toBe(undefined);
    expect(resultOf({ place, fix: { says: 'nothing', edits: [] } })?.fixes).toBe(undefined);
  });
});
