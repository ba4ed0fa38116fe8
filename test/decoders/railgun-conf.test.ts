import { readdirSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRailgunConf,
  type RailgunConfLine,
  railgunConfText,
  settingsOf,
} from '../../src/decoders/railgun-conf.js';
import { listenerSettings } from '../../src/decoders/railgun-listener-settings.js';
import { railgunParameterOf } from '../../src/knowledge/railgun-parameters.js';
import { Secret } from '../../src/model/secret.js';

const folder = new URL('../fixtures/railgun-conf/', import.meta.url);

/**
 * `lines`: blank and comment; setting, key, column, column of the `=`, value (`***` where it is secret), column, column of the
 * semicolon; unreadable, column, why. `listener`: value, line, column. `problems`: line, column, key, code, says.
 */
interface Expected {
  readonly lines: readonly (string | number)[][];
  readonly listener: Readonly<Record<string, readonly unknown[]>>;
  readonly problems: readonly (string | number)[][];
}

const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.conf'))
  .map((file) => {
    const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
    const expected: Expected = JSON.parse(read(file.replace(/conf$/, 'json')));
    return { name: file.slice(0, -5), text: read(file), expected };
  });

const rowOf = (line: RailgunConfLine) => {
  if (line.kind === 'unreadable') return [line.kind, line.column, line.why];
  if (line.kind !== 'setting') return [line.kind];
  const { key, equals, value, semicolon } = line;
  return [line.kind, key.text, key.column, equals, `${value.text}`, value.column, ...(semicolon ? [semicolon] : [])];
};

const revealed = (text: string | Secret) => (typeof text === 'string' ? text : text.reveal());

/** Every way in which an object may come to be seen. */
const shown = (value: unknown) =>
  [
    JSON.stringify(value),
    inspect(value, { depth: null, maxStringLength: null, maxArrayLength: null }),
    inspect(value, { depth: null, customInspect: false, showHidden: true, maxArrayLength: null }),
    serialize(value).toString('latin1'),
  ].join('\n');

describe('railgun.conf', () => {
  it.each(cases)('$name', ({ text, expected }) => {
    const conf = decodeRailgunConf(text);
    expect(conf.lines.map(rowOf)).toEqual(expected.lines);
    expect(conf.lines.map(({ line }) => line)).toEqual(expected.lines.map((_, index) => index + 1));
    const { problems, ...settings } = listenerSettings(conf);
    const read = Object.entries(settings).map(([name, { value, from }]) => [
      name,
      from === 'default' ? [value ?? null, from] : [value ?? null, from.line, from.column],
    ]);
    expect(Object.fromEntries(read)).toEqual(expected.listener);
    expect(problems.map(({ line, column, key, code, says }) => [line, column, key, code, says])).toEqual(
      expected.problems,
    );
  });

  it.each(cases)('$name, cut anywhere, is given back, with every part at its place', ({ text }) => {
    for (let end = 0; end <= text.length; end += 1) {
      const cut = text.slice(0, end);
      const conf = decodeRailgunConf(cut);
      expect(railgunConfText(conf)).toBe(cut);
      listenerSettings(conf);
      for (const line of conf.lines) {
        const raw = revealed(line.raw);
        expect(raw.endsWith(line.end)).toBe(true);
        if (line.kind !== 'setting') continue;
        const value = revealed(line.value.text);
        expect(raw.startsWith(line.key.text, line.key.column - 1)).toBe(true);
        expect(raw[line.equals - 1]).toBe('=');
        expect(raw.startsWith(value, line.value.column - 1)).toBe(true);
        if (line.semicolon !== undefined) expect(raw[line.semicolon - 1]).toBe(';');
      }
    }
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('knows what ends its lines: %s', (_, end) => {
    const { lines } = decodeRailgunConf(`wan.port = 1${end}${end}# 2${end}x${end}last = 1`);
    expect(lines.map((line) => line.end)).toEqual([end, end, end, end, '']);
    expect(lines[0]).toMatchObject({ raw: `wan.port = 1${end}`, value: { text: '1' } });
  });

  it('is given back, whatever it is', () => {
    const piece = fc.constantFrom(
      '\n',
      '\r',
      '\r\n',
      '\ufeff',
      '\0',
      '=',
      '#',
      ';',
      ' ',
      '\t',
      'wan.port',
      '2408',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 40 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (file) => {
        expect(railgunConfText(decodeRailgunConf(file))).toBe(file);
      }),
      { numRuns: 5000 },
    );
  });

  it('lists every line of a key, in their order, and takes no key for more than a key', () => {
    const settings = settingsOf(decodeRailgunConf('z=1\nwan.port=1\n__proto__=p\nz=2\nconstructor=c\nwan.port=3\n'));
    expect([...settings].map(([key, lines]) => [key, lines.map(({ line }) => line)])).toEqual([
      ['z', [1, 4]],
      ['wan.port', [2, 6]],
      ['__proto__', [3]],
      ['constructor', [5]],
    ]);
    expect(settings.get('wan.port')?.at(-1)?.value).toEqual({ text: '3', column: 10 });
  });

  it('reads the same settings from the same keys in any order and spelling', () => {
    const rows = fc.record({
      'lan.timeout': fc.integer({ min: 1, max: 999_999_999 }),
      'validate.cert': fc.constantFrom(0, 1),
      'insecure.origin': fc.constantFrom(0, 1),
      'wan.port': fc.integer({ min: 1, max: 65535 }),
    });
    const layout = fc.record({ blank: fc.constantFrom('', ' ', '\t '), end: fc.constantFrom('\n', '\r\n', '\r') });
    fc.assert(
      fc.property(rows, layout, fc.integer({ min: 0, max: 3 }), (values, { blank, end }, turn) => {
        const entries = Object.entries(values);
        const turned = [...entries.slice(turn), ...entries.slice(0, turn)];
        const text = turned.map(([key, value]) => `${blank}${key}${blank}=${blank}${value}${blank}${end}`).join('');
        const settings = listenerSettings(decodeRailgunConf(text));
        expect(settings.problems).toEqual([]);
        expect([
          settings.lanTimeoutSeconds.value,
          settings.validateCert.value,
          settings.insecureOrigin.value,
          settings.wanPort.value,
        ]).toEqual([
          values['lan.timeout'],
          values['validate.cert'] === 1,
          values['insecure.origin'] === 1,
          values['wan.port'],
        ]);
      }),
    );
  });

  it('takes defaults from what is published, and all of them can be read', () => {
    const keys = ['lan.timeout', 'validate.cert', 'ca.bundle', 'map.file', 'insecure.origin', 'wan.port'];
    const byDefault = listenerSettings(decodeRailgunConf(''));
    const written = keys.map((key) => `${key} = ${railgunParameterOf(key)?.default ?? expect.fail(key)}\n`).join('');
    const spelt = listenerSettings(decodeRailgunConf(written));
    expect(spelt.problems).toEqual([]);
    const valuesOf = ({ problems: _, ...settings }: typeof spelt) => Object.values(settings).map(({ value }) => value);
    expect(valuesOf(spelt)).toEqual(valuesOf(byDefault));
  });
});

describe('the token of railgun.conf', () => {
  const token = '7d1f0c9e5b3a48826af7d1f0c9e5b3aZ';
  const places = [
    `activation.token = ${token}`,
    `activation.token=${token};`,
    `\ufeffactivation.token = ${token}`,
    `  activation.token = ${token} # mine`,
    `Activation.Token = ${token}`,
    `activation.tokn = ${token}`,
    `activation_token = ${token}`,
    `activation.token: ${token}`,
    `activation.token ${token}`,
    `activation.token ${token} = 1`,
    `activation.token.${token} = 1`,
    `activation.token == ${token}`,
    `# activation.token = ${token}`,
    `#${token}`,
    token,
    `${token}=`,
    `=${token}`,
    `${token} = ${token}`,
    `activation.railgun_host = ${token}`,
    `lan.timeout = ${token}`,
    `validate.cert = ${token}`,
    `wan.port = ${token}`,
    `map.file = ${token}`,
    `ca.bundle = ${token}`,
    `map.file = /etc/map # activation.token = ${token}`,
    `ca.bundle = /etc/ca.pem;activation.token=${token}`,
    `stats.url = https://:${token}@stats.example.com/`,
    `stats.url = https://stats.example.com/?key=${token.slice(0, 8)}`,
  ];
  // What is left of it must not be readable either.
  const canaries = [token, token.slice(0, 8), token.slice(-8)];

  it.each(places)('is not to be seen in %j', (place) => {
    for (const end of ['', '\n', '\r\n', '\r']) {
      const text = `wan.port = 2408\n${place}${end}`;
      const conf = decodeRailgunConf(text);
      const all = shown([conf, settingsOf(conf), listenerSettings(conf), conf.lines.map((line) => `${line.raw}`)]);
      for (const canary of canaries) expect(all).not.toContain(canary);
      expect(railgunConfText(conf)).toBe(text);
    }
  });

  it('is not to be seen anywhere in a file of all these lines', () => {
    const text = places.join('\n');
    const conf = decodeRailgunConf(text);
    const all = shown([conf, settingsOf(conf), listenerSettings(conf)]);
    for (const canary of canaries) expect(all).not.toContain(canary);
    expect(railgunConfText(conf)).toBe(text);
  });

  it('is there for who asks for it, and so is its line', () => {
    const setting = settingsOf(decodeRailgunConf(`activation.token = ${token} \n`)).get('activation.token')?.[0];
    const { raw, value } = setting ?? expect.fail('no setting');
    expect([raw instanceof Secret && raw.reveal(), value.text instanceof Secret && value.text.reveal()]).toEqual([
      `activation.token = ${token} \n`,
      token,
    ]);
  });

  it.each([
    'ca.bundle = /etc/ssl/7d1f0c9e5b3a48826af7d1f0c9e5b3a0.pem',
    'pid.file = /run/a?b@c',
    'map.file = /etc/map # ours',
    'activation.railgun_host = averylongnameofarailgunlistener.example.com',
    'stats.url = http://localhost:9090',
    'memcached.servers = 192.0.2.1:11211 192.0.2.2:11211',
  ])('is not suspected in %j', (text) => {
    expect(JSON.stringify(decodeRailgunConf(text))).toContain(text.slice(text.indexOf('= ') + 2));
  });
});

describe('any input', () => {
  const RUNS = 200_000;
  const pieces = [
    ...['wan.port', 'lan.timeout', 'validate.cert', 'activation.token', 'ca.bundle', 'map.file', 'stats.url', '0', '1'],
    ...[
      '=',
      '=',
      '=',
      '=',
      ' ',
      '\t',
      '\n',
      '\n',
      '\n',
      '\r',
      '\r\n',
      '#',
      ';',
      '\ufeff',
      '\0',
      '2408',
      '30',
      '/etc/x',
    ],
    ...['0123456789abcdef0123456789abcdef', '@', '?', '\ud800', 'é', '💥', '__proto__', '99999999999', '-1', '\u2028'],
    ...[
      'wan.port = 2409\n',
      'lan.timeout = 31\n',
      'validate.cert=0\r\n',
      'map.file = /etc/map\n',
      'insecure.origin = 1;\n',
    ],
  ];

  it(`is read without throwing, and given back: ${RUNS} files`, { timeout: 120_000 }, () => {
    let state = 0x5eed;
    const random = (below: number) => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    let read = 0;
    for (let run = 0; run < RUNS; run += 1) {
      let text = '';
      for (let count = random(16); count > 0; count -= 1) {
        const piece = pieces[random(pieces.length)] ?? '';
        const kind = random(8);
        if (kind === 0) text += String.fromCharCode(random(0x10000));
        else text += kind === 1 ? piece.slice(random(piece.length + 1)) : piece;
      }
      try {
        const conf = decodeRailgunConf(text);
        const { problems, ...settings } = listenerSettings(conf);
        if (Object.values(settings).some(({ from }) => from !== 'default')) read += 1;
        for (const { line } of problems) if (line > conf.lines.length) expect.fail(JSON.stringify(text));
        if (railgunConfText(conf) !== text) expect.fail(JSON.stringify(text));
      } catch (error) {
        expect.fail(`threw for ${JSON.stringify(text)}: ${error}`);
      }
    }
    // A generator that never makes a good line would prove little.
    expect(read).toBeGreaterThan(RUNS / 100);
  });

  // No clock: what is linear needs milliseconds for these, what is quadratic hours, which the time limit of a test ends.
  it.each([' ', '\t', '=', '#', ';', '0', 'a', '@', '\r', '\n', 'a=1\n', ' =', 'wan.port=1\n', 'ca.bundle=', '\0'])(
    'costs what it is long: 1 MB of %j',
    (piece) => {
      const filler = piece.repeat(1e6 / piece.length);
      for (const text of [filler, `wan.port = ${filler}`, `ca.bundle = ${filler}x`, `# ${filler}`, `x${filler}y`]) {
        const conf = decodeRailgunConf(text);
        listenerSettings(conf);
        expect(railgunConfText(conf) === text).toBe(true);
      }
    },
  );
});
