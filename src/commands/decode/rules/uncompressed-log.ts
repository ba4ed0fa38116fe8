import { railgunFormOf } from '../../../knowledge/railgun-forms.js';
import type { Rule } from '../../../model/rule.js';
import type { LogFacts } from '../facts.js';

const stream = railgunFormOf('stream');

/** Most answers of a log came through Railgun, and were not compressed. */
export const uncompressedLog: Rule<LogFacts> = {
  id: 'decode/uncompressed',
  means: stream?.means ?? '',
  remedy: stream?.checks.join('\n') ?? '',
  cites: stream?.sources.join('; ') ?? '',
  skips: ({ values }) => (values === 0 ? 'no value can be decoded' : undefined),
  check({ forms, values }) {
    const streamed = (forms['stream'] ?? 0) + (forms['normal'] ?? 0);
    const says = `${streamed} of ${values} answers were delivered without delta compression (stream, normal)`;
    const evidence = ['/forms', '/values'];
    return { status: streamed * 2 > values ? 'note' : 'pass', says, evidence };
  },
};
