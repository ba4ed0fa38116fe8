import { describe, expect, it } from 'vitest';
import { addressesRule, resolvedRule, type UnresolvedFacts } from '../../src/model/reach.js';
import { verdictOf } from '../../src/model/report.js';
import { judge } from '../../src/model/rule.js';

describe('the addresses of a name', () => {
  const judged = (tried: number, ...dead: readonly string[]) =>
    judge([addressesRule('probe')], { share: { host: 'www.example', tried, dead } })[0];

  it('that all work are well', () => {
    expect(judged(3)).toMatchObject({
      rule: 'probe/addresses',
      status: 'pass',
      says: 'all 3 addresses of www.example work',
      evidence: ['/share'],
    });
  });

  it('some of which are dead are at least a warning, which names them', () => {
    expect(judged(3, '192.0.2.1')).toMatchObject({
      status: 'warn',
      code: 'some-addresses-dead',
      says: '1 of 3 addresses of www.example does not work: 192.0.2.1',
    });
    expect(judged(3, '192.0.2.1', '2001:db8::1')).toMatchObject({
      status: 'warn',
      says: '2 of 3 addresses of www.example do not work: 192.0.2.1, 2001:db8::1',
    });
  });

  it('none of which works are judged one by one', () => {
    expect(judged(2, '192.0.2.1', '192.0.2.2')).toMatchObject({
      status: 'note',
      says: 'none of the 2 addresses of www.example works',
    });
  });

  it.each([[{}], [{ share: { host: 'www.example', tried: 1, dead: [] } }]])(
    'are not judged where there is one (%j)',
    (facts) => {
      expect(judge([addressesRule('probe')], facts)[0]).toMatchObject({ status: 'skip' });
    },
  );
});

describe('a name without an address', () => {
  const facts: UnresolvedFacts = {
    kind: 'unresolved',
    asked: {},
    host: 'nothing.example',
    failure: { code: 'name-not-found', step: 'resolve', blame: 'resolver', detail: 'ENOTFOUND nothing.example' },
  };

  it('fails, by what the name server said', () => {
    const findings = judge([resolvedRule('probe')], facts);
    expect(findings).toMatchObject([
      {
        rule: 'probe/resolved',
        status: 'fail',
        code: 'name-not-found',
        says: 'nothing.example: ENOTFOUND nothing.example',
        evidence: ['/failure'],
      },
    ]);
    expect(verdictOf(findings)).toBe('fail');
  });

  it('counts as --timeout-result says where the deadline ended it', () => {
    const failure = { ...facts.failure, code: 'timeout' } as const;
    const stopped = { code: 'timeout', detail: '' } as const;
    const findings = judge([resolvedRule('probe')], { ...facts, failure, stopped, asked: { timeoutResult: 'warn' } });
    expect(findings).toMatchObject([{ status: 'warn', code: 'timeout' }]);
  });
});
