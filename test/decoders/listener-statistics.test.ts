import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeListenerStatistics, statisticOf } from '../../src/decoders/listener-statistics.js';
import { statisticsChange } from '../../src/decoders/listener-statistics-rates.js';
import { listenerStatistics } from '../../src/knowledge/listener-statistics.js';

const folder = 'test/fixtures/listener-statistics';
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({
    name,
    text: readFileSync(`${folder}/${name}`, 'utf8'),
    statistics: JSON.parse(readFileSync(`${folder}/${name.replace(/txt$/, 'json')}`, 'utf8')),
  }));
const sample = (name: string) => fixtures.find((fixture) => fixture.name === name)?.text ?? expect.fail(name);

describe('the statistics of rg-listener', () => {
  it.each(fixtures)('$name', ({ text, statistics }) => {
    const decoded = decodeListenerStatistics(text);
    // As JSON: a key may be __proto__.
    expect(JSON.stringify(decoded)).toBe(JSON.stringify(statistics));
  });

  it.each(['administration-2013.txt', 'faq-2014.txt'])('%s, cut anywhere, has the numbers before the cut', (name) => {
    const text = sample(name).trimEnd();
    const whole = decodeListenerStatistics(text).values;
    let before = 0;
    for (let end = 0; end < text.length; end += 1) {
      const { values, failure } = decodeListenerStatistics(text.slice(0, end));
      expect(failure?.code).toBe('truncated-input');
      expect(whole).toMatchObject(values);
      const count = Object.keys(values).length;
      expect(count).toBeGreaterThanOrEqual(before);
      before = count;
    }
    // A number at the very end may have lost digits.
    expect(before).toBeGreaterThanOrEqual(Object.keys(whole).length - 1);
  });

  it('are those of the published samples: each of their keys has a row, and each row is in one of them', () => {
    const keys = ['administration-2013.txt', 'faq-2014.txt'].flatMap((name) =>
      Object.keys(decodeListenerStatistics(sample(name)).values),
    );
    expect(listenerStatistics.map(({ key }) => key).sort()).toEqual([...new Set(keys)].sort());
    for (const { key, generation } of listenerStatistics) {
      expect(generation).toBe(/^(conveyor|recycler)_/.exec(key)?.[1]);
    }
  });

  it('say that they are inferred where no document says what they mean', () => {
    for (const { key, meaning, inferred, unit, source } of listenerStatistics) {
      const isDocumented = key.startsWith('memstats.') && key !== 'memstats.pause_ns';
      expect([key, meaning === 'undocumented' || inferred === true || isDocumented]).toEqual([key, true]);
      if (meaning === 'undocumented') expect([key, unit]).toEqual([key, 'undocumented']);
      expect(source).not.toBe('');
    }
  });

  it('are given back, whatever whole numbers they are', () => {
    const numbers = fc.dictionary(fc.string({ maxLength: 90 }), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }), {
      minKeys: 1,
      maxKeys: 30,
    });
    fc.assert(
      fc.property(numbers, (object) => {
        const rows = Object.entries(object).map(([key, value]) => `${JSON.stringify(key)}:${value}`);
        const { values, failure, wrong } = decodeListenerStatistics(`{${rows.join(',')}}`);
        expect([failure, wrong]).toEqual([undefined, {}]);
        for (const [key, value] of Object.entries(object)) expect(BigInt(values[key] ?? NaN)).toBe(value);
      }),
    );
  });

  it('never make it throw, nor keep more than there is room for', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', '-', '1e9', 'true', 'null', '\\', '"a":1,', ' '),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { wrong, unknown, values } = decodeListenerStatistics(pieces.join(''));
        expect(Object.keys(wrong).length).toBeLessThanOrEqual(20);
        expect(unknown.length).toBeLessThanOrEqual(20);
        for (const key of Object.keys(values)) expect(key.length).toBeLessThanOrEqual(100);
      }),
    );
    const many = Array.from({ length: 2000 }, (_, index) => `"k${index}":${index}`).join(',');
    expect(Object.keys(decodeListenerStatistics(`{${many}}`).values)).toHaveLength(500);
  });

  // No clock: a linear decoder needs milliseconds for these, a quadratic one hours.
  it.each(['{', '[', '{"a":', '"', '\\', '"a":1,', ' ', '1', '{"a":[', '"a"'])('take 4 MB of %j', (piece) => {
    const text = piece.repeat(4e6 / piece.length);
    expect(decodeListenerStatistics(text).failure).toBeDefined();
    expect(decodeListenerStatistics(`{"x":${text}`).failure).toBeDefined();
  });
});

describe('two sets of statistics', () => {
  const of = (values: Record<string, number | string>) => ({ values, wrong: {}, unknown: [] });
  const before = of({ time: 1000, requests_completed: 100, 'memstats.sys': 5000, weird: 1 });

  it('give rates of counters and changes of gauges, by their own clock', () => {
    const after = of({ time: 1060, requests_completed: 160, 'memstats.sys': 4000, weird: 7 });
    expect(statisticsChange(before, after, 5)).toEqual({
      state: 'rates',
      rates: { seconds: 60, perSecond: { requests_completed: 1 }, change: { 'memstats.sys': -1000 } },
    });
  });

  it('go by the clock of who looked where they have none', () => {
    const change = statisticsChange(of({ wan_starts: 1 }), of({ wan_starts: 11 }), 5);
    expect(change).toEqual({ state: 'rates', rates: { seconds: 5, perSecond: { wan_starts: 2 }, change: {} } });
  });

  it('are unchanged where they were not made anew', () => {
    expect(statisticsChange(before, before, 5)).toEqual({ state: 'unchanged' });
    expect(statisticsChange(before, of({}), 5)).toEqual({ state: 'unchanged' });
  });

  it('show a restart by counters that went back', () => {
    const after = of({ time: 1060, requests_completed: 3, 'memstats.sys': 10 });
    expect(statisticsChange(before, after, 5)).toEqual({ state: 'restarted', counters: ['requests_completed'] });
  });

  it('are compared exactly beyond 2^53', () => {
    const [low, high] = [
      of({ wan_bytes_sent: '18446744073709551605' }),
      of({ wan_bytes_sent: '18446744073709551615' }),
    ];
    expect(statisticsChange(low, high, 1)).toMatchObject({ rates: { perSecond: { wan_bytes_sent: 10 } } });
    expect(statisticOf(high, 'wan_bytes_sent')).toBeCloseTo(1.8446744e19, -13);
    expect(statisticOf(high, 'toString')).toBeUndefined();
  });
});
