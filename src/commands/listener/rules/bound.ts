import { isLoopbackHost } from '../../../decoders/address-kind.js';
import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { wanSockets } from '../wan-sockets.js';

/** Whether Cloudflare can reach the address that it listens on. */
export const bound: Rule<SeenFacts> = {
  id: 'listener/bound',
  means: `Nobody outside this machine can connect. ${listenerKnowledge.down.means}`,
  remedy: `Leave wan.ip empty in railgun.conf, or set it to an address that Cloudflare can reach.\nRestart it: ${listenerKnowledge.service.restart}`,
  cites: listenerKnowledge.parameters.source,
  skips: (facts) =>
    facts.local === undefined
      ? 'it is looked at from outside'
      : addressesOf(facts).length === 0
        ? 'nobody listens'
        : undefined,
  check(facts) {
    const addresses = addressesOf(facts);
    const evidence = facts.local?.sockets.state === 'seen' ? ['/local/sockets'] : ['/local/config'];
    const says = `it listens on ${addresses.map((address) => (address === '' ? 'all addresses' : address)).join(', ')}`;
    if (!addresses.every(isLoopbackHost)) return { status: 'pass', says, evidence };
    return { status: 'fail', says: `${says} only`, evidence: [...evidence, '/wan/port'], code: 'loopback-only' };
  },
};

/** By the system; where it does not say, by railgun.conf. */
function addressesOf({ local }: SeenFacts): string[] {
  if (local === undefined) return [];
  return wanSockets(local)?.map(({ address }) => address) ?? [local.config.wanIp ?? ''];
}
