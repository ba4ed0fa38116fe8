import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { SanitizedFacts } from '../facts.js';

/** What was masked, in short. */
export const masked: Rule<SanitizedFacts> = {
  id: 'har-sanitize/masked',
  means: 'Nothing in it goes by the name of a secret. The browser may have left it out, or it goes by another name.',
  remedy: 'Look through the archive before you send it.',
  cites: sources.harSanitizer,
  check({ masked: { count, in: places } }) {
    if (count === 0) return { status: 'note', says: 'nothing was masked', evidence: ['/masked/count'] };
    const list = Object.entries(places)
      .map(([where, times]) => `${times} in ${where}`)
      .join(', ');
    return {
      status: 'pass',
      says: `${count} value${count === 1 ? '' : 's'} masked: ${list}`,
      evidence: ['/masked'],
    };
  },
};
