import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cfRailgun } from '../../src/decoders/cf-railgun.js';

const folder = new URL('../fixtures/cf-railgun/', import.meta.url);
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => {
    const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
    return {
      name: file.slice(0, -4),
      text: read(file),
      expected: JSON.parse(read(file.replace(/txt$/, 'json'))) as Expected,
    };
  });

/** What a fixture says: `fields` as name, text, start, end. */
type Expected =
  | { ok: true; facts: object; fields?: [string, string, number, number][] }
  | { ok: false; facts: object; field: string; at: number; detail: string };

describe('fixtures', () => {
  it.each(cases)('$name', ({ text, expected }) => {
    const decoded = cfRailgun.decode(text);
    expect(decoded.facts).toStrictEqual(expected.facts);
    expect(decoded.ok).toBe(expected.ok);
    if (expected.ok && expected.fields) {
      expect(decoded.fields.map(({ name, text, start, end }) => [name, text, start, end])).toEqual(expected.fields);
    }
    if (!expected.ok && !decoded.ok) {
      expect(decoded.failure).toEqual({ code: 'malformed', step: 'decode', blame: 'us', detail: expected.detail });
      expect([decoded.field, decoded.at]).toEqual([expected.field, expected.at]);
    }
  });

  it.each(cases)('$name, cut anywhere, is decoded or refused but never throws', ({ text }) => {
    for (let end = 0; end <= text.length; end += 1) {
      const decoded = cfRailgun.decode(text.slice(0, end));
      if (!decoded.ok) expect(decoded.at).toBeLessThanOrEqual(end);
      for (const field of decoded.fields) expect(text.slice(field.start, field.end)).toBe(field.text);
    }
  });
});

describe('flags are hexadecimal', () => {
  // Claire reads them as decimal: 0031 as 31 = 0x1f, 0030 as 30 = 0x1e.
  it.each([
    ['0031', [0x01, 0x10, 0x20]],
    ['0030', [0x10, 0x20]],
    ['30', [0x10, 0x20]],
    ['0x30', [0x10, 0x20]],
    ['7f', [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40]],
  ])('%s', (word, bits) => {
    const { facts } = cfRailgun.decode(word);
    expect(facts.flags?.set.map(({ bit }) => bit)).toEqual(bits);
  });

  it("agrees with the FAQ's rule: compression works where the third digit is 3, 7, B or F", () => {
    for (let value = 0; value < 0x10000; value += 1) {
      const hex = value.toString(16).padStart(4, '0');
      const { facts } = cfRailgun.decode(`151df128a1 2.05 0.009465 ${hex} 5360`);
      if (facts.compressionWorking !== '37bf'.includes(hex.charAt(2))) expect.fail(hex);
    }
  });
});

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdefABCDEF'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));
const digits = (most: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: most }).map((all) => all.join(''));
const decimal = fc.tuple(digits(5), digits(9)).map(([whole, part]) => `${whole}.${part}`);
const ratio = fc.oneof(digits(5), decimal);
const flags = fc.integer({ min: 1, max: 4 }).chain(hex);
const blanks = fc.array(fc.constantFrom(' ', '\t'), { minLength: 1, maxLength: 64 }).map((all) => all.join(''));
const anyCase = (word: string) => fc.mixedCase(fc.constant(word));
const reason = fc
  .array(fc.constantFrom(...'abcXYZ019 .,:;-_/[]{}\\='), { minLength: 1, maxLength: 80 })
  .map((all) => all.join(''))
  .filter((text) => text.trim() !== '');

describe('properties', () => {
  it('never throws, and what it reads is where it says', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.mixedCase(fc.string()));
    fc.assert(
      fc.property(text, (input) => {
        const decoded = cfRailgun.decode(input);
        for (const field of decoded.fields) expect(input.slice(field.start, field.end)).toBe(field.text);
        if (!decoded.ok) expect(decoded.failure.code).toBe('malformed');
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back a compressed value that is made of its parts', () => {
    const parts = fc.tuple(hex(10), ratio, decimal, flags, fc.option(hex(4)), blanks);
    fc.assert(
      fc.property(parts, ([id, percent, time, word, version, gap]) => {
        const { ok, facts } = cfRailgun.decode(
          [id, percent, time, word, ...(version === null ? [] : [version])].join(gap),
        );
        expect(ok).toBe(true);
        expect([facts.form, facts.id, facts.version]).toEqual(['compressed', id, version ?? undefined]);
        // Bit for bit what JavaScript reads, though it is read digit by digit.
        expect(facts.ratioPercent).toBe(Number(percent));
        expect(facts.originTimeSeconds).toBe(Number(time));
        expect(facts.flags?.value).toBe(Number.parseInt(word, 16));
        expect(facts.compressionWorking).toBe((Number.parseInt(word, 16) & 0x30) === 0x30);
        expect((facts.savedPercent ?? 0) + Number(percent)).toBeCloseTo(100, 8);
        expect(String(facts.savedPercent).length).toBeLessThan(17);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back the forms with a keyword, in both layouts', () => {
    const parts = fc.tuple(
      hex(10),
      fc.constantFrom('stream', 'normal', 'origin').chain((word) => fc.tuple(fc.constant(word), anyCase(word))),
      fc.option(decimal, { nil: undefined }),
      fc.option(flags, { nil: undefined }),
      fc.option(hex(4), { nil: undefined }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(parts, ([id, [form, written], time, word, version, flagsFirst]) => {
        // A version can only be told from flags where those are there.
        const last = word === undefined ? undefined : version;
        const tokens = flagsFirst ? [id, word, written, time, last] : [id, written, time, word, last];
        const { ok, facts } = cfRailgun.decode(tokens.filter((token) => token !== undefined).join(' '));
        expect(ok).toBe(true);
        expect([facts.form, facts.id, facts.version]).toEqual([form, id, last]);
        expect(facts.originTimeSeconds).toBe(time === undefined ? undefined : Number(time));
        expect(facts.flags?.value).toBe(word === undefined ? undefined : Number.parseInt(word, 16));
        expect(facts.compressionWorking).toBe(form === 'origin' ? undefined : false);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back a reason', () => {
    fc.assert(
      fc.property(anyCase('direct'), reason, blanks, (word, text, gap) => {
        expect(cfRailgun.decode(`${word}${gap}(${text})`).facts).toEqual({
          form: 'direct',
          reason: text.replace(/^ +| +$/g, ''),
          compressionWorking: false,
        });
      }),
    );
  });

  it('refuses a value with one wrong character and says which field', () => {
    const value = '151df128a1 2.05 0.009465 0031 5360';
    const fieldAt = (at: number) =>
      ['id', 'ratioPercent', 'originTimeSeconds', 'flags', 'version'][value.slice(0, at).split(' ').length - 1];
    for (let at = 0; at < value.length; at += 1) {
      if (value[at] === ' ' || value[at] === '.') continue;
      const decoded = cfRailgun.decode(`${value.slice(0, at)}x${value.slice(at + 1)}`);
      expect(decoded.ok ? 'ok' : decoded.field).toBe(fieldAt(at));
    }
  });
});

describe('bounds', () => {
  it('takes 64 blanks between fields and names a 65th', () => {
    const value = (blanks: number) => `151df128a1${' '.repeat(blanks)}2.05 0.009465 0031 5360`;
    expect(cfRailgun.decode(value(64)).ok).toBe(true);
    const decoded = cfRailgun.decode(value(65));
    expect(decoded.ok ? '' : decoded.failure.detail).toContain('found too many blanks');
  });

  it('takes a reason of 80 characters and none of 81', () => {
    expect(cfRailgun.decode(`direct (${'x'.repeat(80)})`).facts.reason).toHaveLength(80);
    expect(cfRailgun.decode(`direct (${'x'.repeat(81)})`).ok).toBe(false);
  });

  it.each([
    ['6 digits before the point', '151df128a1 100000.5 0.009465 0031 5360'],
    ['10 digits after it', '151df128a1 2.0123456789 0.009465 0031 5360'],
    ['a point with nothing after it', '151df128a1 2. 0.009465 0031 5360'],
    ['a point with nothing before it', '151df128a1 .5 0.009465 0031 5360'],
    ['a sign', '151df128a1 -2.05 0.009465 0031 5360'],
    ['an exponent', '151df128a1 2e1 0.009465 0031 5360'],
    ['a line break', '151df128a1 2.05\n0.009465 0031 5360'],
    ['a quote that is not closed', '"151df128a1 2.05 0.009465 0031 5360'],
  ])('refuses %s', (_, text) => expect(cfRailgun.decode(text).ok).toBe(false));

  it('is done with 50 MB of anything', () => {
    for (const piece of ['a', ' ', '0', '"', 'direct (', '151df128a1 ']) {
      expect(cfRailgun.decode(piece.repeat(50e6 / piece.length)).ok).toBe(false);
    }
  });
});
