import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableJson } from '../../src/model/printable.js';
import { anyText } from '../reporters/outside.js';

/** Every code point, the halves of pairs alone. */
const everyCharacter = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));

describe('printable', () => {
  it.each([
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u001b[31m', '\\x1b[31m'],
    ['\u007f\u0080\u009b\u0085', '\\x7f\\x80\\x9b\\x85'],
    ['\u202etxt.exe', '\\u202etxt.exe'],
    ['\u2066a\u2069 \u200f \u061c', '\\u2066a\\u2069 \\u200f \\u061c'],
    ['a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['\ufeffbom \u200bzero \u2060joined \u00adsoft', '\\ufeffbom \\u200bzero \\u2060joined \\xadsoft'],
    ['\ud83d and \ude00', '\\ud83d and \\ude00'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['\u206a\u206f', '\\u206a\\u206f'],
    ['filler \u3164\uffa0', 'filler \\u3164\\uffa0'],
  ])('escapes %j', (text, escaped) => {
    expect(printable(text)).toBe(escaped);
  });

  it.each(['', 'plain text', 'é e\u0301', '中文 日本語 한국어', '👍🏽 🇩🇪 ❤️', 'a|b\\n"\'', '\u00a0'])(
    'leaves %j as it is',
    (text) => {
      expect(printable(text)).toBe(text);
    },
  );

  it('leaves no control, format or separator character of all there are', () => {
    const left = everyCharacter.filter((character) => printable(character) === character).join('');
    expect(left).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    expect(left.replaceAll(/[\ufe00-\ufe0f]/g, '')).not.toMatch(/\p{Default_Ignorable_Code_Point}/u);
    expect(left).toMatch(/^[ -~]{95}/);
  });

  it('is done after one pass', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});

describe('printableJson', () => {
  it('writes nothing unsafe but line ends of its own, and means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, anyText, fc.constantFrom(undefined, 2), (value, key, text, indent) => {
        const document = { value, [key]: [text] };
        const json = printableJson(document, indent);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(document)));
        expect(json.split('\n').map(printable).join('\n')).toBe(json);
        if (indent === undefined) expect(json).not.toContain('\n');
      }),
    );
  });

  it('has a word for what JSON has none for', () => {
    expect(printableJson(undefined)).toBe('null');
  });
});
