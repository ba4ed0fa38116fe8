import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { firstPlace, linesText } from '../text.js';

/** Whether a wildcard would have decided, if it were known what wildcards do. */
export const wildcard: Rule<DestinationFacts> = {
  id: 'config-resolve/wildcard',
  means: 'No document has wildcards in the map: it was not applied, and whether rg-listener does is not known.',
  remedy: 'Give the host a line of its own.',
  cites: sources.railgunBalancers,
  check(facts) {
    const { wildcards: lines = [] } = facts;
    if (lines.length === 0) return { status: 'pass', says: 'no wildcard is for this request', evidence: ['/steps'] };
    return {
      status: 'warn',
      says: `the host fits the wildcard of ${linesText(lines)}, which was not applied`,
      evidence: ['/wildcards'],
      code: 'undocumented-form',
      ...firstPlace(lines, facts),
    };
  },
};
