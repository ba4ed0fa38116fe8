import { expect, it } from 'vitest';
import { durationText, toMicrosecond } from '../../src/model/duration.js';

it.each([
  [0, '0 s'],
  [0.04, '0 s'],
  [6.54, '6.5 s'],
  [9.96, '10 s'],
  [29.6, '30 s'],
  [59.4, '59 s'],
  [59.5, '1 min'],
  [60, '1 min'],
  [61, '1 min 1 s'],
  [125, '2 min 5 s'],
  [3599.6, '1 h'],
  [3661, '1 h 1 min'],
  [86_460, '1 d'],
  [90_061, '1 d 1 h'],
  [200_000, '2 d 7 h'],
  [-125, '2 min 5 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

it('milliseconds have no more digits than a clock', () => {
  expect(toMicrosecond(1.23456789)).toBe(1.235);
});
