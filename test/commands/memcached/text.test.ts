import { expect, it } from 'vitest';
import { bytesText, percentText, rateText } from '../../../src/commands/memcached/text.js';

it.each([
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [1024, '1 KB'],
  [1_572_864, '1.5 MB'],
  [67_108_864, '64 MB'],
  [2_147_483_648, '2 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it('numbers are easy to read', () => {
  expect([0, 0.873, 1].map(percentText)).toEqual(['0.0 %', '87.3 %', '100.0 %']);
  expect([0, 0.123, 12.4, 1234.5].map(rateText)).toEqual([
    '0 a second',
    '0.12 a second',
    '12 a second',
    '1,235 a second',
  ]);
});
