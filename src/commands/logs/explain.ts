import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { logBlocks } from './blocks.js';
import type { LogsFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfLog } from './rules/index.js';
import { signalsOf } from './signals.js';

/** What the log of rg-listener means: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: LogsFacts): Explanation {
  return {
    findings: judge(rulesOfLog, facts),
    metrics: metricsOf(facts),
    blocks: logBlocks(facts),
    signals: signalsOf(facts),
  };
}
