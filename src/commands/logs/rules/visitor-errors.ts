import { sources } from '../../../knowledge/sources.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import { isQuiet, isVisitorError, rowOf, visitorErrors } from '../causes.js';
import type { LogsFacts } from '../facts.js';
import { counted, instantText } from '../text.js';

/** How many errors visitors got, against what is allowed. */
export const visitorErrorsRule: Rule<LogsFacts> = {
  id: 'logs/visitor-errors',
  means:
    'Each of these lines is a request that rg-listener could not fetch from the origin: a visitor got an error page.',
  remedy: '',
  cites: '',
  skips: (facts) => (facts.recognised === 0 && !isQuiet(facts) ? 'no line of rg-listener was recognised' : undefined),
  check(facts) {
    if (isQuiet(facts)) {
      const says = 'rg-listener logged nothing in that time: at log.level = 0 that is how it should be';
      return { status: 'pass', says, evidence: ['/recognised', '/ofOthers'], cites: sources.railgunLogging };
    }
    const { asked, causes } = facts;
    const errors = visitorErrors(facts);
    const evidence = ['/causes', '/asked/warning'];
    if (errors === 0) return { status: 'pass', says: 'no error that visitors see is logged', evidence };
    const seen = causes.filter(isVisitorError);
    const last = seen
      .flatMap((cause) => cause.last ?? [])
      .sort()
      .at(-1);
    const list = seen.map(({ id, count }) => `${id} ${grouped(count)}`).join(', ');
    const at = last === undefined ? '' : `, the last at ${instantText(last)} UTC`;
    const says = `visitors saw ${counted(errors, 'error')} (${list})${at}`;
    const codes = new Set(seen.flatMap(({ id }) => rowOf(id)?.code ?? []));
    const remedy = `What visitors get, and what else can be behind it: rg-diag explain ${[...codes].join(' ')}`;
    const said = { evidence, remedy, cites: rowOf(seen[0]?.id ?? '')?.source ?? '' };
    const { warning, critical } = asked;
    if (critical !== undefined && errors > critical) {
      const over = `${says}, more than ${critical}`;
      return {
        ...said,
        status: 'fail',
        says: over,
        evidence: [...evidence, '/asked/critical'],
        code: 'visitor-errors',
      };
    }
    if (errors > warning) return { ...said, status: 'warn', says, code: 'visitor-errors' };
    return { ...said, status: 'note', says: `${says}, no more than ${warning}` };
  },
};
