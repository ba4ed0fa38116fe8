import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { answerOf } from './answer.js';
import { destinationBlocks } from './blocks.js';
import type { ConfigResolveFacts, DestinationFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfDestination, rulesOfUnread } from './rules/index.js';
import { attemptText } from './state.js';
import { decidedText, requestText, wayText } from './text.js';

/** What it means where a request goes: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: ConfigResolveFacts): Explanation {
  const metrics = metricsOf(facts);
  if (facts.kind === 'unread') {
    const signals = [['Configuration', `${facts.path}: ${facts.failure.code}: ${facts.failure.detail}`]] as const;
    const findings = judge(rulesOfUnread, facts);
    return { findings, metrics, blocks: [{ kind: 'note', text: answerOf(facts, findings) }], signals };
  }
  const findings = judge(rulesOfDestination, facts);
  return {
    findings,
    metrics,
    blocks: destinationBlocks(facts, answerOf(facts, findings)),
    signals: signalsOf(facts),
  };
}

/** Attempts that a ticket lists. */
const few = 20;

function signalsOf(facts: DestinationFacts): Explanation['signals'] {
  const { way, spoken, listener, attempts = [] } = facts;
  return [
    ['Request', requestText(facts)],
    ['Destination', `${wayText(way)} over ${spoken.toUpperCase()}`],
    [
      'Decided by',
      way.decidedBy === 'CF-ORIGIN-IP' ? way.decidedBy : `${decidedText(way.decidedBy)}: ${way.decidedBy.text}`,
    ],
    ['Map', listener.mapFile ?? 'none'],
    ...attempts.slice(0, few).map((one) => ['Attempt', attemptText(one)] as const),
  ];
}
