import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { SanitizedFacts } from '../facts.js';

const mostNamed = 3;

/** Whether any value that was masked is still there, in whatever form. */
export const noSecretLeft: Rule<SanitizedFacts> = {
  id: 'har-sanitize/no-secret-left',
  means: 'The archive still has in it what was to be masked: it was not handed over.',
  remedy:
    'Take the entries out of the archive that the places are in, or make it anew without logging in.\nReport it: what a key or a fixed field of the archive holds is not masked by rg-diag.',
  cites: '',
  check({ proof: { searched, notSearched, left } }) {
    if (left.length === 0) {
      const others = notSearched === 0 ? '' : `; ${notSearched} too short or too ordinary to be looked for`;
      return {
        status: 'pass',
        says: `read again: none of ${searched} different secrets is left, in any form${others}`,
        evidence: ['/proof'],
      };
    }
    const named = left
      .slice(0, mostNamed)
      .map(({ name, form, pointer }) => `${name} (${form}) at ${shortened(pointer, 120)}`)
      .join('; ');
    const more = left.length > mostNamed ? `; and ${left.length - mostNamed} more` : '';
    return {
      status: 'fail',
      says: `a masked value is left: ${named}${more}`,
      evidence: ['/proof/left'],
      code: 'exposed-secret',
    };
  },
};
