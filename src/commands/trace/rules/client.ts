import type { Rule } from '../../../model/rule.js';
import type { TraceAnswerFacts } from '../facts.js';

const ways: readonly (readonly [key: string, says: string])[] = [
  ['warp', 'WARP'],
  ['gateway', 'a Zero Trust gateway'],
  ['rbi', 'remote browser isolation'],
];

export const client: Rule<TraceAnswerFacts> = {
  id: 'trace/client',
  means:
    'The request did not come straight from this network: the trace is that of the way through Cloudflare’s client.',
  remedy: 'Turn it off, or ask from another network, to see the answer without it.',
  cites: 'captured answers, 2020 to 2026',
  skips: ({ trace }) => (ways.some(([key]) => trace[key] !== undefined) ? undefined : 'the trace does not say'),
  check({ trace }) {
    const present = ways.filter(([key]) => trace[key] !== undefined);
    const evidence = present.map(([key]) => `/trace/${key}`);
    const on = present.filter(([key]) => trace[key] !== 'off').map(([, says]) => says);
    if (on.length === 0)
      return { status: 'pass', says: 'neither WARP nor a Zero Trust gateway is on the way', evidence };
    return { status: 'note', says: `you come through ${on.join(' and ')}`, evidence };
  },
};
