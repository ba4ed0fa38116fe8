import { verdictOf, worstOf } from '../../model/report.js';
import type { MeasureContext } from '../command.js';
import type { CheckFacts, CheckOutcome, CheckReport, DoctorFacts } from './facts.js';
import { doctorShape } from './saved-shape.js';

/**
 * The same facts with what today's rules find in those of each check. What can no longer be judged (a command that is gone, facts
 * that are none of it) stays as it was judged then. Throws for what are no facts of a doctor, be it only in part: what was damaged
 * would be misjudged.
 */
export async function anew(facts: DoctorFacts, judge: MeasureContext['judge']): Promise<DoctorFacts> {
  if (!doctorShape(facts)) throw new TypeError('these are no facts of a doctor');
  const checks: CheckFacts[] = [];
  // One after the other: whoever saved facts saved thousands of them at the worst.
  for (const check of facts.checks) checks.push({ ...check, outcome: await outcomeAnew(check, judge) });
  return { ...facts, checks };
}

async function outcomeAnew({ command, outcome }: CheckFacts, judge: MeasureContext['judge']): Promise<CheckOutcome> {
  if (outcome.state !== 'ran') return outcome;
  const reports: CheckReport[] = [];
  for (const report of outcome.reports) reports.push(await reportAnew(command, report, judge));
  return { ...outcome, verdict: worstOf(reports.map(({ verdict }) => verdict)), reports };
}

async function reportAnew(command: string, report: CheckReport, judge: MeasureContext['judge']): Promise<CheckReport> {
  try {
    const explanation = await judge(command, report.facts);
    if (explanation === undefined) return report;
    const { findings, metrics, signals } = explanation;
    return { ...report, verdict: verdictOf(findings), findings, metrics, signals };
  } catch {
    return report;
  }
}
