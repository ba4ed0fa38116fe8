import { type RouteMark, type RouteMarkKind, routeMarkOf } from '../../../knowledge/route-marks.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { WayFacts } from '../facts.js';
import { hopText, lastAnswer, probeText } from '../text.js';

const codes: Readonly<Record<RouteMarkKind, FailureCode>> = {
  host: 'host-unreachable',
  network: 'no-route',
  prohibited: 'prohibited',
  protocol: 'protocol-unavailable',
  packet: 'not-reached',
};

const remedies: Readonly<Record<RouteMarkKind, string>> = {
  host: 'Check that the address is right and that its host is up: the router says it is in no place where it should be.\nGive whoever runs that router the output of this command with --ticket.',
  network:
    'Check that the address is right: the router knows no way to its network.\nGive whoever runs that router the output of this command with --ticket.',
  prohibited:
    'Look at the firewall rules of that router: addresses of Cloudflare have to pass.\nGive whoever runs it the output of this command with --ticket.',
  protocol: 'Ask with another --protocol.',
  packet: 'Ask again with another --tool.',
};

export const reached: Rule<WayFacts> = {
  id: 'route/reached',
  means: 'Probes to this address got no answer from it: somewhere on the way they end, or their answers do.',
  remedy: 'See where it ends, and ask from another network too.',
  cites: '',
  skips: (facts) =>
    facts.cut !== undefined && isOpen(facts)
      ? 'the program did not get to its end, and may still have got there'
      : undefined,
  check(facts) {
    const at = lastAnswer(facts);
    const hop = facts.hops[at];
    const mark = markOf(facts, at);
    if (facts.reached) return arrival(facts, at, mark);
    if (mark !== undefined && hop !== undefined) {
      return {
        status: 'fail',
        says: `not reached: ${hopText(hop)} says that ${mark.meaning} (${mark.mark})`,
        evidence: ['/reached', `/hops/${at}`],
        code: codes[mark.kind],
        remedy: remedies[mark.kind],
        cites: mark.source,
      };
    }
    if (facts.loop !== undefined) {
      const says = 'not reached: the probes go in circles';
      return { status: 'fail', says, evidence: ['/reached', '/loop'], code: 'routing-loop', remedy: loopRemedy };
    }
    return facts.turnedBackBy === undefined ? silence(facts, at) : turnedBack(facts);
  },
};

export const loopRemedy =
  'Give whoever runs these routers the output of this command with --ticket: each takes the other for the way.';

/** Whether nothing that was seen says that it ends there. */
function isOpen(facts: WayFacts): boolean {
  const { loop, turnedBackBy } = facts;
  const hasEnd = facts.reached || loop !== undefined || turnedBackBy !== undefined;
  return !hasEnd && markOf(facts, lastAnswer(facts)) === undefined;
}

function markOf({ hops }: WayFacts, at: number): RouteMark | undefined {
  for (const mark of hops[at]?.marks ?? []) {
    const row = routeMarkOf(mark);
    if (row !== undefined) return row;
  }
  return undefined;
}

function arrival(facts: WayFacts, at: number, mark: RouteMark | undefined): Check {
  const { address, protocol, hops } = facts;
  const hop = hops[at];
  const evidence = ['/reached', `/hops/${at}`];
  if (mark === undefined || hop === undefined) {
    return { status: 'pass', says: `${address} answers at hop ${hop?.ttl} (${probeText(facts)})`, evidence };
  }
  const says = `${address} itself answers at hop ${hop.ttl}, but says that ${mark.meaning} (${mark.mark})`;
  // That a host wants no probes of UDP or ICMP is its right.
  if (protocol !== 'tcp')
    return { status: 'note', says, evidence, remedy: 'rg-diag probe shows whether a port is open.' };
  const remedy = 'Look at the firewall of the host itself: the addresses of Cloudflare have to be let in.';
  return { status: 'fail', says, evidence, code: codes[mark.kind], remedy, cites: mark.source };
}

function turnedBack(facts: WayFacts): Check {
  const { turnedBackBy = '', host, port, protocol } = facts;
  const says = `not reached: ${turnedBackBy} answers in the place of everything behind it, and lets no probe pass (${probeText(facts)})`;
  const other = protocol === 'tcp' ? '' : ' --protocol tcp';
  return {
    status: 'fail',
    says,
    evidence: ['/reached', '/turnedBackBy'],
    code: 'not-reached',
    remedy: [
      'It rejects the probes, or has no way for them: look at its firewall and its routes.',
      `mtr does not tell which. rg-diag route ${host} --port ${port} --tool traceroute${other} does.`,
    ].join('\n'),
  };
}

function silence(facts: WayFacts, at: number): Check {
  const { asked, hops, protocol, host, port, address, cloudflare } = facts;
  const hop = hops[at];
  const where = hop === undefined ? 'no hop answers' : `nobody behind ${hopText(hop)} answers`;
  const says = `not reached: ${where} (${probeText(facts)})`;
  const evidence = ['/reached', hop === undefined ? '/hops' : `/hops/${at}`];
  if (hop !== undefined && hop.ttl === asked.maxHops) {
    return {
      status: 'warn',
      says: `not reached within ${asked.maxHops} hops: ${hopText(hop)} answers, and nobody was asked behind it`,
      evidence,
      code: 'not-reached',
      remedy: 'Allow more hops with --max-hops.',
    };
  }
  const firewall = 'A firewall that drops the probes looks the same as a way that ends.';
  if (protocol === 'tcp') {
    const remedy = `${firewall}\nrg-diag probe ${host} ${port} shows whether a connection gets through.\nAsk from another network: where that gets farther, it is the way and not the host.`;
    return { status: 'fail', says, evidence, code: 'not-reached', remedy };
  }
  // Many hosts take no other packets than those for the ports that they serve.
  const remedy = `${firewall}\nMany hosts answer no probes of this kind${cloudflare ? ' (Cloudflare limits how many pings it answers)' : ''}: rg-diag probe ${host} ${port} shows whether a connection to ${address} gets through.`;
  return { status: 'warn', says, evidence, code: 'not-reached', remedy, cites: cloudflare ? pings : '' };
}

/** What Cloudflare says about pings. */
export const pings = 'Cloudflare, gathering information for troubleshooting sites';
