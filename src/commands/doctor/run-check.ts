import { stopOf } from '../../io/deadline.js';
import { whenAborted } from '../../io/endings.js';
import { shortened } from '../../model/shortened.js';
import type { FinishedRun, MeasureContext, RefusedRun } from '../command.js';
import type { CheckOutcome, CheckReport } from './facts.js';
import type { Mask } from './known-secrets.js';
import { maskedOutcome } from './masked-check.js';
import type { PlannedCheck } from './plan.js';

/** UTF-16 units of what a command says of words that it does not take. */
const longestProblem = 600;

/** Milliseconds that a check has to hand over what it has, once the run is over; less than this run itself has for it. */
const grace = 200;

/**
 * What became of one check, run when it has its turn. Never rejects: whatever a check comes to is an outcome, also where it is a bug.
 * What does not heed the end of the run is given up. Secrets that `mask` knows are not in it.
 */
export function runCheck(
  { words }: PlannedCheck,
  context: Pick<MeasureContext, 'signal' | 'turn' | 'run'>,
  mask: Mask,
  onTurn: () => void,
): Promise<CheckOutcome> {
  const { signal } = context;
  let begun = false;
  return new Promise((resolve) => {
    const unfinished = () => {
      const stopped = stopOf(signal) ?? { code: 'interrupted', detail: 'the run has ended' };
      resolve({ state: 'unfinished', begun, stopped });
    };
    const leave = whenAborted(signal, () => void setTimeout(unfinished, begun ? grace : 0));
    const finished = context.turn(async () => {
      if (signal.aborted) return undefined;
      begun = true;
      onTurn();
      return maskedOutcome(await context.run(words).then(outcomeOf, bugOf), mask);
    });
    void finished.then((outcome) => {
      leave();
      if (outcome === undefined) unfinished();
      else resolve(outcome);
    });
  });
}

function outcomeOf(finished: FinishedRun | RefusedRun): CheckOutcome {
  if (finished.kind === 'refused') {
    const { problem, hint, isBug } = finished;
    return {
      state: 'refused',
      problem: shortened(problem, longestProblem),
      ...(hint !== undefined && { hint: shortened(hint, longestProblem) }),
      ...(isBug && { isBug }),
    };
  }
  const { run, reports } = finished;
  return { state: 'ran', verdict: run.verdict, durationMs: run.durationMs, reports: reports.map(reportOf) };
}

function reportOf({ report, signals }: FinishedRun['reports'][number]): CheckReport {
  const { target, at, durationMs, verdict, facts, findings, metrics } = report;
  return { target, at, durationMs, verdict, facts: facts as CheckReport['facts'], findings, metrics, signals };
}

function bugOf(error: unknown): CheckOutcome {
  const problem = `this is a bug in rg-diag: ${error instanceof Error ? error.message : String(error)}`;
  return { state: 'refused', problem: shortened(problem, longestProblem), isBug: true };
}
