import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { countsText, portsBlocks, unixBlocks } from './blocks.js';
import type { ProbeFacts, ReachedFacts } from './facts.js';
import { probeMetrics } from './metrics.js';
import { rulesOfPorts, rulesOfUnix, rulesOfUnresolved } from './rules/index.js';

/** What probed ports mean: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: ProbeFacts): Explanation {
  switch (facts.kind) {
    case 'ports':
      return {
        findings: judge(rulesOfPorts, facts),
        metrics: probeMetrics(facts),
        blocks: portsBlocks(facts),
        signals: [['Address', facts.address], ...signalsOf(facts)],
      };
    case 'unix':
      return {
        findings: judge(rulesOfUnix, facts),
        metrics: probeMetrics(facts),
        blocks: unixBlocks(facts),
        signals: signalsOf(facts),
      };
    case 'unresolved':
      return {
        findings: judge(rulesOfUnresolved, facts),
        metrics: [],
        blocks: [],
        signals: [['Name', facts.host]],
      };
  }
}

/** Attempts that a ticket lists. */
const few = 20;

function signalsOf(facts: ReachedFacts): [string, string][] {
  const lines = facts.attempts.slice(0, few).map((attempt): [string, string] => {
    const name = 'port' in attempt && 'protocol' in attempt ? `${attempt.port}/${attempt.protocol}` : 'Socket';
    const why = attempt.failure === undefined ? '' : `: ${attempt.failure.detail}`;
    const banner = attempt.banner === undefined ? '' : `, says ${attempt.banner}`;
    return [name, `${attempt.state} after ${attempt.ms.toFixed(1)} ms${why}${banner}`];
  });
  return facts.counts.asked > few ? [...lines, ['Ports', countsText(facts)]] : lines;
}
