import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { answerOf } from './answer.js';
import { bundleBlocks } from './blocks.js';
import type { BundleFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfBundle } from './rules/index.js';

/** What became of a bundle means: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: BundleFacts): Explanation {
  const findings = judge(rulesOfBundle, facts);
  return {
    findings,
    metrics: metricsOf(facts),
    blocks: bundleBlocks(facts, answerOf(facts)),
    signals: signalsOf(facts),
  };
}

function signalsOf({ asked, case: error, result }: BundleFacts): Explanation['signals'] {
  const signals: [label: string, value: string][] = [];
  if (error !== undefined) signals.push(['Error', `${error.code}${error.name === undefined ? '' : ` ${error.name}`}`]);
  if (asked.zone !== undefined) signals.push(['Zone', asked.zone]);
  for (const ray of asked.rays ?? []) signals.push(['CF-RAY', ray]);
  if (result?.state === 'handed-over') signals.push(['Bundle', `${result.directory}, ${result.files} files`]);
  return signals;
}
