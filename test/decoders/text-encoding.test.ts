import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLines, decodeText, encodeText } from '../../src/decoders/text-encoding.js';

describe('a text', () => {
  it.each([
    ['größe 漢字\n', 'utf8'],
    ['\ufeffwith a byte order mark', 'utf8'],
    ['', 'utf8'],
  ])('%j is read as UTF-8, and written as it was', (text, encoding) => {
    const bytes = Buffer.from(text);
    expect(decodeText(bytes)).toEqual({ text, encoding });
    expect(encodeText(decodeText(bytes))).toEqual(bytes);
  });

  it('that is no UTF-8 loses no byte', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(encodeText(decodeText(bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

describe('a log that many write into', () => {
  it('is read line by line: one byte of one line spoils no other', () => {
    const lines = [Buffer.from('/größe/漢字\n'), Buffer.from('/caf\xe9\n', 'latin1'), Buffer.from('größe')];
    expect(decodeLines(Buffer.concat(lines))).toBe('/größe/漢字\n/café\ngröße');
  });

  it('is as long in lines as it was, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ max: 255, maxLength: 12 })), (parts) => {
        const bytes = Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]));
        expect(decodeLines(bytes).split('\n').length).toBe(bytes.toString('latin1').split('\n').length);
        if (decodeText(bytes).encoding === 'utf8') expect(decodeLines(bytes)).toBe(bytes.toString('utf8'));
      }),
    );
  });
});
