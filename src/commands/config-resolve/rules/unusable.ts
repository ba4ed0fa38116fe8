import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { checkCommand, firstPlace, linesText } from '../text.js';

/** Whether lines for this request have a target that cannot be read. */
export const unusable: Rule<DestinationFacts> = {
  id: 'config-resolve/unusable-line',
  means:
    'A line that would decide, or is beside the one that does, has a target that is neither an address nor a name.',
  remedy: '',
  cites: `${sources.railgunProblems}; ${sources.railgunBalancers}`,
  check(facts) {
    const { unusable: lines = [] } = facts;
    if (lines.length === 0) {
      return { status: 'pass', says: 'every line for this request can be read', evidence: ['/steps'] };
    }
    const is = lines.length > 1 ? 'are' : 'is';
    return {
      status: 'warn',
      says: `${linesText(lines)} ${is} for this request too, but the target cannot be read`,
      evidence: ['/unusable'],
      code: 'invalid-value',
      remedy: `Correct the line: HOST = ADDRESS, or HOST:PORT = ADDRESS:PORT.\nSee what is wrong with it: ${checkCommand(facts.asked)}`,
      ...firstPlace(lines, facts),
    };
  },
};
