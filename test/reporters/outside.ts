import fc from 'fast-check';
import type { Block } from '../../src/model/block.js';
import type { Finding, RelatedFinding, Status } from '../../src/model/finding.js';
import type { Metric } from '../../src/model/metric.js';
import type { SafeFix, SourcePlace } from '../../src/model/place.js';
import type { Report, Verdict } from '../../src/model/report.js';
import { awkward, findingOf, type Invented, metricOf, reportOf, runOf } from './invented.js';

/** Text as a peer may send it: any UTF-16, with more of what does harm than chance would bring. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r',
        '\t',
        '|',
        '"',
        "'",
        '\\',
        '=',
        '{',
        '}',
        ' ',
        ';',
        ',',
        'n',
        '_',
        '::',
        '\u001b[31m',
      ),
      fc.constantFrom(...Object.values(awkward)),
      fc.constantFrom(
        '\u009b',
        '\u0085',
        '\u202e',
        '\u2028',
        '\ud800',
        '\udc00',
        '\u200d',
        '\u0301',
        '中',
        '👍🏽',
        '\ufe0f',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const statuses: readonly Status[] = ['pass', 'note', 'warn', 'fail', 'skip', 'broken'];
export const verdicts: readonly Verdict[] = ['ok', 'warn', 'fail', 'unknown'];

const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 1e21, 5e-324, Number.NaN));
const anyLabels = fc.dictionary(fc.oneof(anyText, fc.constantFrom('target', 'index', 'command')), anyText, {
  maxKeys: 3,
});

export const anyMetric: fc.Arbitrary<Metric> = fc
  .record({
    base: fc.record({
      name: fc.constantFrom('a_seconds', 'b_bytes', 'c_ratio', 'values'),
      help: anyText,
      unit: fc.constantFrom('seconds', 'bytes', 'ratio', 'count'),
      value: anyNumber,
      labels: anyLabels,
    }),
    thresholds: fc.record(
      { warn: anyNumber, fail: anyNumber, alarm: fc.constantFrom('above', 'below') },
      { requiredKeys: [] },
    ),
  })
  .map(({ base, thresholds }) => metricOf({ ...base, ...thresholds }));

const anyPosition = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.constantFrom(0, -1, 1.5, 1e21, Number.NaN, Number.POSITIVE_INFINITY),
);

/** Places and fixes that a rule with a bug could make, too: no line, beyond the line, of no length. */
export const anyPlace: fc.Arbitrary<SourcePlace> = fc.record(
  { file: anyText, line: anyPosition, column: anyPosition, length: anyPosition, text: anyText },
  { requiredKeys: ['file'] },
);

const anyFix: fc.Arbitrary<SafeFix> = fc.record({
  says: anyText,
  edits: fc.array(
    fc.record({ file: anyText, line: anyPosition, column: anyPosition, length: anyPosition, replacement: anyText }),
    { maxLength: 3 },
  ),
});

const anyRelated: fc.Arbitrary<RelatedFinding> = fc.record({
  relation: fc.constantFrom('follows', 'confirms'),
  rule: anyText,
  status: fc.constantFrom(...statuses),
  target: anyText,
  says: anyText,
});

export const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    rule: anyText,
    status: fc.constantFrom(...statuses),
    says: anyText,
    remedy: anyText,
    cites: anyText,
    pointer: anyText,
    more: fc.record(
      { place: anyPlace, fix: anyFix, related: fc.array(anyRelated, { maxLength: 4 }), again: anyText },
      { requiredKeys: [] },
    ),
  })
  .map(({ pointer, more, ...fields }) => findingOf({ ...fields, ...more, evidence: ['/text', pointer] }));

const anyReport: fc.Arbitrary<Report> = fc
  .record({
    target: anyText,
    verdict: fc.constantFrom(...verdicts),
    findings: fc.array(anyFinding, { maxLength: 3 }),
    metrics: fc.array(anyMetric, { maxLength: 3 }),
    text: anyText,
  })
  .map(({ text, ...fields }) => reportOf({ ...fields, facts: { text, [text]: [text] } }));

const anyOffset = fc.oneof(
  fc.integer({ min: -2, max: 40 }),
  fc.constantFrom(Number.NaN, 1.5, Number.POSITIVE_INFINITY),
);
const anyAlign = fc.constantFrom('left', 'right');

/** Blocks that a command with a bug could make, too: rows of unequal length, fields beyond the text. */
export const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading'), text: anyText }),
  fc.record({ kind: fc.constant('note'), text: anyText }),
  fc.record({
    kind: fc.constant('pairs'),
    pairs: fc.array(
      fc.record(
        { label: anyText, value: anyText, means: anyText, status: fc.constantFrom(...statuses) },
        { requiredKeys: ['label', 'value'] },
      ),
      { maxLength: 3 },
    ),
  }),
  fc.record(
    {
      kind: fc.constant('table'),
      columns: fc.array(fc.record({ title: anyText, align: anyAlign }), { maxLength: 4 }),
      rows: fc.array(fc.array(anyText, { maxLength: 5 }), { maxLength: 3 }),
      statuses: fc.array(fc.constantFrom(...statuses), { maxLength: 4 }),
    },
    { requiredKeys: ['kind', 'columns', 'rows'] },
  ),
  fc.record({
    kind: fc.constant('bars'),
    title: anyText,
    bars: fc.array(
      fc.record(
        { label: anyText, value: anyNumber, text: anyText, from: anyNumber },
        { requiredKeys: ['label', 'value', 'text'] },
      ),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    kind: fc.constant('fields'),
    source: anyText,
    fields: fc.array(
      fc.record(
        { start: anyOffset, end: anyOffset, label: anyText, status: fc.constantFrom(...statuses) },
        { requiredKeys: ['start', 'end', 'label'] },
      ),
      { maxLength: 4 },
    ),
  }),
);

/** A whole run of anything. */
export const anyRun: fc.Arbitrary<Invented> = fc
  .record({
    reports: fc.array(fc.record({ report: anyReport, blocks: fc.array(anyBlock, { maxLength: 3 }) }), { maxLength: 4 }),
    records: fc.array(fc.record({ raw: anyText, value: anyNumber }), { maxLength: 3 }),
    verdict: fc.constantFrom(...verdicts),
    ticket: fc.option(anyText, { nil: undefined }),
  })
  .map(({ reports, records, verdict, ticket }) => ({
    run: runOf({ verdict, ...(ticket !== undefined && { ticket }) }),
    records,
    reports,
  }));
