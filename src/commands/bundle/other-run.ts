import type { FinishedRun, MeasureContext, RefusedRun, SaidReport } from '../command.js';
import { type Gathered, type LaidOut, missing } from './gathered.js';
import { withTexts } from './masked-facts.js';

/** Who runs other commands for the bundle. */
export type Runner = Pick<MeasureContext, 'run' | 'render' | 'judge'>;

/** How long another command may take. */
export interface RunTime {
  /** Seconds. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Another command of rg-diag, as text. */
export async function gatherRun(words: readonly string[], runner: Runner, time: RunTime): Promise<Gathered> {
  return asText(await runner.run(words, time), 'text', runner);
}

/** What a run says in a format; where it came to nothing, why. */
export async function asText(ran: FinishedRun | RefusedRun, format: string, runner: Runner): Promise<Gathered> {
  const problem = problemOf(ran);
  if (problem !== undefined || ran.kind === 'refused') return missing(problem ?? '');
  const stop = stopIn(ran.reports);
  const text = await runner.render(format, ran);
  const from = laidOut(ran, (changed) => runner.render(format, changed));
  return {
    state: 'collected',
    text,
    from,
    ...(answersNothing(ran) && { answersNothing: true }),
    ...(stop !== undefined && { cut: stop }),
  };
}

/** A run that is laid out by `render`. */
export function laidOut(ran: FinishedRun, render: (ran: FinishedRun) => Promise<string>): LaidOut {
  return {
    json: JSON.stringify(ran.reports),
    again: (change) => render({ ...ran, reports: withTexts(ran.reports, change) }),
  };
}

/** Why there is nothing to say of a run. */
export function problemOf(ran: FinishedRun | RefusedRun): string | undefined {
  if (ran.kind === 'refused') return ran.hint === undefined ? ran.problem : `${ran.problem} (${ran.hint})`;
  const reports = ran.reports.map(({ report }) => report);
  if (reports.length === 0) return 'it has no result';
  const unmeasured = reports.every(({ facts }) => (facts as { kind?: unknown } | null)?.kind === 'unmeasured');
  return unmeasured ? (reports[0]?.findings[0]?.says ?? 'nothing was measured') : undefined;
}

/** What the facts of a command are called where it has seen what it was to look at. */
const seenAs: Readonly<Record<string, string>> = { trace: 'trace', route: 'route' };

function answersNothing({ run, reports }: FinishedRun): boolean {
  const kind = seenAs[run.command];
  return (
    kind !== undefined && reports.every(({ report }) => (report.facts as { kind?: unknown } | null)?.kind !== kind)
  );
}

/** Why a run is not finished, where it is not. */
function stopIn(reports: readonly SaidReport[]): string | undefined {
  for (const { report } of reports) {
    const { stopped, kind } = (report.facts ?? {}) as { stopped?: { detail?: unknown }; kind?: unknown };
    if (typeof stopped?.detail === 'string') return `not finished: ${stopped.detail}`;
    if (kind === 'unmeasured') return report.findings[0]?.says;
  }
  return undefined;
}
