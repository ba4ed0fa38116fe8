import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { SeenFacts } from '../facts.js';
import { bestAttempt } from '../reach-of-listener.js';
import { listed } from '../text.js';

const { down, service } = listenerKnowledge;

/** What became of a listener that refuses depends on where it is looked at from. */
function refused({ local }: SeenFacts): string {
  if (local?.processes.state === 'seen' && local.processes.processes.length === 0) {
    return 'Nothing answers where no rg-listener runs: start that first, then look again.';
  }
  if (local !== undefined) {
    return `Restart it, if it runs: ${service.restart}\nSee who listens: ss -ltnp | grep :PORT\nCompare wan.ip and wan.port in railgun.conf.`;
  }
  return `On the machine of rg-listener: ${service.start}, and ss -ltnp | grep :PORT\nWhere it runs and listens, a firewall on the way rejects the connection: let TCP port PORT through.\nCompare wan.ip and wan.port in its railgun.conf.`;
}

const remedies: Partial<Readonly<Record<FailureCode, string>>> = {
  timeout:
    'Let Cloudflare’s ranges, and this machine, through the firewall to TCP port PORT.\nSee where the packets end: rg-diag route HOST --port PORT',
  'address-unavailable': 'Compare wan.ip in railgun.conf with the addresses of this machine: ip address',
};

const otherwise = 'Check the address and the way to it: rg-diag probe HOST PORT';

/** Whether somebody accepts connections on the WAN port. */
export const answers: Rule<SeenFacts> = {
  id: 'listener/answers',
  means: down.means,
  remedy: otherwise,
  cites: down.source,
  skips: ({ wan }) => (wan.attempts.length === 0 ? 'it has no address of the family that was asked for' : undefined),
  check(facts) {
    const { attempt, index } = bestAttempt(facts) ?? { attempt: undefined, index: 0 };
    const evidence = [`/wan/attempts/${index}`];
    if (attempt?.state !== 'unreachable') {
      return { status: 'pass', says: `${attempt?.address ?? ''} accepts connections`, evidence };
    }
    const { failure } = attempt;
    const addresses = listed(facts.wan.attempts.map(({ address }) => address));
    return {
      status: statusOfFailure(failure, facts),
      says: `no connection to ${addresses}: ${failure.detail}`,
      evidence,
      code: failure.code,
      remedy: filled(
        failure.code === 'connection-refused' ? refused(facts) : (remedies[failure.code] ?? otherwise),
        attempt.address,
      ),
    };
  },
};

/** With the address that was tried: it is one of IP, and a port. */
function filled(remedy: string, address: string): string {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  return remedy.replaceAll('HOST', () => host).replaceAll('PORT', () => address.slice(colon + 1));
}
