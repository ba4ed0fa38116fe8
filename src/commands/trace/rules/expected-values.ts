import type { Rule } from '../../../model/rule.js';
import type { TraceAnswerFacts } from '../facts.js';

export const expectedValues: Rule<TraceAnswerFacts> = {
  id: 'trace/expected-values',
  means: 'The trace says something else than --expect asks for.',
  remedy:
    'Correct --expect if the trace is right.\nA data centre changes with the route from here to Cloudflare: mtr HOST (or traceroute) shows it.',
  cites: '',
  skips: ({ asked }) => (asked.expect === undefined ? 'no value was expected' : undefined),
  check({ asked: { expect = [] }, trace }) {
    const evidence = ['/asked/expect', '/trace'];
    const keys = [...new Set(expect.map(({ key }) => key))];
    const wanted = (key: string) => expect.filter((row) => row.key === key).map(({ value }) => value);
    const wrong = keys.filter((key) => !Object.hasOwn(trace, key) || !wanted(key).includes(trace[key] ?? ''));
    if (wrong.length === 0) {
      return { status: 'pass', says: `as expected: ${keys.map((key) => `${key}=${trace[key]}`).join(', ')}`, evidence };
    }
    const differences = wrong.map((key) => {
      const found = Object.hasOwn(trace, key) ? `is ${trace[key]}` : 'is not in the trace';
      return `${key} ${found}, expected was ${wanted(key).join(' or ')}`;
    });
    return { status: 'fail', says: differences.join('; '), evidence, code: 'unexpected-value' };
  },
};
