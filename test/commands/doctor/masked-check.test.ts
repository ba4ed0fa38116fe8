import { describe, expect, it } from 'vitest';
import { maskedOutcome, maskedTexts } from '../../../src/commands/doctor/masked-check.js';
import { resolvePointer } from '../../../src/model/pointer.js';
import { check, finding, report } from './doctor-facts.js';

/** What is secret has what a JSON pointer escapes. */
const mask = (text: string) => text.replaceAll(/s~e\/cret\d?/g, '[it]');

describe('a masked outcome', () => {
  const facts = { hosts: { 's~e/cret1': 3, 's~e/cret2': 4, other: 's~e/cret1' }, list: [['s~e/cret1'], 5, null] };
  const found = finding('logs/timeout', 'fail', 'timeout', {
    says: 'it says s~e/cret1',
    evidence: ['/hosts/s~0e~1cret1', '/list/0'],
    place: { file: 's~e/cret1', line: 3 },
    related: [{ relation: 'follows', rule: 'a/b', status: 'warn', target: 's~e/cret1', says: 's~e/cret1' }],
  });
  const { outcome } = check('logs', {}, { ...report(facts, found), signals: [['Line', 's~e/cret1']] });
  const masked = maskedOutcome(outcome, mask);
  const [seen] = masked.state === 'ran' ? masked.reports : [];

  it('has no secret in it, names of members and pointers included', () => {
    expect(JSON.stringify(masked)).not.toMatch(/s~0?e(?:\/|~1)cret/);
    expect(seen?.findings[0]).toMatchObject({ says: 'it says [it]', place: { file: '[it]', line: 3 } });
  });

  it('loses nothing: two that differ only in the secret are two, and evidence is where it was', () => {
    expect(seen?.facts['hosts']).toEqual({ '[it]': 3, '[it]…': 4, other: '[it]' });
    expect(seen?.findings[0]?.evidence.map((pointer) => resolvePointer(seen.facts, pointer))).toEqual([3, ['[it]']]);
    expect(maskedTexts([1, null, true, { a: undefined }], mask)).toEqual([1, null, true, { a: undefined }]);
  });

  it('calls by their names what rg-diag itself names', () => {
    const all = maskedOutcome(outcome, (text) => `${text}!`);
    const [one] = all.state === 'ran' ? all.reports : [];
    expect(one?.facts.kind).toBe('some');
    expect(one?.findings[0]).toMatchObject({ rule: 'logs/timeout', status: 'fail', code: 'timeout' });
    expect(one?.findings[0]?.related?.[0]).toMatchObject({ relation: 'follows', rule: 'a/b', status: 'warn' });
    const stopped = { code: 'timeout', detail: 'x' } as const;
    expect(maskedOutcome({ state: 'unfinished', begun: true, stopped }, (text) => `${text}!`)).toEqual({
      state: 'unfinished',
      begun: true,
      stopped: { code: 'timeout', detail: 'x!' },
    });
    expect(maskedOutcome({ state: 'refused', problem: 'x' }, (text) => `${text}!`)).toEqual({
      state: 'refused',
      problem: 'x!',
    });
  });
});
