import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { failedBlocks, routeBlocks } from './blocks.js';
import type { FailedFacts, HopFacts, RouteFacts, WayFacts } from './facts.js';
import { routeMetrics } from './metrics.js';
import { rulesOfFailed, rulesOfRoute, rulesOfUnresolved } from './rules/index.js';
import { hostsText, probeText } from './text.js';

/** What the way means: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: RouteFacts): Explanation {
  switch (facts.kind) {
    case 'route':
      return {
        findings: judge(rulesOfRoute, facts),
        metrics: routeMetrics(facts),
        blocks: routeBlocks(facts),
        signals: routeSignals(facts),
      };
    case 'failed':
      return {
        findings: judge(rulesOfFailed, facts),
        metrics: [],
        blocks: failedBlocks(facts),
        signals: [['Address', facts.address], ...triedSignals(facts)],
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

function routeSignals(facts: WayFacts): Signal[] {
  const { tool, address, command, hops } = facts;
  const version = tool.version === undefined ? '' : ` (${tool.version})`;
  return [
    ['Address', address],
    ['Looked with', `${tool.name}${version}, ${probeText(facts)}`],
    ['Command', command.join(' ')],
    ...triedSignals(facts),
    ...hops.map((hop): Signal => [`Hop ${hop.ttl}`, lineOf(hop)]),
  ];
}

function triedSignals({ tried }: WayFacts | FailedFacts): Signal[] {
  return tried.map(({ tool, protocol, failure }) => ['Tried', `${tool} over ${protocol}: ${failure.detail}`]);
}

/** `192.0.2.1, 3 of 3 answered, best/avg/worst 1.2/1.5/2.0 ms, !X` */
function lineOf(hop: HopFacts): string {
  const { hosts, sent, received, times, marks } = hop;
  const who = hosts.length === 0 ? 'no answer' : hostsText(hop);
  const cloudflare = hosts.some((host) => host.cloudflare) ? ' [Cloudflare]' : '';
  const took = times === undefined ? '' : `, best/avg/worst ${times.bestMs}/${times.avgMs}/${times.worstMs} ms`;
  return [`${who}${cloudflare}, ${received} of ${sent} answered${took}`, ...marks].join(', ');
}
