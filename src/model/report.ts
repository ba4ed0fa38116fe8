import type { Finding } from './finding.js';
import type { Metric } from './metric.js';

export type Verdict = 'ok' | 'warn' | 'fail' | 'unknown';

/** What was seen of one target, what that means, and the numbers in it. Plain JSON: it can be saved and judged again. */
export interface Report<Facts = unknown> {
  readonly target: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Milliseconds. */
  readonly durationMs: number;
  readonly verdict: Verdict;
  readonly facts: Facts;
  readonly findings: readonly Finding[];
  readonly metrics: readonly Metric[];
}

/** One run of one command: what every machine-readable format says around its reports. */
export interface Run {
  readonly schema: 'rg-diag/1';
  readonly command: string;
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Milliseconds. */
  readonly durationMs: number;
  /** The text for a support ticket, where `--ticket` asked for it. */
  readonly ticket?: string;
}

/** The run with its reports: what `--json` prints. */
export interface Envelope<Facts = unknown> extends Run {
  readonly reports: readonly Report<Facts>[];
}

/**
 * Any fail → fail; else any broken → unknown; else any warn → warn; else ok. Where no rule looked at anything (no
 * findings, or all skipped) the answer is unknown, never ok.
 */
export function verdictOf(findings: readonly Pick<Finding, 'status'>[]): Verdict {
  const has = (status: Finding['status']) => findings.some((finding) => finding.status === status);
  if (has('fail')) return 'fail';
  if (has('broken')) return 'unknown';
  if (has('warn')) return 'warn';
  return has('pass') || has('note') ? 'ok' : 'unknown';
}

/** Over several reports: fail > unknown > warn > ok; over none: unknown. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ['fail', 'unknown', 'warn', 'ok'];
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
}

const exitCodes: Readonly<Record<Verdict, number>> = { ok: 0, warn: 1, fail: 2, unknown: 3 };

/** The exit code of a verdict, the same in every format. */
export function exitCodeOf(verdict: Verdict): number {
  return exitCodes[verdict];
}
