import type { Rule } from '../../../model/rule.js';
import type { LogFacts } from '../facts.js';

export const malformedValues: Rule<LogFacts> = {
  id: 'decode/malformed-values',
  means: 'Some values of the log stand where a Cf-Railgun value belongs and cannot be decoded.',
  remedy: 'Look at the lines named: rg-diag decode shows for a value which part of it is wrong.',
  cites: '',
  skips: ({ values }) => (values === 0 ? 'no value can be decoded' : undefined),
  check({ malformed, values, malformedSamples }) {
    if (malformed === 0) return { status: 'pass', says: 'every value can be decoded', evidence: ['/malformed'] };
    const first = malformedSamples[0];
    const where = first === undefined ? '' : `, the first in line ${first.line}`;
    const says = `${malformed} of ${malformed + values} values cannot be decoded${where}`;
    return { status: 'note', says, evidence: ['/malformed', '/malformedSamples'] };
  },
};
