import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { answerOf } from './answer.js';
import { listenerBlocks } from './blocks.js';
import type { FailedFacts, ListenerFacts, SeenFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { certificateSeen } from './reach-of-listener.js';
import { rulesOfFailed, rulesOfListener, rulesOfUnresolved } from './rules/index.js';
import { numberOf } from './seen-statistics.js';

/** What was seen of a listener means: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: ListenerFacts): Explanation {
  const metrics = metricsOf(facts);
  switch (facts.kind) {
    case 'listener':
      return explainSeen(facts, metrics);
    case 'failed':
      return { findings: judge(rulesOfFailed, facts), metrics, blocks: [], signals: failedSignals(facts) };
    case 'unresolved':
      return { findings: judge(rulesOfUnresolved, facts), metrics, blocks: [], signals: [] };
  }
}

function explainSeen(facts: SeenFacts, metrics: Explanation['metrics']): Explanation {
  const findings = judge(rulesOfListener, facts);
  return { findings, metrics, blocks: listenerBlocks(facts, answerOf(facts, findings)), signals: signalsOf(facts) };
}

/** Statistics that a ticket is read for. */
const telling = [
  'requests_started',
  'requests_completed',
  'no_origin_response',
  'origin_retries',
  'wan_starts',
  'wan_stops',
  'memstats.sys',
];

function signalsOf(facts: SeenFacts): Explanation['signals'] {
  const { wan, local, statistics } = facts;
  const signals: [label: string, value: string][] = wan.attempts.map((attempt) => [
    'WAN port',
    `${attempt.address} ${'failure' in attempt ? attempt.failure.code : attempt.state}`,
  ]);
  const certificate = certificateSeen(facts)?.certificate;
  if (certificate?.state === 'read') {
    const [leaf] = certificate.chain;
    const name = certificate.railgunName ?? leaf?.subject ?? '';
    signals.push(['Certificate', `${name}, ${leaf?.serial}, until ${leaf?.notAfter}`]);
  }
  const processes = local?.processes.state === 'seen' ? local.processes.processes : [];
  for (const { pid, startedAt } of processes) signals.push(['Process', `${pid} since ${startedAt ?? 'unknown'}`]);
  const numbers = telling.flatMap((key) => {
    const number = numberOf(facts, key);
    return number === undefined ? [] : [`${key} ${number}`];
  });
  if (numbers.length > 0) signals.push(['Statistics', numbers.join(', ')]);
  if (statistics.state === 'failed') signals.push(['Statistics', `${statistics.address} ${statistics.failure.code}`]);
  const crash = local?.panicLog.state === 'read' ? local.panicLog.log.last : undefined;
  if (crash !== undefined) signals.push(['Crash', [crash.message, ...crash.functions].join(' < ')]);
  return signals;
}

function failedSignals({ path, failure }: FailedFacts): Explanation['signals'] {
  return [
    ['File', path],
    ['Failure', `${failure.code}: ${failure.detail}`],
  ];
}
