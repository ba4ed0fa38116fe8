import { exitCodeOf, verdictOf } from '../../model/report.js';
import type { FinishedRun, MeasureContext } from '../command.js';
import type { BundleFacts } from './facts.js';

/** What is known of the bundle before it is written, as a run of its own. */
export async function bundleRun(
  facts: BundleFacts,
  { judge, version }: Pick<MeasureContext, 'judge' | 'version'>,
): Promise<FinishedRun> {
  const { findings, metrics, blocks, signals } = (await judge('bundle', facts)) ?? {
    findings: [],
    metrics: [],
    blocks: [],
    signals: [],
  };
  const verdict = verdictOf(findings);
  const at = facts.observedAt;
  const report = { target: 'what was gathered', at, durationMs: 0, verdict, facts, findings, metrics };
  return {
    kind: 'finished',
    run: { schema: 'rg-diag/1', command: 'bundle', version, at, verdict, exitCode: exitCodeOf(verdict), durationMs: 0 },
    reports: [{ report, blocks, signals }],
  };
}
