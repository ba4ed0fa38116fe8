import type { FinishedRun, SaidReport } from '../command.js';
import { checksOf, runOfCheck } from './doctor-checks.js';
import type { Runner } from './other-run.js';

/**
 * One page that begins with what doctor found, ranked, and has each check with all there is to see of it. Nothing where doctor has
 * not run.
 */
export async function reportPage(doctor: FinishedRun, runner: Pick<Runner, 'judge' | 'render'>): Promise<string> {
  const checks = await Promise.all(
    checksOf(doctor).map(async (check): Promise<readonly SaidReport[]> => {
      const run = await runOfCheck(check, doctor.run, runner);
      return (run?.reports ?? []).map((said) => ({ ...said, report: { ...said.report, target: check.name } }));
    }),
  );
  return runner.render('html', { ...doctor, reports: [...doctor.reports, ...checks.flat()] });
}
