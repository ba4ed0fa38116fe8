import type { Failure } from '../model/failure.js';

/** A report that was saved, as far as it can be judged again. */
export interface SavedReport {
  /** The command that measured it. */
  readonly command: string;
  /** Of the rg-diag that did. */
  readonly version: string;
  readonly target: string;
  /** RFC 3339. */
  readonly at: string;
  /** What it was judged to be then. */
  readonly verdict: string;
  readonly facts: { readonly kind: string };
}

/** The reports in what `--format json` or `ndjson` printed, or why there are none. Never throws. */
export function savedReports(text: string): readonly SavedReport[] | Failure {
  const whole = objectOf(text);
  const lines = whole === undefined || whole['kind'] !== undefined ? text.split('\n').map(objectOf) : undefined;
  const run = lines === undefined ? whole : lines.find((line) => line?.['kind'] === 'run');
  const reports = lines === undefined ? whole?.['reports'] : lines.filter((line) => line?.['kind'] === 'report');
  if (run?.['schema'] !== 'rg-diag/1' || typeof run['command'] !== 'string' || !Array.isArray(reports)) {
    return malformed('expected what was printed with --json, or every line that was with -f ndjson (schema rg-diag/1)');
  }
  const { command, version } = run;
  const saved = reports.map((report: unknown) => reportOf(report, command, String(version)));
  const broken = saved.indexOf(undefined);
  if (broken >= 0) return malformed(`report ${broken + 1} of ${saved.length} has no target, or no facts`);
  if (saved.length === 0) return malformed('there is no report in it');
  return saved.filter((report) => report !== undefined);
}

/** Reports within reports that are looked into: who saves what was judged again does it once or twice. */
const deepest = 8;

function reportOf(report: unknown, command: string, version: string, depth = 0): SavedReport | undefined {
  if (!isObject(report) || depth > deepest) return undefined;
  const { target, at, verdict, facts } = report;
  if (typeof target !== 'string' || !isObject(facts) || typeof facts['kind'] !== 'string') return undefined;
  const { kind } = facts;
  // Facts that were judged again, and saved again.
  if (command === 'explain' && kind === 'saved' && typeof facts['command'] === 'string') {
    return reportOf({ ...facts, verdict: facts['verdictThen'] }, facts['command'], String(facts['version']), depth + 1);
  }
  return { command, version, target, at: String(at), verdict: String(verdict), facts: { ...facts, kind } };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(detail: string): Failure {
  return { code: 'malformed', step: 'decode', blame: 'us', detail };
}
