import type { Rule } from '../../../model/rule.js';
import type { LogFacts, MalformedFacts, ValueFacts } from '../facts.js';

const decodable = {
  id: 'decode/decodable',
  means: 'There is nothing that could be decoded.',
  remedy:
    'Copy the whole value of the header, as curl -sI prints it: rg-diag decode "151df128a1 2.05 0.009465 0031 5360".',
  cites: 'Cloudflare, Railgun FAQ @eb4aedb',
};

export const decodedValue: Rule<ValueFacts> = {
  ...decodable,
  check: ({ form }) => ({ status: 'pass', says: `decoded, the form is ${form}`, evidence: ['/form'] }),
};

export const malformedValue: Rule<MalformedFacts> = {
  ...decodable,
  check: ({ failure, at }) => ({
    status: 'broken',
    says: `not decodable: ${failure.detail} (character ${at + 1})`,
    evidence: ['/failure', '/field', '/at'],
    code: failure.code,
  }),
};

export const valuesInLog: Rule<LogFacts> = {
  ...decodable,
  // What could have come after the deadline is not missing.
  skips: ({ values, stopped }) => (values === 0 && stopped !== undefined ? 'not read to its end' : undefined),
  check({ values, malformed, lines }) {
    if (values > 0) return { status: 'pass', says: `${values} values decoded`, evidence: ['/values'] };
    if (malformed > 0) {
      const says = `none of ${malformed} Cf-Railgun values can be decoded`;
      return { status: 'broken', says, evidence: ['/values', '/malformed'], code: 'malformed' };
    }
    return {
      status: 'broken',
      says: `no Cf-Railgun value in ${lines} lines`,
      evidence: ['/values', '/lines'],
      code: 'no-value',
      remedy:
        'Check that the log records the header and that Railgun is on for the site; after enabling, the header may take ' +
        'up to five minutes to appear.',
      cites: 'Cloudflare, Railgun user guide: configuration and activation @e27ce3c',
    };
  },
};
