import type { Block } from '../../model/block.js';
import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { serverBlocks } from './blocks.js';
import type { FailedFacts, MemcachedFacts, ServerFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfFailed, rulesOfServer, rulesOfUnresolved } from './rules/index.js';

/** What was seen of a server means: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: MemcachedFacts): Explanation {
  const metrics = metricsOf(facts);
  switch (facts.kind) {
    case 'server':
      return {
        findings: judge(rulesOfServer, facts),
        metrics,
        blocks: serverBlocks(facts),
        signals: serverSignals(facts),
      };
    case 'failed':
      return {
        findings: judge(rulesOfFailed, facts),
        metrics,
        blocks: failedBlocks(facts),
        signals: failedSignals(facts),
      };
    case 'unresolved':
      return { findings: judge(rulesOfUnresolved, facts), metrics, blocks: [], signals: [] };
  }
}

/** Statistics that a ticket is read for. */
const telling = ['uptime', 'curr_connections', 'bytes', 'limit_maxbytes', 'get_hits', 'get_misses', 'evictions'];

function serverSignals({ address, version, stats, pingMs }: ServerFacts): Explanation['signals'] {
  const lines = telling.flatMap((name) => (stats[name] === undefined ? [] : [`${name} ${stats[name]}`]));
  return [
    ['Address', address],
    ['Version', version],
    ['Round trip', `${pingMs} ms`],
    ['Stats', lines.join(', ')],
  ];
}

function failedSignals({ address, failure, heard }: FailedFacts): Explanation['signals'] {
  const heardSignal = heard === undefined ? [] : [['Heard', heard] as const];
  return [['Address', address], ['Failure', `${failure.code}: ${failure.detail}`], ...heardSignal];
}

function failedBlocks({ address, heard }: FailedFacts): Block[] {
  const pairs = [{ label: 'Address', value: address }];
  if (heard !== undefined) pairs.push({ label: 'It said', value: heard });
  return [{ kind: 'pairs', pairs, verbose: true }];
}
