import type { Rule } from '../../../model/rule.js';
import type { TriedWay, WayFacts } from '../facts.js';
import { probeText, protocolName } from '../text.js';
import { lacksHelper } from '../ways.js';

export const probes: Rule<WayFacts> = {
  id: 'route/probes',
  means: 'These probes are no connections to the port: a firewall may treat them in another way than those.',
  remedy: '',
  cites: 'mtr(8), traceroute(8)',
  check(facts) {
    const { asked, protocol, tool, tried, host, port } = facts;
    const says = `looked with ${tool.name} over ${probeText(facts)}`;
    const evidence = ['/tool', '/protocol'];
    if (protocol === 'tcp' || asked.protocol === protocol) return { status: 'pass', says, evidence };
    const missing = tried.filter((way) => way.protocol === 'tcp').map(whyNot);
    const why = missing.length === 0 ? '' : `; TCP was not possible: ${missing.join('; ')}`;
    return {
      status: 'note',
      says: `${says}${why}`,
      evidence: missing.length === 0 ? evidence : [...evidence, '/tried'],
      remedy: remedyOf(tried, `rg-diag probe ${host} ${port} shows whether the port itself can be reached.`),
    };
  },
};

function whyNot({ tool, failure }: TriedWay): string {
  return failure.code === 'program-not-found' ? `${tool} is not installed` : failure.detail;
}

function remedyOf(tried: readonly TriedWay[], probe: string): string {
  const isThere = !tried.some(({ tool, failure }) => tool === 'mtr' && failure.code === 'program-not-found');
  const isForbidden = tried.some(({ tool, failure }) => tool === 'mtr' && lacksHelper(failure));
  const steps = [
    ...(isThere ? [] : ['Install mtr (Debian: mtr-tiny): its mtr-packet may send probes of TCP for every user.']),
    ...(isForbidden
      ? ['mtr-packet lacks the capability cap_net_raw, which its package gives it, or this environment takes it away.']
      : []),
    probe,
  ];
  return steps.join('\n');
}

/** The protocol that was asked for, as one reads it. */
export function askedText({ protocol }: WayFacts['asked']): string {
  return protocol === 'auto' ? 'any protocol' : protocolName(protocol);
}
