import type { FinishedRun, RefusedRun } from '../command.js';
import { checksOf, runOfCheck } from './doctor-checks.js';
import { type Gathered, missing } from './gathered.js';
import { asText, problemOf, type Runner } from './other-run.js';

/** All checks, in a format. */
export async function gatherDoctor(
  ran: FinishedRun | RefusedRun,
  format: 'json' | 'text',
  runner: Runner,
): Promise<Gathered> {
  return asText(ran, format, runner);
}

/** One check, by the line to type for it, as its own command says it. */
export async function gatherCheck(ran: FinishedRun | RefusedRun, line: string, runner: Runner): Promise<Gathered> {
  const problem = problemOf(ran);
  if (problem !== undefined || ran.kind === 'refused') return missing(problem ?? '');
  const check = checksOf(ran).find((candidate) => candidate.line === line);
  if (check === undefined) return missing('rg-diag doctor has made no such check');
  const run = await runOfCheck(check, ran.run, runner);
  if (run === undefined) return missing(check.outcome.state === 'ran' ? 'it has no result' : check.outcome.why);
  return asText(run, 'text', runner);
}
