import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRailgunNat, type NatEntry, type RailgunNat } from '../../src/decoders/railgun-nat.js';

const folder = new URL('../fixtures/railgun-nat/', import.meta.url);

/**
 * `entries`: line, name, port, kind, column of the left side and of the `=`, the right side, its column, what it is read as: host
 * and port. `problems`: line, column, code, says.
 */
interface Expected {
  readonly entries: readonly unknown[][];
  readonly problems: readonly unknown[][];
}

const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.conf'))
  .map((file) => {
    const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
    const expected: Expected = JSON.parse(read(file.replace(/conf$/, 'json')));
    return { name: file.slice(0, -5), text: read(file), expected };
  });

const rowOf = ({ line, name, port, isDefault, isWildcard, key, equals, target }: NatEntry) => {
  const kind = isDefault ? 'default' : isWildcard ? 'wildcard' : 'host';
  return [
    ...[line, name, port ?? null, kind, key.column, equals],
    ...[target.text, target.column, target.host, target.port ?? null],
  ];
};

const textOf = ({ lines }: RailgunNat) => lines.map(({ raw }) => raw).join('');

describe('railgun-nat.conf', () => {
  it.each(cases)('$name', ({ text, expected }) => {
    const { entries, problems } = decodeRailgunNat(text);
    expect(entries.map(rowOf)).toEqual(expected.entries);
    expect(problems.map(({ line, column, code, says }) => [line, column, code, says])).toEqual(expected.problems);
  });

  it.each(cases)('$name, cut anywhere, is given back, with every part at its place', ({ text }) => {
    for (let end = 0; end <= text.length; end += 1) {
      const cut = text.slice(0, end);
      const nat = decodeRailgunNat(cut);
      expect(textOf(nat)).toBe(cut);
      const pairs = nat.lines.filter(({ kind }) => kind === 'pair' || kind === 'unreadable');
      expect(nat.entries.length + nat.problems.length).toBe(pairs.length);
      for (const { line, key, equals, target } of nat.entries) {
        const raw = nat.lines[line - 1]?.raw ?? expect.fail(`no line ${line}`);
        expect(raw.startsWith(key.text, key.column - 1)).toBe(true);
        expect(raw[equals - 1]).toBe('=');
        expect(raw.startsWith(target.text, target.column - 1)).toBe(true);
      }
    }
  });

  // The example lines of the documents and of the package, commented out ones with and without their `#`.
  it.each([
    ['example.com=127.0.0.1', 'example.com', undefined, '127.0.0.1', undefined],
    ['example.com=127.0.0.2', 'example.com', undefined, '127.0.0.2', undefined],
    ['www.example.com = 127.0.0.1', 'www.example.com', undefined, '127.0.0.1', undefined],
    ['default=127.0.0.1', 'default', undefined, '127.0.0.1', undefined],
    ['default = 127.0.0.1', 'default', undefined, '127.0.0.1', undefined],
    ['example.com:2083 = 127.0.0.1:2083', 'example.com', 2083, '127.0.0.1', 2083],
    ['www.domain.com=127.0.0.1', 'www.domain.com', undefined, '127.0.0.1', undefined],
    ['host.example = [2001:db8::1]:443', 'host.example', undefined, '2001:db8::1', 443],
    ['example.com = localhost:8080', 'example.com', undefined, 'localhost', 8080],
  ])('reads the documented %s', (text, name, port, host, targetPort) => {
    const { entries, problems } = decodeRailgunNat(`#${text}\n${text}\n`);
    expect(problems).toEqual([]);
    expect(entries.map((entry) => [entry.line, entry.name, entry.port, entry.target.host, entry.target.port])).toEqual([
      [2, name, port, host, targetPort],
    ]);
  });

  it('says what a line is for whose target cannot be read', () => {
    expect(decodeRailgunNat('Example.com:2083 = nowhere;\nexa mple = 192.0.2.1\n').problems).toMatchObject([
      { line: 1, code: 'bad-target', of: { name: 'example.com', port: 2083, isDefault: false, isWildcard: false } },
      { line: 2, code: 'bad-name' },
    ]);
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
      ' ',
      ':',
      '[',
      ']',
      '*.',
      'default',
      '::1',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 40 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (file) => {
        expect(textOf(decodeRailgunNat(file))).toBe(file);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads what was written, in any layout', () => {
    const name = fc.oneof(fc.domain(), fc.ipV4(), fc.constant('default'));
    const port = fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined });
    const target = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
    const blank = fc.constantFrom('', ' ', '\t');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, port, target, port, blank)), (rows) => {
        const left = (row: (typeof rows)[number]) => (row[0] === 'default' || row[1] === undefined ? '' : `:${row[1]}`);
        const right = ([, , host, , ,]: (typeof rows)[number], at: number | undefined) => {
          if (at === undefined) return host;
          return host.includes(':') ? `[${host}]:${at}` : `${host}:${at}`;
        };
        const text = rows.map((row) => `${row[0]}${left(row)}${row[4]}=${row[4]}${right(row, row[3])}\n`).join('');
        const { entries, problems } = decodeRailgunNat(text);
        expect(problems).toEqual([]);
        expect(entries.map((entry) => [entry.name, entry.port, entry.target.host, entry.target.port])).toEqual(
          rows.map(([host, at, to, toPort]) => [host.toLowerCase(), host === 'default' ? undefined : at, to, toPort]),
        );
      }),
    );
  });
});

describe('any map', () => {
  const RUNS = 200_000;
  const pieces = [
    ...[
      'example.com',
      'default',
      '127.0.0.1',
      '[2001:db8::1]',
      '2001:db8::1',
      ':443',
      ':',
      '*.',
      'unix:',
      '//',
      '%eth0',
    ],
    ...[
      '=',
      '=',
      ' = ',
      ' ',
      '\t',
      '\n',
      '\n',
      '\r',
      '\r\n',
      '#',
      ';',
      '\ufeff',
      '\0',
      '.',
      '..',
      '99999',
      '\ud800',
      '💥',
    ],
    ...['\na.example = 192.0.2.1\n', '\r\nA.example:443=[::1]:443\r\n', '\n*.a.example = localhost:8080\n'],
  ];

  it(`is read without throwing, and given back: ${RUNS} files`, { timeout: 120_000 }, () => {
    let state = 0xca5e;
    const random = (below: number) => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    let entries = 0;
    for (let run = 0; run < RUNS; run += 1) {
      let text = '';
      for (let count = random(16); count > 0; count -= 1) {
        const piece = pieces[random(pieces.length)] ?? '';
        const kind = random(10);
        if (kind === 0) text += String.fromCharCode(random(0x10000));
        else text += kind === 1 ? piece.slice(random(piece.length + 1)) : piece;
      }
      try {
        const nat = decodeRailgunNat(text);
        entries += nat.entries.length;
        if (textOf(nat) !== text) expect.fail(JSON.stringify(text));
      } catch (error) {
        expect.fail(`threw for ${JSON.stringify(text)}: ${error}`);
      }
    }
    expect(entries).toBeGreaterThan(RUNS / 100);
  });

  // No clock: what is linear needs milliseconds for these, what is quadratic hours, which the time limit of a test ends.
  it.each([' ', '=', '#', ';', ':', '.', '[', ']', '%', 'a', '1', '1.', 'a:', '\r', '\n', 'a=1.1.1.1\n', '*.'])(
    'costs what it is long: 1 MB of %j',
    (piece) => {
      const filler = piece.repeat(1e6 / piece.length);
      for (const text of [filler, `example.com = ${filler}`, `${filler} = 127.0.0.1`, `[${filler}`]) {
        expect(textOf(decodeRailgunNat(text)) === text).toBe(true);
      }
    },
  );
});
