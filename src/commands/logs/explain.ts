import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { answerOf } from './answer.js';
import { logBlocks } from './blocks.js';
import type { LogsFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfLog } from './rules/index.js';
import { signalsOf } from './signals.js';

/** What the log of rg-listener means: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: LogsFacts): Explanation {
  const findings = judge(rulesOfLog, facts);
  return {
    findings,
    metrics: metricsOf(facts),
    blocks: logBlocks(facts, answerOf(facts, findings)),
    signals: signalsOf(facts),
  };
}
