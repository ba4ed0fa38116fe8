import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { harBlocks } from './blocks.js';
import type { HarCheckFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfHar, rulesOfUnread } from './rules/index.js';
import { signalsOf } from './signals.js';

/** What the archives mean: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: HarCheckFacts): Explanation {
  const metrics = metricsOf(facts);
  if (facts.kind === 'unread') return { findings: judge(rulesOfUnread, facts), metrics, blocks: [], signals: [] };
  return { findings: judge(rulesOfHar, facts), metrics, blocks: harBlocks(facts), signals: signalsOf(facts) };
}
