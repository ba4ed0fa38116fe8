import type { Rule } from '../../../model/rule.js';
import type { ValueFacts } from '../facts.js';

export const unknownFlags: Rule<ValueFacts> = {
  id: 'decode/unknown-flags',
  means: 'Flag bits are set that no published source explains.',
  remedy: 'Quote the flags word to Cloudflare support if you need to know what they mean.',
  cites: 'cloudflare/claire source/request.js @f0dc301',
  skips: ({ flags }) => (flags === undefined ? 'no flags word' : undefined),
  check({ flags }) {
    const unknown = flags?.unknown ?? [];
    const evidence = ['/flags/unknown'];
    if (unknown.length === 0) return { status: 'pass', says: 'every bit that is set is known', evidence };
    const names = unknown.map((bit) => `0x${bit.toString(16)}`).join(', ');
    return { status: 'note', says: `unknown flag bits are set: ${names}`, evidence };
  },
};
