import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { failedBlocks, notATraceBlocks, traceBlocks } from './blocks.js';
import type { FailedFacts, NotATraceFacts, TraceAnswerFacts, TraceFacts } from './facts.js';
import { answerMetrics } from './metrics.js';
import { rulesOfFailed, rulesOfNotATrace, rulesOfTrace, rulesOfUnresolved } from './rules/index.js';

/** What the answer means: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: TraceFacts): Explanation {
  switch (facts.kind) {
    case 'trace':
      return {
        findings: judge(rulesOfTrace, facts),
        metrics: answerMetrics(facts),
        blocks: traceBlocks(facts),
        signals: [...signalsOf(facts), ...facts.order.map((key) => line(key, facts.trace[key])), ...again(facts)],
      };
    case 'not-a-trace':
      return {
        findings: judge(rulesOfNotATrace, facts),
        metrics: answerMetrics(facts),
        blocks: notATraceBlocks(facts),
        signals: [
          ...signalsOf(facts),
          ...(facts.error?.rayId === undefined ? [] : [['Ray id', facts.error.rayId] as const]),
          ...(facts.body === '' ? [] : [['Body', facts.body.slice(0, 500)] as const]),
        ],
      };
    case 'failed':
      return {
        findings: judge(rulesOfFailed, facts),
        metrics: [],
        blocks: failedBlocks(facts),
        signals: signalsOf(facts),
      };
    case 'unresolved':
      return {
        findings: judge(rulesOfUnresolved, facts),
        metrics: [],
        blocks: [],
        signals: [['Host', facts.host]],
      };
  }
}

type Signal = readonly [label: string, value: string];

function signalsOf({ url, address, proxy, http }: TraceAnswerFacts | NotATraceFacts | FailedFacts): Signal[] {
  const signals: (readonly [string, string | undefined])[] = [
    ['URL', url],
    ['Address', address],
    ['Proxy', proxy],
    ['Status', http === undefined ? undefined : `${http.status} ${http.reason}`.trim()],
    ['Server', http?.headers['server']],
    ['CF-RAY', http?.headers['cf-ray']],
  ];
  return signals.flatMap(([label, value]): Signal[] => (value === undefined ? [] : [[label, value]]));
}

/** A line of the trace, as it was. */
function line(key: string, value = ''): Signal {
  return ['Trace', `${key}=${value}`];
}

function again({ duplicates = [] }: TraceAnswerFacts): Signal[] {
  return duplicates.map(({ key, value }) => line(key, value));
}
