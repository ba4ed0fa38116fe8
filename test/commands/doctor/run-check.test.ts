import { describe, expect, it } from 'vitest';
import type { FinishedRun, RefusedRun } from '../../../src/commands/command.js';
import type { CheckOutcome } from '../../../src/commands/doctor/facts.js';
import type { PlannedCheck } from '../../../src/commands/doctor/plan.js';
import { runCheck } from '../../../src/commands/doctor/run-check.js';
import { createDeadline } from '../../../src/io/deadline.js';

const check: PlannedCheck = {
  kind: 'memcached',
  name: 'memcached 127.0.0.1:1',
  subject: {},
  command: 'memcached',
  words: ['memcached', '127.0.0.1:1'],
  line: 'rg-diag memcached 127.0.0.1:1',
  why: '',
};

/** What becomes of a check whose run comes to this. */
function outcomeOf(
  run: () => Promise<FinishedRun | RefusedRun>,
  interrupt?: 'before' | 'meanwhile',
): Promise<CheckOutcome> {
  const deadline = createDeadline(undefined);
  if (interrupt === 'before') deadline.interrupt('Ctrl-C');
  const context = { signal: deadline.signal, turn: <T>(work: () => Promise<T>) => work(), run };
  return runCheck(check, context, () => {
    if (interrupt === 'meanwhile') deadline.interrupt('Ctrl-C');
  });
}

const never = () => new Promise<never>(() => undefined);
const stopped = { code: 'interrupted', detail: 'Ctrl-C' } as const;

describe('a check', () => {
  it('that does not heed the end of the run is given up', async () => {
    expect(await outcomeOf(never, 'meanwhile')).toEqual({ state: 'unfinished', begun: true, stopped });
  });

  it('that hands over what it has at the end of the run has run', async () => {
    const finished: FinishedRun = {
      kind: 'finished',
      run: {
        schema: 'rg-diag/1',
        command: 'memcached',
        version: '',
        at: '',
        verdict: 'unknown',
        exitCode: 3,
        durationMs: 5,
      },
      reports: [],
    };
    const outcome = await outcomeOf(async () => finished, 'meanwhile');
    expect(outcome).toEqual({ state: 'ran', verdict: 'unknown', durationMs: 5, reports: [] });
  });

  it('that has its turn after the end of the run is not begun', async () => {
    expect(await outcomeOf(never, 'before')).toEqual({ state: 'unfinished', begun: false, stopped });
  });

  it('that fails in a way that nobody foresaw is a bug, and no end of all others', async () => {
    const outcome = await outcomeOf(() => Promise.reject(new Error('it broke')));
    expect(outcome).toEqual({ state: 'refused', problem: 'this is a bug in rg-diag: it broke', isBug: true });
  });
});
