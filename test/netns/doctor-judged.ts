import { expect } from 'vitest';
import type { Status } from '../../src/model/finding.js';
import { resolvePointer } from '../../src/model/pointer.js';
import type { Report, Run } from '../../src/model/report.js';
import type { Estate } from '../servers/estate.js';
import type { Scenario } from '../servers/estate-expected.js';
import { token } from '../servers/rg-listener.js';

/** Shorter than Cloudflare waits. */
export const shortTimeouts = ['--connect-timeout', '0.8'];

/** What does not count. */
const quiet: readonly Status[] = ['pass', 'skip', 'note'];

/** Makes the estate, lets the doctor look at it, and compares what comes first with what was planted. */
export async function expectPlanted(estate: Estate, scenario: Scenario): Promise<void> {
  const { change, args = [], as, readTimeout = 1.5, seconds = 25, expected } = scenario;
  await estate.change(change);
  const limits = ['--read-timeout', String(readTimeout), '-t', String(seconds)];
  const words = ['doctor', ...args, ...shortTimeouts, ...limits, '--json'];
  const { stdout, stderr, exit } = await estate.rgDiag(words, as);
  expect(stderr).toBe('');
  expect(stdout).not.toContain(token);
  const run = JSON.parse(stdout) as Run & { readonly reports: readonly Report[] };
  const [report] = run.reports;
  const [first] = report?.findings ?? [];
  const beside = (report?.findings ?? []).slice(1).filter(({ status }) => !quiet.includes(status));
  const seen = {
    rule: first?.rule,
    status: first?.status,
    exit,
    says: first?.says,
    related: first?.related?.map(
      ({ relation, rule, target, status }) => `${relation} ${rule} (${status}) of ${target}`,
    ),
    again: first?.again,
    beside: beside.map(({ rule, says }) => `${rule}: ${says}`),
  };
  const text = JSON.stringify(seen, undefined, 1);
  expect(expected.rules, text).toContain(first?.rule);
  expect([expected.status].flat(), text).toContain(first?.status);
  expect([expected.exit].flat(), text).toContain(exit);
  for (const name of expected.names) expect(`${first?.says}\n${first?.again}`, text).toContain(name);
  const beneath = (first?.related ?? []).map(({ rule }) => rule);
  for (const rules of expected.related ?? []) {
    expect(
      rules.some((rule) => beneath.includes(rule)),
      `${rules.join(' or ')} beneath it: ${text}`,
    ).toBe(true);
  }
  for (const { rule } of beside) expect(expected.beside ?? [], text).toContain(rule);
  expect(first?.remedy, text).not.toBe('');
  expect(first?.remedy, text).toContain(expected.remedy ?? '');
  expect(first?.again, text).toMatch(/^rg-diag /);
  for (const { evidence } of report?.findings ?? []) {
    for (const pointer of evidence) expect(resolvePointer(report?.facts, pointer), pointer).toBeDefined();
  }
}
