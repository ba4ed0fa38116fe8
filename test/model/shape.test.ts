import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { doctorShape } from '../../src/commands/doctor/saved-shape.js';
import { finding, metric, signal } from '../../src/model/explanation-shape.js';
import { anyOf, listOf, number, objectOf, oneOf, pairOf, recordOf, text } from '../../src/model/shape.js';

describe('a shape', () => {
  it('is that of a text, or of a number that can be reckoned with', () => {
    expect(['', 0, null, ['x']].map(text)).toEqual([true, false, false, false]);
    expect([0, -1.5, Number.NaN, Number.POSITIVE_INFINITY, '1'].map(number)).toEqual([true, true, false, false, false]);
    expect(['a', 'b', 1].map(oneOf('a', '1'))).toEqual([true, false, false]);
  });

  it('is that of everything in a list, a pair or a record', () => {
    expect([[], ['x'], ['x', 1], { 0: 'x', length: 1 }].map(listOf(text))).toEqual([true, true, false, false]);
    expect([['x', 1], ['x'], ['x', 1, 2], [1, 'x']].map(pairOf(text, number))).toEqual([true, false, false, false]);
    expect([{}, { a: 'x' }, { a: 'x', b: null }, ['x'], null].map(recordOf(text))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['x', 1, true].map(anyOf(text, number))).toEqual([true, true, false]);
  });

  it('is that of the own members of an object, whatever else it has', () => {
    const shape = objectOf({ a: text }, { b: number });
    expect([{ a: 'x' }, { a: 'x', b: 1, c: [] }, { b: 1 }, { a: 'x', b: '1' }, ['x'], null].map(shape)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    // What every object inherits is in none.
    expect(objectOf({ constructor: () => true }, { toString: text })({})).toBe(true);
    expect(objectOf({ constructor: (value: unknown) => value !== undefined })({})).toBe(false);
  });
});

describe('what formats take for granted', () => {
  const good = { rule: 'a/b', status: 'fail', says: '', means: '', evidence: ['/x'], remedy: '', cites: '' };

  it.each([
    [{}, true],
    [{ code: 'timeout', place: { file: 'x', line: 3 }, again: 'rg-diag a' }, true],
    [{ status: 'bad' }, false],
    [{ code: 'none-such' }, false],
    [{ says: 5 }, false],
    [{ evidence: [null] }, false],
    [{ place: { line: 3 } }, false],
    [{ related: [{ relation: 'follows' }] }, false],
  ])('of a finding with %j: %s', (change, fits) => {
    expect(finding({ ...good, ...change })).toBe(fits);
  });

  it('of a number and of a signal', () => {
    const one = { name: 'x_seconds', help: '', unit: 'seconds', value: 1, labels: { a: 'b' } };
    expect([one, { ...one, value: null }, { ...one, labels: { a: 1 } }].map(metric)).toEqual([true, false, false]);
    expect([['a', 'b'], ['a', 1], ['a']].map(signal)).toEqual([true, false, false]);
  });
});

it('saved facts of a doctor have its shape', () => {
  const folder = 'test/fixtures/explain/doctor';
  for (const name of readdirSync(folder)) {
    expect(doctorShape(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')).facts), name).toBe(true);
  }
});
