import { expect, it } from 'vitest';
import { grouped } from '../../src/model/count.js';

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
  [1234.5678, '1,234.5678'],
  [-999, '-999'],
  [-1_234_567, '-1,234,567'],
])('%d is %s', (count, text) => {
  expect(grouped(count)).toBe(text);
});
