import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortened } from '../../src/model/shortened.js';

it.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['ab👍ef', 4, 'ab…'],
  ['abcdef', 1, '…'],
])('shortens %j to %i', (text, length, short) => {
  expect(shortened(text, length)).toBe(short);
});

it('never breaks a pair nor the limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
      const short = shortened(text, length);
      expect(short.length).toBeLessThanOrEqual(length);
      expect(short).not.toMatch(/\p{Cs}/u);
    }),
  );
});
