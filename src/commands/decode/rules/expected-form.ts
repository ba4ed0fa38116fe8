import type { Rule } from '../../../model/rule.js';
import type { DecodeAsked, LogFacts, ValueFacts } from '../facts.js';

const expectedForm = {
  id: 'decode/expected-form',
  means: 'A value has another form than the one that --expect names.',
  remedy: 'rg-diag decode VALUE says what the form of a value means and what to check.',
  cites: '',
  skips: ({ asked }: { readonly asked: DecodeAsked }) =>
    asked.expect === undefined ? 'no form was expected' : undefined,
};

export const expectedFormOfValue: Rule<ValueFacts> = {
  ...expectedForm,
  check({ form, asked: { expect } }) {
    const evidence = ['/form', '/asked/expect'];
    return form === expect
      ? { status: 'pass', says: `the form is ${expect}, as expected`, evidence }
      : { status: 'fail', says: `the form is ${form}, expected was ${expect}`, evidence, code: 'unexpected-form' };
  },
};

/** A health check must not be fine because what is not as expected could not be decoded. */
export const expectedFormInLog: Rule<LogFacts> = {
  ...expectedForm,
  skips: (facts) => (facts.values === 0 ? 'no value can be decoded' : expectedForm.skips(facts)),
  check({ forms, values, malformed, asked: { expect = '' } }) {
    const evidence = ['/forms', '/asked/expect'];
    const others = values - (forms[expect] ?? 0);
    if (others === 0 && malformed > 0) {
      const says = `all ${values} values that can be decoded have the form ${expect}, and ${malformed} cannot be decoded`;
      return { status: 'broken', says, evidence: [...evidence, '/malformed'], code: 'malformed' };
    }
    if (others === 0)
      return { status: 'pass', says: `all ${values} values have the form ${expect}, as expected`, evidence };
    const seen = Object.entries(forms)
      .filter(([form]) => form !== expect)
      .map(([form, count]) => `${count} ${form}`);
    const says = `${others} of ${values} values do not have the form ${expect}: ${seen.join(', ')}`;
    return { status: 'fail', says, evidence, code: 'unexpected-form' };
  },
};
