import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { firstPlace, linesText, wayText } from '../text.js';

/** Whether lines for the same contradict each other. */
export const ambiguity: Rule<DestinationFacts> = {
  id: 'config-resolve/ambiguity',
  means:
    'Several lines are for the same and lead elsewhere: which one counts is documented nowhere, and the last one was taken.',
  remedy: 'Keep the line that is meant, and remove the others.',
  cites: sources.railgunBalancers,
  check(facts) {
    const { others = [], way } = facts;
    if (others.length === 0) {
      return { status: 'pass', says: 'no two lines contradict each other about this request', evidence: ['/steps'] };
    }
    const taken = way.decidedBy === 'CF-ORIGIN-IP' ? '' : `line ${way.decidedBy.line} `;
    const verb = others.length > 1 ? 'lead' : 'leads';
    return {
      status: 'warn',
      says: `${taken}was taken (${wayText(way)}), but ${linesText(others)} for the same ${verb} elsewhere`,
      evidence: ['/others', '/way/decidedBy'],
      code: 'conflicting-settings',
      ...firstPlace(others, facts),
    };
  },
};
