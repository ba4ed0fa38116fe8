import { expect, it } from 'vitest';
import type { Status } from '../../src/model/finding.js';
import { bySeverity, tally, worstFinding, worstReport } from '../../src/model/severity.js';
import { findingOf } from '../reporters/invented.js';

it('puts the worst finding first and keeps the order of equals', () => {
  const statuses: readonly Status[] = ['skip', 'pass', 'warn', 'note', 'broken', 'warn', 'fail'];
  const findings = statuses.map((status, index) => findingOf({ status, rule: `test/${index}` }));
  expect(bySeverity(findings).map(({ rule }) => rule)).toEqual(
    ['6', '4', '2', '5', '3', '1', '0'].map((n) => `test/${n}`),
  );
  expect(worstFinding(findings)?.rule).toBe('test/6');
  expect(worstFinding([])).toBeUndefined();
});

it('names the first of the worst reports', () => {
  const reports = [
    { verdict: 'ok', target: 'a' },
    { verdict: 'unknown', target: 'b' },
    { verdict: 'warn', target: 'c' },
    { verdict: 'unknown', target: 'd' },
  ] as const;
  expect(worstReport(reports)?.target).toBe('b');
  expect(worstReport([])).toBeUndefined();
  expect(tally(reports).map(({ text }) => text)).toEqual(['2 unknown', '1 warning', '1 ok']);
});
