import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { BundleFacts } from '../facts.js';
import { partsThatAre } from '../parts.js';

const mostNamed = 10;

/** Whether all of each file is there. */
export const cut: Rule<BundleFacts> = {
  id: 'bundle/cut',
  means: 'Of these only a part is in the bundle.',
  remedy:
    'If what matters is not in it: --log-size BYTES and --since TIME take more, --timeout SECONDS gives more time.',
  cites: '',
  skips: (facts) => (partsThatAre(facts, 'collected').length === 0 ? 'nothing was gathered' : undefined),
  check(facts) {
    const short = partsThatAre(facts, 'collected').filter(({ part }) => part.state.cut !== undefined);
    if (short.length === 0) return { status: 'pass', says: 'nothing was cut off', evidence: ['/parts'] };
    const named = short.slice(0, mostNamed).map(({ part }) => `${part.file} (${shortened(part.state.cut ?? '', 160)})`);
    const more = short.length > named.length ? ` and ${short.length - named.length} more` : '';
    const evidence = short.map(({ at }) => `${at}/state/cut`);
    return { status: 'note', says: `not all of it is there: ${named.join(', ')}${more}`, evidence };
  },
};
