import type { Report } from '../../model/report.js';
import { exitCodeOf, type Run, type Verdict } from '../../model/report.js';
import type { FinishedRun } from '../command.js';
import type { Runner } from './other-run.js';

/** A check of doctor's, as its facts have it. */
export interface DoctorCheck {
  readonly command: string;
  readonly line: string;
  readonly name: string;
  readonly outcome: Outcome;
}

type Outcome =
  | {
      readonly state: 'ran';
      readonly verdict: Verdict;
      readonly durationMs: number;
      readonly reports: readonly Report[];
    }
  | { readonly state: 'other'; readonly why: string };

/** The checks of a run of doctor. What does not look like one is left out: the facts are those of another command. */
export function checksOf({ reports }: FinishedRun): readonly DoctorCheck[] {
  return reports.flatMap(({ report }) => listOf(objectOf(report.facts)['checks'])).flatMap(checkOf);
}

/** A check as a run of its own command, as a user would have made it. */
export async function runOfCheck(
  { command, outcome }: DoctorCheck,
  { version, at }: Pick<Run, 'version' | 'at'>,
  runner: Pick<Runner, 'judge'>,
): Promise<FinishedRun | undefined> {
  if (outcome.state !== 'ran' || outcome.reports.length === 0) return undefined;
  const reports = await Promise.all(
    outcome.reports.map(async (report) => {
      const explanation = await runner.judge(command, report.facts).catch(() => undefined);
      return { report, blocks: explanation?.blocks ?? [], signals: explanation?.signals ?? [] };
    }),
  );
  const { verdict, durationMs } = outcome;
  const began = outcome.reports[0]?.at ?? at;
  const exitCode = exitCodeOf(verdict);
  return {
    kind: 'finished',
    run: { schema: 'rg-diag/1', command, version, at: began, verdict, exitCode, durationMs },
    reports,
  };
}

function checkOf(value: unknown): readonly DoctorCheck[] {
  const { command, line, name, outcome } = objectOf(value);
  if (typeof command !== 'string' || typeof line !== 'string') return [];
  return [{ command, line, name: typeof name === 'string' ? name : command, outcome: outcomeOf(objectOf(outcome)) }];
}

function outcomeOf({ state, verdict, durationMs, reports, why, problem }: Readonly<Record<string, unknown>>): Outcome {
  if (state !== 'ran') {
    const said = [why, problem].find((text) => typeof text === 'string');
    return { state: 'other', why: typeof said === 'string' ? said : 'it was not run' };
  }
  return {
    state: 'ran',
    verdict: verdict as Verdict,
    durationMs: typeof durationMs === 'number' ? durationMs : 0,
    reports: listOf(reports).filter((report): report is Report => typeof objectOf(report)['verdict'] === 'string'),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
