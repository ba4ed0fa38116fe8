import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { sanitizedBlocks } from './blocks.js';
import type { HarSanitizeFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfSanitized, rulesOfUnread } from './rules/index.js';

/** What it means what was masked: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: HarSanitizeFacts): Explanation {
  if (facts.kind === 'unread') {
    return { findings: judge(rulesOfUnread, facts), metrics: metricsOf(facts), blocks: [], signals: [] };
  }
  const { creator, entries, masked, proof } = facts;
  return {
    findings: judge(rulesOfSanitized, facts),
    metrics: metricsOf(facts),
    blocks: sanitizedBlocks(facts),
    signals: [
      ['Archive', `${creator === '' ? 'of an unknown writer' : creator}, ${entries} entries`],
      ['Masked', `${masked.count} values, ${proof.left.length} left`],
    ],
  };
}
