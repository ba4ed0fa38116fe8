import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/commands/command.js';
import { anew } from '../../../src/commands/doctor/anew.js';
import type { CheckFacts, CheckReport, DoctorFacts } from '../../../src/commands/doctor/facts.js';
import type { Finding } from '../../../src/model/finding.js';

const finding = (says: string, status: Finding['status']): Finding => ({
  rule: 'memcached/answers',
  status,
  says,
  means: '',
  evidence: [],
  remedy: '',
  cites: '',
});

const report: CheckReport = {
  target: '127.0.0.1:11211',
  at: '2026-11-20T12:00:00.000Z',
  durationMs: 3,
  verdict: 'ok',
  facts: { kind: 'memcached' },
  findings: [finding('as it was judged then', 'pass')],
  metrics: [],
  signals: [['Then', 'yes']],
};

const check = (command: string, outcome: CheckFacts['outcome']): CheckFacts => ({
  kind: 'memcached',
  name: 'memcached 127.0.0.1:11211',
  subject: {},
  command,
  line: 'rg-diag memcached 127.0.0.1:11211',
  why: '',
  outcome,
});

const facts = (...checks: CheckFacts[]): DoctorFacts => ({
  kind: 'doctor',
  asked: { network: {}, hosts: [], mode: 'strict', edgeProfile: '2026', since: '24h' },
  observedAt: '2026-11-20T12:00:00.000Z',
  configuration: { state: 'absent', looked: [] },
  machine: { hosts: [], nameServers: [], routes: [], unread: [] },
  checks,
});

const ran = (...reports: CheckReport[]): CheckFacts['outcome'] => ({
  state: 'ran',
  verdict: 'ok',
  durationMs: 3,
  reports,
});

/** Rules as they are today, of one command. */
const judge = async (command: string, seen: unknown): Promise<Explanation | undefined> => {
  if (command !== 'memcached') return undefined;
  if ((seen as { kind: string }).kind !== 'memcached') throw new Error('no facts of memcached');
  return { findings: [finding('as it is judged today', 'fail')], metrics: [], blocks: [], signals: [['Now', 'yes']] };
};

describe('saved checks, judged anew', () => {
  it('have the findings, signals and verdicts of today', async () => {
    const [judged] = (await anew(facts(check('memcached', ran(report))), judge)).checks;
    expect(judged?.outcome).toEqual(
      expect.objectContaining({
        verdict: 'fail',
        durationMs: 3,
        reports: [
          {
            ...report,
            verdict: 'fail',
            findings: [finding('as it is judged today', 'fail')],
            signals: [['Now', 'yes']],
          },
        ],
      }),
    );
  });

  it('stay as they were where nobody can judge them: a command that is gone, and what are no facts of it', async () => {
    const foreign = { ...report, facts: { kind: 'something' } };
    const before = facts(check('gone', ran(report)), check('memcached', ran(foreign)));
    expect(await anew(before, judge)).toEqual(before);
  });

  it('have nothing to judge where they did not run', async () => {
    const stopped = { code: 'timeout', detail: 'the deadline of 2 s was reached' } as const;
    const before = facts(
      check('memcached', { state: 'planned' }),
      check('memcached', { state: 'skipped', why: '--skip memcached' }),
      check('memcached', { state: 'refused', problem: 'no server' }),
      check('memcached', { state: 'unfinished', begun: true, stopped }),
    );
    expect(await anew(before, judge)).toEqual(before);
  });
});
