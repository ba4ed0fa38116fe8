import type { Rule } from '../../../model/rule.js';
import type { WayFacts } from '../facts.js';
import { hopText, lastAnswer } from '../text.js';

export const cloudflare: Rule<WayFacts> = {
  id: 'route/cloudflare',
  means: 'The probes came into Cloudflare’s network and ended there: the way up to it works.',
  remedy:
    'Give Cloudflare support the output of this command with --ticket, and that of rg-diag trace for the same host.',
  cites: 'Cloudflare, IP ranges',
  skips: ({ hops }) => (entryOf(hops) === undefined ? 'no hop is in the ranges of Cloudflare' : undefined),
  check(facts) {
    const { hops, reached } = facts;
    const entry = entryOf(hops) ?? 0;
    const hop = hops[entry];
    const evidence = [`/hops/${entry}`];
    const from = hop === undefined ? '' : hopText(hop);
    const says = `the way enters Cloudflare’s network at ${from}`;
    const last = lastAnswer(facts);
    if (reached || !isCloudflare(hops[last])) return { status: 'pass', says, evidence };
    const end = last === entry ? 'and ends there' : `and ends in it, behind hop ${hops[last]?.ttl}`;
    return { status: 'note', says: `${says}, ${end}`, evidence };
  },
};

function entryOf(hops: WayFacts['hops']): number | undefined {
  const at = hops.findIndex(isCloudflare);
  return at < 0 ? undefined : at;
}

function isCloudflare(hop: WayFacts['hops'][number] | undefined): boolean {
  return hop?.hosts.some((host) => host.cloudflare) === true;
}
