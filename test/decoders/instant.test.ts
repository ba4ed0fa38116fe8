import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/decoders/instant.js';

const now = Date.parse('2026-11-20T12:34:56.789Z');
const local = (...parts: [number, number, number, number?, number?, number?, number?]) =>
  new Date(
    parts[0],
    parts[1] - 1,
    parts[2],
    ...([parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0, parts[6] ?? 0] as const),
  ).getTime();

describe('a time as a person spells it', () => {
  it.each([
    ['2026-11-20T12:00:00Z', Date.parse('2026-11-20T12:00:00Z')],
    ['2026-11-20T12:00:00.25+02:00', Date.parse('2026-11-20T10:00:00.250Z')],
    ['2026-11-20 12:00 -0530', Date.parse('2026-11-20T17:30:00Z')],
    ['2026-11-20', local(2026, 11, 20)],
    ['2026-11-20 12:00', local(2026, 11, 20, 12)],
    [' 2026-11-20T12:00:07,5 ', local(2026, 11, 20, 12, 0, 7, 500)],
    ['2024-02-29', local(2024, 2, 29)],
    ['now', now],
    ['90s', now - 90_000],
    ['15m', now - 900_000],
    ['15 min', now - 900_000],
    ['1.5h', now - 5_400_000],
    ['-2h', now - 7_200_000],
    ['3d ago', now - 3 * 86_400_000],
    ['1w', now - 7 * 86_400_000],
  ])('%s', (text, instant) => {
    expect(instantOf(text, now)).toBe(instant);
  });

  it('is of this day, or of the one before, where it says so', () => {
    const today = new Date(now);
    const [year, month, day] = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
    expect(instantOf('today', now)).toBe(local(year, month, day));
    expect(instantOf('yesterday', now)).toBe(local(year, month, day - 1));
    expect(instantOf('07:08', now)).toBe(local(year, month, day, 7, 8));
    expect(instantOf('07:08:09', now)).toBe(local(year, month, day, 7, 8, 9));
  });

  it.each([
    '',
    '5',
    '5 m ago now',
    '5x',
    'tomorrow',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-13-01',
    '2026-11-20T24:00:00Z',
    '2026-11-20 12',
    '25:00',
    '12:60',
    'Nov 20 12:00:00',
    '1700000000',
  ])('%j is none', (text) => {
    expect(instantOf(text, now)).toBeUndefined();
  });
});
