import { describe, expect, it } from 'vitest';
import { commandLineIn } from '../../../src/cli/command-line.js';
import { runOther } from '../../../src/cli/other-runs.js';
import type { MeasureContext } from '../../../src/commands/command.js';
import type { CheckOutcome } from '../../../src/commands/doctor/facts.js';
import type { PlannedCheck } from '../../../src/commands/doctor/plan.js';
import { runCheck } from '../../../src/commands/doctor/run-check.js';
import { createDeadline } from '../../../src/io/deadline.js';
import { closedPort, silentPeer } from '../../servers/peers.js';

/** The check of a memcached there. */
const checkOf = (place: string): PlannedCheck => ({
  kind: 'memcached',
  name: `memcached ${place}`,
  subject: {},
  command: 'memcached',
  words: ['memcached', place],
  line: `rg-diag memcached ${place}`,
  why: '',
});

/** What becomes of the check of a place; interrupted before it, or as soon as that is over which is waited for. */
async function outcomeOf(
  place: string,
  { interrupt, run }: { interrupt?: 'before' | Promise<unknown>; run?: MeasureContext['run'] } = {},
): Promise<CheckOutcome> {
  const deadline = createDeadline(undefined);
  const { settings } = await commandLineIn(['doctor']);
  const real: MeasureContext['run'] = (words, limits) => runOther(words, limits, { settings, deadline });
  if (interrupt === 'before') deadline.interrupt('Ctrl-C');
  else void interrupt?.then(() => deadline.interrupt('Ctrl-C'));
  const context = { signal: deadline.signal, turn: <T>(work: () => Promise<T>) => work(), run: run ?? real };
  return runCheck(
    checkOf(place),
    context,
    (text) => text.replaceAll('127.0.0.1', 'masked'),
    () => undefined,
  );
}

const stopped = { code: 'interrupted', detail: 'Ctrl-C' } as const;

describe('a check', () => {
  it('hands over what it has at the end of the run', async () => {
    const silent = await silentPeer();
    const outcome = await outcomeOf(`127.0.0.1:${silent.port}`, { interrupt: silent.connected });
    expect(outcome).toMatchObject({
      state: 'ran',
      verdict: 'unknown',
      reports: [
        {
          target: `masked:${silent.port}`,
          findings: expect.arrayContaining([expect.objectContaining({ code: 'interrupted' })]),
        },
      ],
    });
    await silent.close();
  });

  it('that has its turn after the end of the run is not begun, and contacts nobody', async () => {
    const silent = await silentPeer();
    let reached = false;
    void silent.connected.then(() => {
      reached = true;
    });
    expect(await outcomeOf(`127.0.0.1:${silent.port}`, { interrupt: 'before' })).toEqual({
      state: 'unfinished',
      begun: false,
      stopped,
    });
    await silent.close();
    expect(reached).toBe(false);
  });

  it('is what the command finds, and every text of it is masked', async () => {
    const { port } = await closedPort();
    const outcome = await outcomeOf(`127.0.0.1:${port}`);
    expect(outcome).toMatchObject({ state: 'ran', verdict: 'fail', reports: [{ target: `masked:${port}` }] });
    expect(JSON.stringify(outcome)).not.toContain('127.0.0.1');
  });

  it('of what the command does not take is refused', async () => {
    const outcome = await outcomeOf('127.0.0.1:99999');
    expect(outcome).toMatchObject({ state: 'refused', problem: expect.stringContaining('99999') });
    expect(JSON.stringify(outcome)).not.toContain('127.0.0.1');
  });
});

/** No command is like that: only a bug makes one so. */
describe('a check of a command with a bug', () => {
  it('that does not heed the end of the run is given up', async () => {
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const run = () => {
      begin();
      return new Promise<never>(() => undefined);
    };
    const outcome = await outcomeOf('127.0.0.1:1', { interrupt: begun, run });
    expect(outcome).toEqual({ state: 'unfinished', begun: true, stopped });
  });

  it('that fails in a way that nobody foresaw is a bug, and no end of all others', async () => {
    const outcome = await outcomeOf('127.0.0.1:1', { run: () => Promise.reject(new Error('127.0.0.1 broke it')) });
    expect(outcome).toEqual({ state: 'refused', problem: 'this is a bug in rg-diag: masked broke it', isBug: true });
  });
});
