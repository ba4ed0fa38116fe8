import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confLines } from '../../src/decoders/conf-lines.js';
import { decodeRailgunConf } from '../../src/decoders/railgun-conf.js';
import { railgunFileKind } from '../../src/decoders/railgun-file-kind.js';
import { namedFilesOf } from '../../src/decoders/railgun-files.js';
import { decodeRailgunNat } from '../../src/decoders/railgun-nat.js';
import { shownNatText } from '../../src/decoders/railgun-nat-shown.js';
import { bareValueOf, isQuoted, slipsIn } from '../../src/decoders/railgun-slips.js';
import { tokenShapeOf } from '../../src/decoders/railgun-token.js';
import { decodeText, encodeText } from '../../src/decoders/text-encoding.js';

const named = (text: string) =>
  namedFilesOf(decodeRailgunConf(text)).map(({ key, path, use }) => `${key} ${use} ${path}`);

describe('the files that settings name', () => {
  it('are those of every key that is a path, and sockets', () => {
    const text = [
      'cert.file = /a.pem;',
      'key.file = "/a key.pem"',
      'ca.bundle = ca.pem',
      "map.file = '/nat.conf';",
      'stderr.file = /var/log/panic.log',
      'pid.file =',
      'memcached.servers = 127.0.0.1:11211 /tmp/one.sock',
      'syslog.addr = /dev/log',
      'memstats.file = /var/stats',
      'wan.port = 2408',
      'unknown.file = /x',
    ].join('\n');
    expect(named(text)).toEqual([
      'syslog.addr connects /dev/log',
      'stderr.file writes /var/log/panic.log',
      'memcached.servers connects /tmp/one.sock',
      'cert.file reads /a.pem',
      'key.file reads /a key.pem',
      'ca.bundle reads ca.pem',
      'map.file reads /nat.conf',
      'memstats.file writes /var/stats',
    ]);
  });

  it('are those of the last line of each key', () => {
    expect(named('cert.file = /a\ncert.file = /b\n')).toEqual(['cert.file reads /b']);
    expect(named('cert.file = /a\ncert.file =\n')).toEqual([]);
  });

  it('are none where it could be a secret', () => {
    expect(named(`map.file = ${'a1'.repeat(16)}\n`)).toEqual([]);
  });
});

describe('a value', () => {
  it.each([
    ['/a', '/a'],
    ['/a;', '/a'],
    ['/a ;', '/a'],
    ['"/a"', '/a'],
    ['"/a";', '/a'],
    ["'/a'", '/a'],
    ['"/a', '"/a'],
    ['"', '"'],
    ['', ''],
    [';', ''],
    ['/a # mine;', '/a'],
    ['"/a"; # mine', '/a'],
    ['\'"/a"\'', '/a'],
    ['"/a;"', '/a'],
    ['/a#b', '/a#b'],
  ])('%s is meant as %s', (value, bare) => expect(bareValueOf(value)).toBe(bare));

  it.each<[string, readonly string[]]>([
    ['/a', []],
    ['/a;', ['semicolon']],
    ['/a # mine;', ['comment']],
    ['"/a"; # mine', ['quotation-marks', 'semicolon', 'comment']],
  ])('%s has the slips %j', (value, slips) => expect(slipsIn(value)).toEqual(slips));

  it.each(['""', '"a"', "'a'"])('%s is in quotation marks', (value) => expect(isQuoted(value)).toBe(true));
  it.each(['"', '"a\'', 'a"', '"a";', ''])('%s is not', (value) => expect(isQuoted(value)).toBe(false));
});

describe('a token', () => {
  it.each([
    ['0123456789abcdefABCDEF0123456789', 'right'],
    ['0123456789abcdefABCDEF012345678', 'wrong-shape'],
    ['0123456789abcdefABCDEF01234567890', 'wrong-shape'],
    ['0123456789abcdef-BCDEF0123456789', 'wrong-shape'],
    ['0123456789abcdefäBCDEF0123456789', 'wrong-shape'],
    ['YOUR_TOKEN_HERE', 'placeholder'],
    ['', 'empty'],
  ])('%s has the shape %s', (token, shape) => expect(tokenShapeOf(token)).toBe(shape));
});

describe('the kind of a file', () => {
  it.each<[string, string, string, 'conf' | 'map']>([
    ['settings', 'wan.port = 2408\n', 'x', 'conf'],
    ['settings in capitals', 'WAN.PORT = 2408\n', 'nat.conf', 'conf'],
    ['hosts', 'example.com = 127.0.0.1\n', 'x', 'map'],
    ['hosts that look like keys', 'stats.example = 127.0.0.1\n', 'x.conf', 'map'],
    ['the default', 'default=127.0.0.1', 'railgun', 'map'],
    ['more settings than hosts', 'wan.port = 2408\nlog.level = 0\nexample.com = 127.0.0.1\n', 'nat', 'conf'],
    ['more hosts than settings', 'wan.port = 2408\na.example = 127.0.0.1\nb.example = 127.0.0.1\n', 'x', 'map'],
    ['as many', 'wan.port = 2408\na.example = 127.0.0.1\n', 'nat.conf', 'map'],
    ['nothing', '', 'x', 'conf'],
    ['nothing, by its name', '', '/etc/railgun/railgun-nat.conf', 'map'],
    ['comments', '# example.com=127.0.0.1\n', '/nat/railgun.conf', 'conf'],
    ['misspelt settings', 'memcache.servers = 127.0.0.1:11211\n', '/etc/railgun/railgun.conf', 'conf'],
    ['one misspelt setting', 'activation.tokn = word\n', 'x', 'conf'],
    ['a host that is spelled nearly like a key', 'stats.org = 127.0.0.1\n', 'x', 'map'],
    ['what is no line at all', 'garbage\n', 'hosts.map', 'map'],
  ])('with %s', (_, text, path, kind) => expect(railgunFileKind(text, path)).toBe(kind));
});

describe('what is shown of a map', () => {
  const token = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6';

  it('is all but what may be nobody’s business', () => {
    const text = [
      '# the token was secret',
      'example.com = 127.0.0.1',
      token,
      `activation.token = short`,
      'some.token=other',
      'activation.tokn = word',
      `example.net = ${token};`,
      `${token} = 127.0.0.1`,
      'example.org = http://user:word@192.0.2.1/?key=1',
      'default = [2001:db8::1]:443',
      `${token}.elb.example = ${token}.elb.example:80`,
      ' = nothing',
      '',
    ].join('\r\n');
    const shown = shownNatText(text);
    expect(shown.split('\r\n')).toEqual([
      `#${'*'.repeat(21)}`,
      'example.com = 127.0.0.1',
      '*'.repeat(32),
      'activation.token = *****',
      'some.token=*****',
      'activation.tokn = ****',
      `example.net = ${'*'.repeat(33)}`,
      `${'*'.repeat(32)} = 127.0.0.1`,
      `example.org = ${'*'.repeat(33)}`,
      'default = [2001:db8::1]:443',
      `${token}.elb.example = ${token}.elb.example:80`,
      ' = *******',
      '',
    ]);
    const problems = (map: string) =>
      decodeRailgunNat(map).problems.map(({ line, column, code }) => [line, column, code]);
    expect(problems(shown).filter(([line]) => line === 3 || line === 12)).toEqual([
      [3, 1, 'no-equals'],
      [12, 2, 'no-key'],
    ]);
  });

  it('has the same lines and columns', () => {
    const unit = fc.constantFrom('=', ' ', '#', 'a', '1', '\n', '\r\n', '@', '\ufeff', token);
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 25 }), (parts) => {
        const text = parts.join('');
        const shown = shownNatText(text);
        expect(shown.length).toBe(text.length);
        const kinds = (map: string) => confLines(map).map(({ kind, end, raw }) => [kind, end, raw.length]);
        expect(kinds(shown)).toEqual(kinds(text));
      }),
    );
  });
});

describe('bytes', () => {
  it('come back as they were, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        expect(Buffer.from(encodeText(decodeText(bytes)) ?? [])).toEqual(Buffer.from(bytes));
      }),
    );
    const marked = Buffer.from('\ufeffa = ä\n');
    expect(decodeText(marked)).toEqual({ text: '\ufeffa = ä\n', encoding: 'utf8' });
    expect(decodeText(Buffer.from([0xe4]))).toEqual({ text: 'ä', encoding: 'latin1' });
  });

  it('are none where the encoding has no room for a text', () => {
    expect(encodeText({ text: '€', encoding: 'latin1' })).toBeUndefined();
    expect(encodeText({ text: '\ud800', encoding: 'utf8' })).toBeUndefined();
  });
});

it.each([
  ['railgun-conf', 'conf'],
  ['railgun-nat', 'map'],
])('every example in %s is told for a %s, under a name that says nothing and under its own', (folder, kind) => {
  const at = `test/fixtures/${folder}`;
  const files = readdirSync(at).filter((name) => name.endsWith('.conf') && name !== 'empty.conf');
  expect(files.length).toBeGreaterThan(3);
  const usual = { conf: '/etc/railgun/railgun.conf', map: '/etc/railgun/railgun-nat.conf' }[kind] ?? '';
  const told = files.map((name) => {
    const text = readFileSync(join(at, name), 'utf8');
    return [name, railgunFileKind(text, 'file'), railgunFileKind(text, usual)];
  });
  expect(told).toEqual(files.map((name) => [name, kind, kind]));
});
