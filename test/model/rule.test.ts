import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/model/report.js';
import { type Check, judge, type Rule } from '../../src/model/rule.js';

interface Facts {
  readonly ratio: number;
}

function ruleOf(fields: Partial<Rule<Facts>>): Rule<Facts> {
  return {
    id: 'test/ratio',
    means: 'The ratio is high.',
    remedy: 'Lower it.',
    cites: 'the book',
    check: ({ ratio }): Check => {
      const seen = { says: `The ratio is ${ratio}.`, evidence: ['/ratio'] };
      return ratio > 1 ? { ...seen, status: 'warn', code: 'malformed' } : { ...seen, status: 'pass' };
    },
    ...fields,
  };
}

const judged = (rule: Rule<Facts>, facts: Facts = { ratio: 2 }) => judge([rule], facts)[0];

describe('judge', () => {
  it('takes remedy and source from the rule', () => {
    expect(judged(ruleOf({}))).toStrictEqual({
      rule: 'test/ratio',
      status: 'warn',
      says: 'The ratio is 2.',
      means: 'The ratio is high.',
      evidence: ['/ratio'],
      remedy: 'Lower it.',
      cites: 'the book',
      code: 'malformed',
    });
  });

  it('has no remedy for what passes', () => {
    expect(judged(ruleOf({}), { ratio: 0.5 })).toMatchObject({ status: 'pass', remedy: '' });
  });

  it("prefers the check's own remedy, source and code", () => {
    const own = { remedy: 'Wait.', cites: 'elsewhere', code: 'timeout' } as const;
    const check = (): Check => ({ status: 'fail', says: 'Too slow.', evidence: [], ...own });
    expect(judged(ruleOf({ check }))).toMatchObject({ status: 'fail', ...own });
  });

  it('skips with the reason, without checking', () => {
    const check = () => {
      throw new Error('must not be called');
    };
    const finding = judged(ruleOf({ skips: () => 'There is no ratio.', check }));
    expect(finding).toMatchObject({ status: 'skip', says: 'There is no ratio.', evidence: [], remedy: '' });
  });

  it('checks what it does not skip', () => {
    expect(judged(ruleOf({ skips: () => undefined }))).toMatchObject({ status: 'warn' });
  });

  it.each([
    ['check', { check: (facts: Facts) => facts.ratio.toString(1) as never }],
    ['skips', { skips: (facts: Facts) => facts.ratio.toString(1) }],
  ])('says that a rule is broken whose %s throws, and goes on', (_, fields) => {
    const findings = judge([ruleOf(fields), ruleOf({ id: 'test/next' })], { ratio: 2 });
    expect(findings.map(({ rule, status }) => [rule, status])).toEqual([
      ['test/ratio', 'broken'],
      ['test/next', 'warn'],
    ]);
    expect(findings[0]?.says).toContain('radix');
    expect(findings[0]?.remedy).not.toBe('');
    expect(verdictOf(findings)).toBe('unknown');
  });

  it('survives whatever is thrown', () => {
    const check = () => {
      throw 'a string';
    };
    expect(judged(ruleOf({ check }))).toMatchObject({ status: 'broken' });
  });

  it('keeps the order of the rules', () => {
    const ids = ['test/c', 'test/a', 'test/b'];
    expect(
      judge(
        ids.map((id) => ruleOf({ id })),
        { ratio: 0 },
      ).map(({ rule }) => rule),
    ).toEqual(ids);
  });
});
