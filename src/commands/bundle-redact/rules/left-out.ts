import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { RedactedFacts } from '../facts.js';

const mostNamed = 5;

/** Whether everything that was in the folder is in the new one. */
export const leftOut: Rule<RedactedFacts> = {
  id: 'bundle-redact/left-out',
  means: 'It is not in the new folder, because nobody could tell what is secret in it.',
  remedy: 'Where it matters, look at it yourself, and send it apart.',
  cites: '',
  check({ leftOut: files }) {
    if (files.length === 0) return { status: 'pass', says: 'nothing was left out', evidence: ['/leftOut'] };
    const named = files.slice(0, mostNamed).map(({ file, why }) => `${shortened(file, 80)} (${shortened(why, 120)})`);
    const more = files.length > mostNamed ? ` and ${files.length - mostNamed} more` : '';
    return {
      status: 'warn',
      says: `left out: ${named.join(', ')}${more}`,
      evidence: ['/leftOut'],
      code: 'unexpected-form',
    };
  },
};
