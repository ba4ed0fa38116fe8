import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/model/finding.js';
import { exitCodeOf, type Verdict, verdictOf, worstOf } from '../../src/model/report.js';

const verdictOfAll = (...statuses: Status[]) => verdictOf(statuses.map((status) => ({ status })));

describe('verdictOf', () => {
  it.each<[Verdict, Status[]]>([
    ['fail', ['pass', 'warn', 'broken', 'fail']],
    ['unknown', ['pass', 'warn', 'broken']],
    ['warn', ['pass', 'warn', 'note']],
    ['ok', ['pass', 'skip']],
    ['ok', ['note']],
    ['unknown', ['skip', 'skip']],
    ['unknown', []],
  ])('is %s for %j, in any order', (verdict, statuses) => {
    expect(verdictOfAll(...statuses)).toBe(verdict);
    expect(verdictOfAll(...statuses.toReversed())).toBe(verdict);
  });
});

describe('worstOf', () => {
  it.each<[Verdict, Verdict[]]>([
    ['fail', ['ok', 'warn', 'unknown', 'fail']],
    ['unknown', ['ok', 'warn', 'unknown']],
    ['warn', ['ok', 'warn']],
    ['ok', ['ok', 'ok']],
    ['unknown', []],
  ])('is %s over %j, in any order', (verdict, verdicts) => {
    expect(worstOf(verdicts)).toBe(verdict);
    expect(worstOf(verdicts.toReversed())).toBe(verdict);
  });
});

it('exits as documented', () => {
  expect((['ok', 'warn', 'fail', 'unknown'] as const).map(exitCodeOf)).toEqual([0, 1, 2, 3]);
});
