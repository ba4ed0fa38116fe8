import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { answerOf } from './answer.js';
import { configBlocks } from './blocks.js';
import type { ConfigCheckFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfConfig } from './rules/index.js';
import { signalsOf } from './signals.js';

/** What the files mean: findings at their places, numbers, what holds, and what a ticket needs. */
export function explain(facts: ConfigCheckFacts): Explanation {
  const findings = judge(rulesOfConfig, facts);
  return {
    findings,
    metrics: metricsOf(facts),
    blocks: configBlocks(facts, answerOf(facts, findings)),
    signals: signalsOf(facts),
  };
}
