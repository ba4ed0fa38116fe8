import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogClock, instantOf, instantOfMicroseconds } from '../../src/decoders/log-time.js';

const day = 86_400_000;
const zone = process.env['TZ'];

function inZone(name: string): void {
  process.env['TZ'] = name;
}

afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** What a clock makes of times, one after the other. */
function read(asOf: string, ...times: string[]): (string | undefined)[] {
  const clock = createLogClock(Date.parse(asOf));
  return times
    .map((time) => clock.instant(time))
    .map((at) => (at === undefined ? undefined : new Date(at).toISOString()));
}

describe('times that say all', () => {
  it.each([
    ['2012-10-27T23:35:57Z', '2012-10-27T23:35:57.000Z'],
    ['2012-10-27T23:35:57.123456+00:00', '2012-10-27T23:35:57.123Z'],
    ['2012-10-27T23:35:57,9999Z', '2012-10-27T23:35:57.999Z'],
    ['2012-10-27T23:35:57.1Z', '2012-10-27T23:35:57.100Z'],
    ['2012-10-27T23:35:57+0200', '2012-10-27T21:35:57.000Z'],
    ['2012-10-27T23:35:57-03:30', '2012-10-28T03:05:57.000Z'],
    ['2012-10-27 23:35:57 UTC', '2012-10-27T23:35:57.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(instantOf(text) ?? Number.NaN).toISOString()).toBe(instant);
    expect(read('2000-01-01T00:00:00Z', text)).toEqual([instant]);
  });

  it.each(['2012-10-27 23:35:57', '2012/10/27 23:35:57', '2012/10/27 23:35:57.000123'])('%s is local', (text) => {
    inZone('Europe/Berlin');
    expect(instantOf(text)).toBe(Date.parse('2012-10-27T21:35:57Z'));
  });

  it.each([
    '',
    '2023-02-29T00:00:00Z',
    '2012-13-01T00:00:00Z',
    '2012-00-01T00:00:00Z',
    '2012-01-00T00:00:00Z',
    '2012-10-27T24:00:00Z',
    '2012-10-27T23:60:00Z',
    '2012-10-27T23:00:61Z',
    '2012-10-27T23:00:00+24:00',
    '2012-10-27T23:00:00+02:60',
    '2012-10-27T23:00:00.',
    '0001-01-01T00:00:00Z',
    '2012-10-27 23:00:00Z',
    '2012-10-27T23:00:00 UTC',
    '2012/02/30 23:00:00',
    'Oct 32 00:00:00',
    'Feb 30 00:00:00',
    'Okt 27 00:00:00',
    'Oct 27 24:00:00',
    'Oct 27 00:00',
    '1351381057',
  ])('%j is none', (text) => {
    expect(createLogClock(Date.parse('2026-01-01')).instant(text)).toBeUndefined();
  });

  it('journald counts microseconds', () => {
    expect(instantOfMicroseconds('1351381057000999')).toBe(1_351_381_057_000);
    for (const text of ['', '-1', '1e3', '1.5', '9'.repeat(30)]) expect(instantOfMicroseconds(text)).toBeUndefined();
  });
});

describe('local times', () => {
  it('are of the zone of the process, and of summer or winter', () => {
    inZone('Europe/Berlin');
    expect(read('2012-12-01T00:00:00Z', '2012-07-01T12:00:00', 'Jul  1 12:00:00', 'Nov  1 12:00:00')).toEqual([
      '2012-07-01T10:00:00.000Z',
      '2012-07-01T10:00:00.000Z',
      '2012-11-01T11:00:00.000Z',
    ]);
    inZone('America/St_Johns');
    expect(read('2012-12-01T00:00:00Z', 'Nov  1 12:00:00.250')).toEqual(['2012-11-01T14:30:00.250Z']);
  });
});

describe('the year of a time without one', () => {
  it('is the last one in which the first line is at most a day after the log was read', () => {
    inZone('UTC');
    expect(read('2026-03-01T12:00:00Z', 'Mar  1 12:00:00')).toEqual(['2026-03-01T12:00:00.000Z']);
    expect(read('2026-03-01T12:00:00Z', 'Mar  2 12:00:00')).toEqual(['2026-03-02T12:00:00.000Z']);
    expect(read('2026-03-01T12:00:00Z', 'Mar  2 12:00:01')).toEqual(['2025-03-02T12:00:01.000Z']);
    expect(read('2025-12-31T23:00:00Z', 'Jan  1 01:00:00')).toEqual(['2026-01-01T01:00:00.000Z']);
  });

  it('goes on at New Year, also where a line comes late', () => {
    inZone('UTC');
    const times = ['Nov  1 00:00:00', 'Dec 31 23:59:59', 'Jan  1 00:00:01', 'Dec 31 23:59:59', 'Jan  1 00:00:02'];
    expect(read('2026-01-02T00:00:00Z', ...times).map((time) => time?.slice(0, 4))).toEqual([
      '2025',
      '2025',
      '2026',
      '2025',
      '2026',
    ]);
  });

  it('does not change where a line is some months older', () => {
    inZone('UTC');
    expect(read('2026-12-01T00:00:00Z', 'Jul  1 00:00:00', 'Feb  1 00:00:00', 'Nov  1 00:00:00')).toEqual([
      '2026-07-01T00:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
      '2026-11-01T00:00:00.000Z',
    ]);
  });

  it('is that of the line before where that says it', () => {
    inZone('UTC');
    expect(read('2026-12-01T00:00:00Z', '2014-12-31T00:00:00Z', 'Jan  1 00:00:00')).toEqual([
      '2014-12-31T00:00:00.000Z',
      '2015-01-01T00:00:00.000Z',
    ]);
  });

  it('has a 29 February where the line has one', () => {
    inZone('UTC');
    expect(read('2026-12-01T00:00:00Z', 'Feb 29 00:00:00', 'Mar  1 00:00:00')).toEqual([
      '2024-02-29T00:00:00.000Z',
      '2024-03-01T00:00:00.000Z',
    ]);
    expect(read('2024-03-10T00:00:00Z', 'Feb 28 23:59:59', 'Feb 29 00:00:00', 'Mar  1 00:00:00')).toEqual([
      '2024-02-28T23:59:59.000Z',
      '2024-02-29T00:00:00.000Z',
      '2024-03-01T00:00:00.000Z',
    ]);
    expect(read('1971-01-01T00:00:00Z', 'Feb 29 00:00:00')).toEqual([undefined]);
  });

  it('is found for every log that is read soon after it was written, and has no gap of half a year', () => {
    inZone('UTC');
    const name = (at: number) => {
      const [, date = '', month = '', , time = ''] = new Date(at).toUTCString().split(' ');
      return `${month} ${date.replace(/^0/, ' ')} ${time}`;
    };
    const steps = fc.array(fc.integer({ min: -3600_000, max: 180 * day }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 10 * 365, max: 60 * 365 }), steps, (start, gaps) => {
        const instants = [start * day];
        for (const gap of gaps) instants.push((instants.at(-1) ?? 0) + Math.floor(gap / 1000) * 1000);
        // The first line is of the year before the log was read, or of that one.
        const within = instants.filter((at) => at < start * day + 300 * day);
        const clock = createLogClock(Math.max(...within));
        expect(within.map((at) => clock.instant(name(at)))).toEqual(within);
      }),
    );
  });

  it('takes no time to find, whenever the log was read', () => {
    for (const asOf of [Number.NaN, Infinity, -Infinity, -8.64e15, 8.64e15, 0]) {
      const clock = createLogClock(asOf);
      for (const time of ['Feb 29 00:00:00', 'Dec 31 23:59:59', 'Jan  1 00:00:00']) {
        const at = clock.instant(time);
        expect(at === undefined || at >= 0).toBe(true);
      }
    }
  });
});
