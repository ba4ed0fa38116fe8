import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK, createPlainAnchorIndex, LOOK_AHEAD, LOOK_BEHIND } from '../../src/decoders/anchor-index.js';
import { cfRailgun } from '../../src/decoders/cf-railgun.js';
import { emptyBlock, joinBlocks, type RailgunBlock } from '../../src/decoders/cf-railgun-block.js';
import { createRailgunLogScanner } from '../../src/decoders/cf-railgun-log.js';
import {
  createRailgunLogReader,
  type RailgunLog,
  type RailgunLogReader,
} from '../../src/decoders/cf-railgun-reader.js';
import { createTally, mergeTally, type RailgunTally, summarise } from '../../src/decoders/cf-railgun-tally.js';
import { reference } from './cf-railgun-reference.js';

interface Scanned {
  block: RailgunBlock;
  tally: RailgunTally;
  values: { text: string; line: number }[];
}

/**
 * Every log here is a string of bytes: one character (0 to 255) for each. It is read twice: value by value, and only
 * counting, which takes another way through the scanner.
 */
function read(log: string, chunk = log.length): Scanned {
  const values: Scanned['values'] = [];
  const each = pushed(log, chunk, createRailgunLogReader({ onValue: (text, line) => values.push({ text, line }) }));
  const counted = pushed(log, chunk, createRailgunLogReader());
  expect(counted.block).toEqual(each.block);
  expect(summarise(counted.tally)).toEqual(summarise(each.tally));
  return { ...each, values };
}

function pushed(log: string, chunk: number, reader: RailgunLogReader): RailgunLog {
  const bytes = Buffer.from(log, 'latin1');
  for (let at = 0; at < bytes.length; at += Math.max(1, chunk))
    reader.push(bytes.subarray(at, at + Math.max(1, chunk)));
  return reader.finish();
}

const scanner = createRailgunLogScanner();
/** The last one is the one for processors without SIMD. */
const others = [scanner, createRailgunLogScanner(), createRailgunLogScanner(createPlainAnchorIndex())];

/** The log as blocks that end at `cuts`, each with a tally of its own, by one scanner after the other: as threads would. */
function scanBlocks(log: string, cuts: readonly number[]): Scanned {
  const bytes = Buffer.from(log, 'latin1');
  const ends = [...new Set(cuts.map((cut) => cut % (log.length + 1)))].sort((a, b) => a - b).filter((cut) => cut > 0);
  if (ends.at(-1) !== log.length) ends.push(log.length);
  const values: Scanned['values'] = [];
  const tally = createTally();
  let block = emptyBlock;
  let begin = 0;
  ends.forEach((end, i) => {
    const { window, scan } = others[i % others.length] ?? scanner;
    const limit = Math.min(bytes.length, end + LOOK_AHEAD);
    const from = Math.max(0, begin - LOOK_BEHIND);
    window.fill(0x0a, 0, LOOK_BEHIND);
    window.set(bytes.subarray(from, limit), LOOK_BEHIND - (begin - from));
    const own = createTally();
    const at = (position: number) => position - LOOK_BEHIND;
    const span = {
      begin: LOOK_BEHIND,
      end: LOOK_BEHIND + end - begin,
      limit: LOOK_BEHIND + limit - begin,
      last: end === log.length,
    };
    const next = scan(span, block.column, own, (start, stop, line) => {
      values.push({ text: log.slice(begin + at(start), begin + at(stop)), line: block.lines + line });
    });
    const counted = createTally();
    expect(scan(span, block.column, counted)).toEqual(next);
    expect(summarise(counted)).toEqual(summarise(own));
    block = joinBlocks(block, structuredClone(next));
    mergeTally(tally, structuredClone(own));
    begin = end;
  });
  return { block, tally, values };
}

function expectAsReference(log: string, { block, values, tally }: Scanned): void {
  const expected = reference(log);
  expect(values).toEqual(expected.values);
  expect([block.lines, block.values, block.malformed]).toEqual([
    expected.lines,
    expected.values.length,
    expected.malformed.length,
  ]);
  expect(block.malformedSamples).toEqual(expected.malformed.slice(0, 5));
  expect(block.column).toEqual(expected.column);
  expect(block.directRuns).toEqual(runsOf(expected.values.map(({ text }) => /^direct/i.test(text))));
  expect(summarise(tally).values).toBe(expected.values.length);
}

function runsOf(directs: readonly boolean[]): RailgunBlock['directRuns'] {
  const runs = directs
    .map((direct) => (direct ? 'd' : '.'))
    .join('')
    .split('.');
  return {
    first: runs[0]?.length ?? 0,
    longest: Math.max(...runs.map((run) => run.length)),
    last: runs.at(-1)?.length ?? 0,
  };
}

const real = '151df128a1 2.05 0.009465 0031 5360';
const direct = 'direct (starting new WAN connection)';

describe('what is found in logs of every kind', () => {
  const combined = (value: string) =>
    `192.0.2.7 - - [20/Nov/2026:12:00:00 +0000] "GET /a?ref=e4b06ce60741c7a8 HTTP/1.1" 200 51 "-" "Mozilla/5.0 (X11, \\"q\\")" "${value}"`;

  it.each([
    ['one value a line', `${real}\n${direct}\nf1cb3b9f7d 0.02 0.008966 30`, 3, 0, { kind: 'line' }],
    [
      'combined',
      [real, direct, '-', 'direct', 'nonsense', ''].map(combined).join('\n'),
      3,
      1,
      { kind: 'quoted', index: 3 },
    ],
    [
      'tabs',
      [real, direct, '-', 'direct', 'x'].map((v) => `a\t200\t${v}\tb\n`).join(''),
      3,
      1,
      { kind: 'tab', index: 2 },
    ],
    [
      'commas',
      [real, direct, '', 'direct', 'x'].map((v) => `"a,b",200,"${v}",c\n`).join(''),
      3,
      1,
      { kind: 'comma', index: 2 },
    ],
    [
      'blanks',
      [real, direct, '-', 'direct', 'x'].map((v) => `"a b" [c d] ${v} 17\n`).join(''),
      3,
      1,
      { kind: 'blank', index: 2 },
    ],
    [
      'JSON lines',
      [real, direct, '', 'direct', 'x'].map((v) => `{"a":1,"cf-railgun":"${v}","b":[]}\n`).join(''),
      3,
      1,
      { kind: 'none' },
    ],
    [
      'JSON in JSON',
      `{"log":"{\\"http_cf_railgun\\": \\"${real}\\"}"}\n{"log":"{\\"cf_railgun\\":\\"direct\\"}"}`,
      2,
      0,
      { kind: 'none' },
    ],
    [
      'lists in JSON (Caddy)',
      `{"Cf-Railgun":["${real}"]}\n{"Cf-Railgun":["direct"]}\n{"Cf-Railgun":[]}\n{"Cf-Railgun":null}`,
      2,
      0,
      { kind: 'none' },
    ],
    [
      'headers',
      `HTTP/1.1 200 OK\r\nCf-Railgun:   ${real}\r\nVary: x\r\n\r\nHTTP/1.1 200\r\ncf-railgun: direct\r\nCF-RAILGUN:\r\n`,
      2,
      0,
      { kind: 'none' },
    ],
    [
      'logfmt',
      `a=1 cf_railgun="${real}" b=2\na=1 cf_railgun=direct b=2\na=1 cf_railgun= b=2\na=1 cf_railgun=- b=2\n`,
      2,
      0,
      { kind: 'none' },
    ],
    [
      'LTSV',
      `a:1\tcf_railgun:${real}\tb:2\na:1\tcf_railgun:\tb:2\na:1\tcf_railgun:direct (odd)\tb:2\n`,
      2,
      0,
      { kind: 'none' },
    ],
    [
      'values in prose',
      `rg-diag saw ${real} and then ${direct} twice\nnothing here\n`,
      2,
      0,
      { kind: 'blank', index: 2 },
    ],
    ['no values', `a\nb ${'deadbeef00'.repeat(3)} c\nGET /direct (x)\n`, 0, 0, undefined],
    ['nothing', '', 0, 0, undefined],
  ] as const)('%s', (_, log, values, malformed, column) => {
    const { block } = read(log);
    if (_ === 'values in prose') expect([block.values, block.column]).toEqual([values, column]);
    else expect([block.values, block.malformed, block.column]).toEqual([values, malformed, column]);
    expectAsReference(log, read(log));
  });

  it('does not take words, hashes, paths and numbers for values', () => {
    for (const before of ['x', '0', '.', '%', '/', '+', '-', '_', '(']) {
      expect(read(`${before}${real}\n`).block.values).toBe(0);
    }
    for (const after of ['x', '.', '-', '_']) expect(read(`${direct}${after}\n`).block.values).toBe(0);
    expect(read('redirect (starting new WAN connection)\n').block.values).toBe(0);
    expect(read('it went direct (as far as we know) to the origin\n').block.values).toBe(0);
  });

  it('numbers malformed values by line and cuts their text', () => {
    const log = `${real}\n-\n${'\xff'.repeat(300)}\n\nok?\n`;
    const { malformedSamples } = read(log).block;
    expect(malformedSamples).toEqual([
      { line: 3, text: '\ufffd'.repeat(200) },
      { line: 5, text: 'ok?' },
    ]);
  });

  it('tells the runs of direct', () => {
    const { directRuns } = read([direct, direct, real, direct, direct, direct, real, 'direct'].join('\n')).block;
    expect(directRuns).toEqual({ first: 2, longest: 3, last: 1 });
  });

  it('hands out a value when its line is complete, not later', () => {
    const lines: number[] = [];
    const reader = createRailgunLogReader({ onValue: (_, line) => lines.push(line) });
    reader.push(Buffer.from(`${real}\n${real}`));
    expect(lines).toEqual([1]);
    reader.push(Buffer.from('\n'));
    expect(lines).toEqual([1, 2]);
  });
});

const id = fc.constantFrom('151df128a1', 'f1cb3b9f7d', 'DIRECT0000'.replace(/[^0-9A-F]/g, 'A'), 'd1cec70000');
const value = fc.oneof(
  id.map((text) => `${text} 2.05 0.009465 0031 5360`),
  fc
    .tuple(
      id,
      fc.integer({ min: 0, max: 99_999_999 }),
      fc.integer({ min: 0, max: 99_999_999 }),
      fc.nat(0xffff),
      fc.nat(6),
    )
    .map(([text, ratio, time, flags, digits]) => {
      const scaled = (value: number) =>
        `${Math.floor(value / 10 ** digits)}.${`${value}`.padStart(9, '0').slice(-digits - 1)}`;
      return `${text} ${scaled(ratio)} ${scaled(time)} ${flags.toString(16)} 57DA`;
    }),
  id.map((text) => `${text} 0.02 0.008966 30`),
  id.map((text) => `${text} stream 0.1 0010 5360`),
  id.map((text) => `${text} 0048 normal 3350`),
  id.map((text) => `${text}\torigin`),
  fc.constantFrom(direct, 'direct', 'DIRECT  (internal error)', 'direct (unheard of)'),
);
const nearMiss = fc.oneof(
  value.map((text) => text.slice(0, -5)),
  value.map((text) => text.replace(' ', '  ').replace('0.', '0,')),
  fc.tuple(value, fc.nat(40), fc.constantFrom('x', ' ', '"', '\t', '(', '\x00', '\xc3')).map(([text, at, what]) => {
    return text.slice(0, at) + what + text.slice(at + 1);
  }),
  fc.constantFrom(
    'direct (unclosed',
    'direct ()',
    'redirect (x)',
    '151df128a1 ',
    '151df128a10 1 2',
    'object ',
    'algae',
  ),
);
const glue = fc.constantFrom(
  ...[
    '\n',
    '\n',
    '\n',
    '\r\n',
    ' ',
    ' ',
    '  ',
    '\t',
    '"',
    '" "',
    '", "',
    "'",
    ',',
    ':',
    ': ',
    '=',
    '{',
    '}',
    '[',
    ']',
    ';',
    '|',
    '\\',
    '\\"',
  ],
  ...[
    '-',
    '"-"',
    'null',
    '\x00',
    '\xff\xfe',
    '\xe2\x82',
    'a',
    'GET / HTTP/1.1',
    '(',
    ')',
    '.',
    ' '.repeat(65),
    ' '.repeat(64),
  ],
);
const name = fc.constantFrom(
  'Cf-Railgun: ',
  '"cf-railgun":"',
  'http_cf_railgun=',
  'CF_RAILGUN',
  'cf-railgun :\t',
  "'cf-railgun'='",
  '\n< Cf-Railgun: ',
  '\\nsent_http_cf_railgun=',
  ' x=1 cf_railgun=',
  ' key=',
  '\n',
  '\xef\xbb\xbf',
);
const soup = fc
  .array(fc.oneof({ weight: 3, arbitrary: value }, nearMiss, { weight: 5, arbitrary: glue }, name), { maxLength: 40 })
  .map((pieces) => pieces.join(''));
/** Lines of one format with good, bad and missing values, which is where columns matter. */
const table = fc
  .tuple(
    fc.constantFrom(
      '@',
      'a\t@\tb',
      '1,"x,y",@',
      '"GET / \\"x\\"" 200 "@"',
      '[a b] "c d" @ e',
      '{"cf-railgun":"@"}',
      'k="@" l="m"',
      'a;@;b',
      'a|@',
      'Cf-Railgun: @',
      '{"a":1,"cf-railgun":["@"]}',
      'a=1 cf_railgun=@ b=2',
    ),
    fc.array(
      fc.oneof({ weight: 4, arbitrary: value }, nearMiss, fc.constantFrom('-', '', 'direct', 'junk', '\xff'), soup),
      {
        maxLength: 12,
      },
    ),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([format, values, end]) => values.map((text) => format.replace('@', () => text)).join(end));
const log = fc.oneof(
  soup,
  table,
  fc.tuple(table, soup, table).map((parts) => parts.join('\n')),
);

describe('a value fills its field', () => {
  const rest = [' zzz', ' 53', '0', ' stream', 'x', '(x)', ', 1x', ' \xc3', ' = 1'];
  const bad = [...rest.map((text) => real + text), '151df128a1 stream foo', 'direct(x)', 'direct (a) b', `${direct} b`];

  function expectCounts(log: string, values: number, malformed: number): Scanned {
    const result = read(log);
    expect([log, result.block.values, result.block.malformed]).toEqual([log, values, malformed]);
    expectAsReference(log, result);
    return result;
  }

  it.each(bad)('or it is malformed: %s', (text) => {
    if (!text.includes(',')) {
      expectCounts(`a\ncf-railgun: ${text}\n`, 0, 1);
      expectCounts(`a=1 cf_railgun=${text} b=2\n`, 0, 1);
      const { malformedSamples } = expectCounts(`\n< Cf-Railgun: ${text}  \r\n`, 0, 1).block;
      expect(malformedSamples).toEqual([{ line: 2, text: Buffer.from(text, 'latin1').toString('utf8') }]);
    }
    expectCounts(`{"cf-railgun":"${text}"}\n`, 0, 1);
    expectCounts(`{"log":"{\\"cf-railgun\\": \\"${text}\\"}"}\n`, 0, 1);
    if (text.startsWith(`${real} `) || text.startsWith(direct)) expectCounts(`200 "${text}" x\n`, 0, 1);
    expectCounts(`${real}\n${text}\n${real}\n`, 2, 1);
    if (!text.includes(',')) for (const mark of '\t,;|') expectCounts(`a${mark}${real}\na${mark}${text}\n`, 1, 1);
  });

  it.each([
    ...['\n', '\r\n', '  \n', '', '\t1', ',', ' , b', ';', '}', ']', '"', '\\r\\nVary: x'].map(
      (end) => `Cf-Railgun: ${real}${end}`,
    ),
    `a=1 cf_railgun=${real} b=2`,
    `a=1 cf_railgun=direct b=2`,
    `a=1 cf_railgun=direct (a, b) b=2`,
    `"${real}  "`,
    `"${real}`,
    `\\"${real}\\"`,
    `x ${real} zzz`,
    `CF-Railgun-ID: ${real} zzz`,
    `\xef\xbb\xbfcf-railgun: direct`,
  ])('and then it is one: %j', (log) => {
    expectCounts(log, 1, 0);
  });

  it.each([
    'CF-Railgun-ID: x',
    'Cf-Railgun-Status: on',
    'X-Cf-Railgun: on',
    'Vary: Cf-Railgun, Accept',
    'Access-Control-Expose-Headers: cf-railgun',
    'Access-Control-Expose-Headers: x,cf-railgun',
    '{"cf-railgun":{"a":1}}',
    '{"cf-railgun":[{"a":1}]}',
    '{"cf-railgun":["a", "b"]}',
    '{"cf-railgun":[1,2]}',
    '{"cf-railgun":["-a", "b"]}',
    '{"cf-railgun":{}}',
  ])('or there is none: %s', (log) => {
    expectCounts(`${log}\n`, 0, 0);
  });

  it('knows direct alone on its line, before and after any other value', () => {
    const ends = ['\n', '\r\n', ' \t\r\n', ''];
    for (const end of ends) expect(expectCounts(`a\n \tDirect${end}`, 1, 0).block.column).toEqual({ kind: 'line' });
    expectCounts(`x "${real}"\ndirect\nx "direct"\n`, 3, 0);
    expectCounts('direct\nredirect\ndirect x\n', 1, 2);
    const log = `\xef\xbb\xbfdirect\n${real}\n direct\r\nCf-Railgun: -\ndirect`;
    for (let at = 1; at < log.length; at += 1) expectAsReference(log, scanBlocks(log, [at]));
  });

  it.each(['@', '"@"', 'a;@;b', 'a|@|b', 'a\t@', '"a" "@"', 'Cf-Railgun: @', '"@" "a"'])(
    'is not changed by a mark: %s',
    (line) => {
      const log = [real, direct, 'direct', 'junk'].map((text) => line.replace('@', text)).join('\n');
      expectCounts(log, 3, 1);
      expect(expectCounts(`\xef\xbb\xbf${log}`, 3, 1).block).toEqual(read(log).block);
    },
  );

  it('wherever a name or a quote says where that field is, as decode has it', () => {
    const text = fc
      .tuple(value, fc.constantFrom('', ...rest, ' ', '\t', '  57DA', ' 0031', '.5', ')', ' (x)'))
      .map((parts) => parts.join(''))
      .filter((all) => !/[,\t]/.test(all));
    const frames = [
      'Cf-Railgun: @',
      'a=1 cf_railgun=@ b=2',
      'cf_railgun:@\tb:1',
      '{"cf-railgun":"@"}',
      "'cf-railgun': ['@']",
    ];
    fc.assert(
      fc.property(text, fc.constantFrom(...frames, '"@"', "x '@' y"), (field, frame) => {
        const isBare = /^.?@|x/.test(frame) && /^direct/i.test(field);
        const { ok } = cfRailgun.decode(field);
        const { block } = read(`a\n${frame.replace('@', () => field)}\nb`);
        if (!isBare)
          expect([block.values, block.values + block.malformed > 0]).toEqual([ok ? 1 : 0, ok || block.malformed > 0]);
        if (frame.includes('railgun')) expect(block.malformed).toBe(ok ? 0 : 1);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('properties', () => {
  it('finds what the slow and obvious reference finds', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(log, (text) => expectAsReference(text, read(text))),
      { numRuns: 800 },
    );
  });

  it('finds it behind the mark of a file that was put behind another', () => {
    const text = 'x51df128a1 2.05 0.009465 0031 5360\xef\xbb\xbfdirect\n\n';
    expectAsReference(text, read(text));
  });

  it('finds the same however the log is cut into chunks', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 60 }), (text, chunk) => {
        const whole = read(text);
        const cut = read(text, chunk);
        expect(cut.values).toEqual(whole.values);
        expect(cut.block).toEqual(whole.block);
        expect(summarise(cut.tally)).toEqual(summarise(whole.tally));
      }),
      { numRuns: 200 },
    );
  });

  it('finds the same however the log is cut into blocks for several scanners', () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(3000), { maxLength: 12 }), (text, cuts) => {
        const whole = read(text);
        const cut = scanBlocks(text, cuts);
        expect(cut.values).toEqual(whole.values);
        expect(cut.block).toEqual(whole.block);
        expect(summarise(cut.tally)).toEqual(summarise(whole.tally));
      }),
      { numRuns: 150 },
    );
  });

  it('cuts a value at each of its bytes', () => {
    const text = `a "${real}" b\nCf-Railgun: ${real}\n"${direct}"\ncf_railgun=direct\n`;
    for (let at = 1; at < text.length; at += 1) expectAsReference(text, scanBlocks(text, [at]));
  });

  it('joins blocks in any grouping', () => {
    const block = fc
      .tuple(fc.nat(9), fc.array(fc.boolean(), { maxLength: 6 }), fc.array(fc.nat(8), { maxLength: 5 }))
      .map(
        ([lines, directs, samples]): RailgunBlock => ({
          ...emptyBlock,
          lines,
          values: directs.length,
          malformed: samples.length,
          malformedSamples: samples.map((line) => ({ line, text: String(line) })),
          directRuns: runsOf(directs),
        }),
      );
    fc.assert(
      fc.property(block, block, block, (a, b, c) => {
        expect(joinBlocks(joinBlocks(a, b), c)).toEqual(joinBlocks(a, joinBlocks(b, c)));
        expect(joinBlocks(emptyBlock, a)).toEqual(a);
        expect(joinBlocks(a, emptyBlock)).toEqual(a);
      }),
    );
  });
});

describe('long lines', () => {
  const far = 65536;
  /** Where a value stands about the end of the part of a line that its column is looked for in. */
  const places = [far - 40, far - 12, far - 1, far, far + 1, far + 400, 3 * far];

  it.each(places)('with a value that begins at byte %i', (at) => {
    const line = `${'.'.repeat(at - 1)} ${real}`;
    for (const text of [`${line} x\n`, `${real}\n${line}`, `a\t${real}\n${line.replace(' ', '\t')}\tx\nb\tjunk`]) {
      expectAsReference(text, read(text));
      for (const cut of [1, 7, at - 600, at, at + 3, at + 10, at + 30])
        expectAsReference(text, scanBlocks(text, [cut]));
    }
  });

  it.each(places)('with a name whose value begins at byte %i', (at) => {
    const text = `${real}\n${'.'.repeat(at - 13)} Cf-Railgun: junk\n${'.'.repeat(at - 13)} Cf-Railgun: ${real}\n`;
    expectAsReference(text, read(text));
    for (const cut of [50, at, at + 20, at + 40, 2 * at]) expectAsReference(text, scanBlocks(text, [cut]));
  });

  it('of several MB, cut where the window is full', () => {
    const text = `"-" "${real}"\n"x" ${'. '.repeat(900_000)}"${real}" ${`"${direct}",`.repeat(50_000)}\n"-" "junk"\n"-" "direct"`;
    const expected = { values: 50_003, malformed: 1, lines: 4 };
    for (const chunk of [text.length, 65_537, 1_000_003]) {
      const { block } = read(text, chunk);
      expect({ values: block.values, malformed: block.malformed, lines: block.lines }).toEqual(expected);
      expect(block.malformedSamples).toEqual([{ line: 3, text: 'junk' }]);
    }
    expect(scanBlocks(text, [1 << 20, 2 << 20, 3 << 20]).block).toEqual(read(text).block);
  });

  it('of 50 MB, with NUL bytes and without a newline', () => {
    const reader = createRailgunLogReader();
    const piece = Buffer.from(`\0${'x'.repeat(99_962)}\xff  ${real}`.slice(0, 100_000), 'latin1');
    for (let i = 0; i < 500; i += 1) reader.push(piece);
    const { block } = reader.finish();
    expect([block.lines, block.values]).toEqual([1, 500]);
  });
});

describe('place', () => {
  it('cuts a file into blocks that together are the file', () => {
    const line = `192.0.2.1 "GET /" "${real}"\n`;
    const bytes = Buffer.from(line.repeat(60_000));
    const tally = createTally();
    let block = emptyBlock;
    for (let offset = 0; offset < bytes.length; offset += 1 << 20) {
      const { from, length, at, span } = scanner.place(offset, Math.min(bytes.length, offset + BLOCK), bytes.length);
      scanner.window.set(bytes.subarray(from, from + length), at);
      block = joinBlocks(block, scanner.scan(span, block.column, tally));
    }
    expect([block.lines, block.values, block.malformed]).toEqual([60_000, 60_000, 0]);
    expect(summarise(tally).flagWords).toEqual({ '0031': 60_000 });
  });
});
