import { expect, it } from 'vitest';
import { bytesText, durationText, grouped, percentText, rateText } from '../../../src/commands/memcached/text.js';

it.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [61, '1 min 1 s'],
  [3600, '1 h'],
  [3661, '1 h 1 min'],
  [86_400, '1 d'],
  [200_000, '2 d 7 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

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
  expect([1, 999, 1000, 1234567, 1234.5].map(grouped)).toEqual(['1', '999', '1,000', '1,234,567', '1,234.5']);
  expect([0, 0.873, 1].map(percentText)).toEqual(['0.0 %', '87.3 %', '100.0 %']);
  expect([0, 0.123, 12.4, 1234.5].map(rateText)).toEqual([
    '0 a second',
    '0.12 a second',
    '12 a second',
    '1,235 a second',
  ]);
});
