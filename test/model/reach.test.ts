import { describe, expect, it } from 'vitest';
import { addressesRule, reachOf, resolvedRule, shareOf, type UnresolvedFacts } from '../../src/model/reach.js';
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

  it('of which nothing is known are neither dead nor well', () => {
    const of = (dead: readonly string[], unknown: readonly string[]) =>
      judge([addressesRule('probe')], { share: { host: 'www.example', tried: 3, dead, unknown } })[0];
    expect(of([], ['192.0.2.1'])).toMatchObject({
      status: 'note',
      says: '2 of 3 addresses of www.example work; nothing is known of 192.0.2.1',
    });
    expect(of(['192.0.2.1'], ['192.0.2.2', '192.0.2.3'])).toMatchObject({ status: 'note' });
    expect(of(['192.0.2.1'], ['192.0.2.2'])).toMatchObject({ status: 'warn', code: 'some-addresses-dead' });
  });

  it('are counted by what became of them', () => {
    const refused = { code: 'connection-refused', step: 'connect', blame: 'target', detail: '' } as const;
    expect(reachOf(refused)).toBe('dead');
    expect(reachOf({ ...refused, code: 'timeout', blame: 'path', byRun: true })).toBe('unknown');
    expect(reachOf({ ...refused, code: 'file-not-found', step: 'input', blame: 'us' })).toBe('unknown');
    const seen = [
      { address: '192.0.2.1', reach: 'works' },
      { address: '192.0.2.2', reach: 'dead' },
      { address: '192.0.2.3', reach: 'unknown' },
    ] as const;
    expect(shareOf({ host: 'www.example', network: {}, seen })).toEqual({
      share: { host: 'www.example', tried: 3, dead: ['192.0.2.2'], unknown: ['192.0.2.3'] },
    });
    const network = { connectTo: { host: 'other.example' } };
    expect(shareOf({ host: '192.0.2.9', network, seen })).toMatchObject({ share: { host: 'other.example' } });
    expect(shareOf({ host: '192.0.2.1', network: {}, seen: seen.slice(0, 1) })).toEqual({});
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
    const failure = { ...facts.failure, code: 'timeout', byRun: true } as const;
    const stopped = { code: 'timeout', detail: '' } as const;
    const findings = judge([resolvedRule('probe')], { ...facts, failure, stopped, asked: { timeoutResult: 'warn' } });
    expect(findings).toMatchObject([{ status: 'warn', code: 'timeout' }]);
  });
});
