import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { WayFacts } from '../facts.js';

export const finished: Rule<WayFacts> = {
  id: 'route/finished',
  means: 'The program was ended before it was done: what lies behind the last hop may be missing.',
  remedy: 'Give the run more time with --timeout, or ask for less with --max-hops and --queries.',
  cites: '',
  check(facts) {
    const { cut, tool } = facts;
    if (cut === undefined) return { status: 'pass', says: `${tool.name} came to its end`, evidence: ['/tool'] };
    const says = `not finished: ${cut.detail}; this is what was seen by then`;
    // A program that hangs says nothing about the way; what the end of the run counts as, the user says.
    const hanging = facts.reached ? 'warn' : 'broken';
    const status = cut.byRun === true ? statusOfFailure(cut, facts) : hanging;
    return { status, says, evidence: ['/cut'], code: cut.code };
  },
};
