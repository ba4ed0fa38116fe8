import type { Block } from '../../src/model/block.js';
import type { Finding } from '../../src/model/finding.js';
import type { Metric } from '../../src/model/metric.js';
import type { StreamRecord } from '../../src/model/record.js';
import type { Report, Run } from '../../src/model/report.js';
import type { CreateReporter, View } from '../../src/reporters/reporter.js';

/** What a command would hand to a reporter, invented: no command makes text this awkward in one go. */
export interface Invented {
  readonly run: Run;
  readonly records: readonly StreamRecord[];
  readonly reports: readonly { readonly report: Report; readonly blocks: readonly Block[] }[];
}

/** What a reporter writes for it, from the first character to the last. */
export function written(create: CreateReporter, { run, records, reports }: Invented, view: Partial<View> = {}): string {
  const reporter = create(run.command, { colour: false, width: 80, verbose: false, ...view });
  return [
    ...records.map((record) => reporter.record?.(record) ?? ''),
    ...reports.map(({ report, blocks }) => reporter.report(report, blocks)),
    reporter.end(run),
  ].join('');
}

export function runOf(fields: Partial<Run> = {}): Run {
  return {
    schema: 'rg-diag/1',
    command: 'decode',
    version: '1.0.0',
    at: '2026-11-20T12:00:00.000Z',
    verdict: 'ok',
    exitCode: 0,
    durationMs: 12.3,
    ...fields,
  };
}

export function reportOf(fields: Partial<Report> = {}): Report {
  return {
    target: 'example.com:443',
    at: '2026-11-20T12:00:00.000Z',
    durationMs: 11.9,
    verdict: 'ok',
    facts: {},
    findings: [],
    metrics: [],
    ...fields,
  };
}

export function findingOf(fields: Partial<Finding> = {}): Finding {
  return {
    rule: 'decode/form',
    status: 'pass',
    says: 'It decodes.',
    means: '',
    evidence: [],
    remedy: '',
    cites: '',
    ...fields,
  };
}

export function metricOf(fields: Partial<Metric> = {}): Metric {
  return { name: 'decode_values', help: 'How many values.', unit: 'count', value: 1, labels: {}, ...fields };
}

const header = '151df128a1 2.05 0.009465 0031 5360';

const compressed: Invented['reports'][number] = {
  report: reportOf({
    target: header,
    durationMs: 0.4,
    facts: { form: 'compressed', ratioPercent: 2.05, flags: { hex: '0031', value: 49 } },
    findings: [
      findingOf({ rule: 'decode/form', says: 'The value is complete.', evidence: ['/form'], cites: 'Railgun FAQ' }),
      findingOf({
        rule: 'decode/map-file',
        status: 'note',
        says: 'The address of the origin came from map.file, not from DNS.',
        evidence: ['/flags/hex', '/flags'],
        remedy: 'Check that railgun-nat.conf still names the right address for this host.',
        cites: 'Railgun FAQ, «What do the flags mean?»',
      }),
      findingOf({ rule: 'decode/expect', status: 'skip', says: 'No form was expected.' }),
    ],
    metrics: [
      metricOf({
        name: 'decode_compression_ratio',
        help: 'Bytes sent for bytes of the page.',
        unit: 'ratio',
        value: 0.0205,
      }),
      metricOf({
        name: 'decode_origin_time_seconds',
        help: 'How long the origin took.',
        unit: 'seconds',
        value: 0.009465,
      }),
    ],
  }),
  blocks: [
    {
      kind: 'fields',
      source: header,
      fields: [
        { start: 0, end: 10, label: 'request' },
        { start: 11, end: 15, label: 'ratio' },
        { start: 16, end: 24, label: 'origin time' },
        { start: 25, end: 29, label: 'flags' },
        { start: 30, end: 34, label: 'version' },
      ],
    },
    {
      kind: 'pairs',
      pairs: [
        { label: 'form', value: 'compressed', means: 'Railgun worked for this request.', status: 'pass' },
        {
          label: 'ratio',
          value: '2.05 %',
          means: 'Of 100 bytes of the page, 2.05 crossed the wide area network; 97.95 % was saved.',
        },
        { label: 'origin time', value: '9.465 ms', means: 'How long rg-listener waited for the web server.' },
        { label: 'version', value: '5360', means: 'The beginning of the hash of the rg-listener that answered.' },
      ],
    },
    { kind: 'heading', text: 'Flags' },
    {
      kind: 'table',
      columns: [
        { title: 'bit', align: 'right' },
        { title: 'name', align: 'left' },
        { title: 'meaning', align: 'left' },
      ],
      rows: [
        ['1', 'map.file', 'map.file used to change IP'],
        ['16', 'rg-sender', 'rg-sender sent dictionary'],
        ['32', 'rg-listener', 'rg-listener found dictionary'],
      ],
    },
    { kind: 'heading', text: 'Raw', verbose: true },
    { kind: 'pairs', pairs: [{ label: 'header', value: header }], verbose: true },
  ],
};

const malformed: Invented['reports'][number] = {
  report: reportOf({
    target: '151df128a1 2.05 0,009465 0031',
    verdict: 'unknown',
    durationMs: 0.2,
    facts: {
      failure: { code: 'malformed', step: 'decode', blame: 'us', detail: 'a number was needed at character 17' },
    },
    findings: [
      findingOf({
        rule: 'decode/form',
        status: 'broken',
        says: 'The origin time cannot be read: a decimal number was needed at character 17, and there was «0,009465».',
        evidence: ['/failure'],
        remedy:
          'Copy the header as the server sent it. Some log formats replace the decimal point by that of the locale.',
        code: 'malformed',
      }),
    ],
  }),
  blocks: [
    {
      kind: 'fields',
      source: '151df128a1 2.05 0,009465 0031',
      fields: [
        { start: 0, end: 10, label: 'request' },
        { start: 11, end: 15, label: 'ratio' },
        { start: 16, end: 24, label: 'a decimal number was needed', status: 'fail' },
      ],
    },
  ],
};

const log: Invented['reports'][number] = {
  report: reportOf({
    target: '/var/log/nginx/access.log',
    verdict: 'warn',
    durationMs: 812.5,
    facts: { lines: 100_000, values: 1000, forms: { compressed: 812, direct: 188 } },
    findings: [
      findingOf({
        rule: 'decode/persistent-direct',
        status: 'warn',
        says: '188 of 1000 responses were sent direct, and not only in the first minute.',
        evidence: ['/forms/direct', '/values'],
        remedy:
          'Check that memcached is reachable from rg-listener, that the pages are cacheable by Railgun, and that they differ little from one request to the next.',
        cites: 'Railgun FAQ',
      }),
      findingOf({ rule: 'decode/malformed', says: 'All values could be decoded.', evidence: ['/malformed'] }),
    ],
    metrics: [
      metricOf({ name: 'decode_values', labels: { form: 'compressed' }, value: 812 }),
      metricOf({ name: 'decode_values', labels: { form: 'direct' }, value: 188, warn: 100, fail: 500 }),
      metricOf({
        name: 'cert_expiry_seconds',
        help: 'Time left.',
        unit: 'seconds',
        value: -3600,
        alarm: 'below',
        warn: 2_592_000,
        fail: 604_800,
      }),
      metricOf({ name: 'memory_bytes', help: 'Memory.', unit: 'bytes', value: 1.5e21, warn: 1e22 }),
      metricOf({ name: 'tiny_ratio', help: 'Hardly anything.', unit: 'ratio', value: 1.25e-9 }),
      metricOf({
        name: 'unmeasured_ratio',
        help: 'Nothing was divided by nothing.',
        unit: 'ratio',
        value: Number.NaN,
        warn: 1,
      }),
    ],
  }),
  blocks: [
    {
      kind: 'pairs',
      pairs: [
        { label: 'lines', value: '100 000' },
        { label: 'values', value: '1000', means: 'Cf-Railgun values found in them' },
        { label: 'malformed', value: '0', status: 'pass' },
      ],
    },
    {
      kind: 'bars',
      title: 'Forms',
      bars: [
        { label: 'compressed', value: 812, text: '812 (81.2 %)' },
        { label: 'direct', value: 188, text: '188 (18.8 %)' },
        { label: 'stream', value: 1, text: '1 (0.1 %)' },
        { label: 'origin', value: 0, text: '0' },
      ],
    },
    { kind: 'heading', text: 'Milliseconds and percent' },
    {
      kind: 'table',
      columns: [
        { title: '', align: 'left' },
        ...['count', 'min', 'p50', 'p90', 'p99', 'max'].map((title) => ({ title, align: 'right' as const })),
      ],
      rows: [
        ['ratio', '812', '0.02', '2.1', '41.5', '88.8', '104.2'],
        ['origin time', '812', '1.2', '9.5', '120.4', '2103.0', '14999.9'],
      ],
    },
    {
      kind: 'note',
      text: 'A direct response right after a restart is normal: rg-listener has no earlier version of the page to compare with, so there is nothing to leave out.',
    },
    {
      kind: 'commands',
      title: 'To look again',
      lines: [
        'rg-diag decode -i /var/log/nginx/access.log.1 -i /var/log/nginx/access.log --expect compressed --format nagios',
        "rg-diag cert 'a b'",
      ],
    },
  ],
};

/** Everything that has ever broken a terminal, a status line or a label. */
export const awkward = {
  lines: 'first\nsecond\r\nthird\tfourth',
  bar: 'a|b=c;d \'single\' "double" back\\slash \\n {x="y"}',
  escape: '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;http://evil\u001b\\link',
  c1: '\u009b31m \u0085 \u007f \u0000',
  bidi: 'user\u202egnp.exe \u2066isolated\u2069 \u200b zero\u200dwidth',
  wide: '中文字符 日本語 한국어 ｆｕｌｌ',
  emoji: '👍🏽 👩‍💻 🇩🇪 ❤️ 🚀',
  marks: 'e\u0301 a\u0308 Z\u0351\u036b\u0343 \u0e01\u0e33 नमस्ते',
  surrogates: 'high \ud83d low \ude00 end',
  invisible: 'tag\u{e0041}\u{e0042} filler\u3164\u115f joiner\u034f',
  formula: '=HYPERLINK("http://evil","x")',
  long: `${'x'.repeat(300)} ${'word '.repeat(100)}end`,
  empty: '',
} as const;

const hostile: Invented['reports'] = Object.entries(awkward).map(([name, text], index) => ({
  report: reportOf({
    target: text,
    verdict: index % 2 === 0 ? 'fail' : 'warn',
    facts: { banner: text, [text]: { name } },
    findings: [
      findingOf({
        rule: `probe/${name}`,
        status: index % 2 === 0 ? 'fail' : 'warn',
        says: `The banner was «${text}».`,
        evidence: ['/banner', '/nowhere'],
        remedy: text,
        cites: text,
        code: 'unclassified',
      }),
    ],
    metrics: [
      metricOf({ name: 'probe_banners', help: 'How many banners.', labels: { text, target: name, 'odd-name': text } }),
    ],
  }),
  blocks: [
    { kind: 'heading', text: `${name}: ${text}` },
    { kind: 'pairs', pairs: [{ label: name, value: text, means: text, status: 'warn' }] },
    {
      kind: 'pairs',
      pairs: [
        { label: text, value: name },
        { label: 'plain', value: 'aligned', means: 'with the one above' },
      ],
    },
    {
      kind: 'bars',
      title: text,
      bars: [
        { label: text, value: index, text },
        { label: 'plain', value: 20, text: '20' },
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: text, align: 'left' },
        { title: 'n', align: 'right' },
      ],
      rows: [
        [text, '1'],
        ['plain', '10'],
      ],
    },
    {
      kind: 'fields',
      source: text,
      fields: [
        { start: 0, end: 3, label: 'begins' },
        { start: 4, end: 6, label: text },
        { start: text.length, end: text.length, label: 'more was needed', status: 'fail' },
      ],
    },
    { kind: 'note', text },
  ],
}));

const records: readonly StreamRecord[] = [
  { source: '-', line: 1, form: 'compressed', ratioPercent: 2.05, working: true, reason: undefined, raw: header },
  {
    source: '-',
    line: 2,
    form: 'direct',
    ratioPercent: undefined,
    working: false,
    reason: 'awaiting, "retry"',
    raw: '',
  },
  { source: '-', line: -3, form: '-1', ratioPercent: -1.5, working: false, reason: '+1', raw: '@SUM(A1)' },
  ...Object.entries(awkward).map(([name, text], index) => ({
    source: text,
    line: index,
    form: name,
    ratioPercent: undefined,
    working: false,
    reason: undefined,
    raw: ` ${text} `,
  })),
];

const ticket = `rg-diag 1.0.0, command decode

Time (UTC):  2026-11-20T12:00:00.000Z
Target:      ${header}
Raw:         ${'0031 '.repeat(30)}
- fail probe/bar: a|b
`;

/** One target, all is well: the main job. */
export const one: Invented = { run: runOf(), records: [], reports: [compressed] };

/** Several targets of every verdict, and a ticket. */
export const several: Invented = {
  run: runOf({ verdict: 'fail', exitCode: 2, durationMs: 825, ticket }),
  records: [],
  reports: [
    compressed,
    log,
    malformed,
    {
      report: reportOf({
        target: '[2001:db8::1]:443',
        verdict: 'fail',
        findings: [
          findingOf({
            rule: 'probe/open',
            status: 'fail',
            says: 'Nothing listens there: connection refused.',
            remedy: 'Start the web server, or correct the port.',
            code: 'unclassified',
          }),
        ],
        metrics: [metricOf({ name: 'connect_seconds', help: 'Time to connect.', unit: 'seconds', value: 0.0002 })],
      }),
      blocks: [],
    },
    // The same target once more, as for a name with two addresses.
    {
      report: reportOf({ target: header, metrics: [metricOf({ labels: { index: '7', target: 'inner' } })] }),
      blocks: [],
    },
  ],
};

/** Text from outside at its worst. */
export const worst: Invented = {
  run: runOf({ command: 'probe', verdict: 'fail', exitCode: 2, ticket: Object.values(awkward).join('\n') }),
  records,
  reports: hostile,
};

/** Interrupted before anything was finished. */
export const nothing: Invented = { run: runOf({ verdict: 'unknown', exitCode: 3 }), records: [], reports: [] };
