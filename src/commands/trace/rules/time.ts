import type { Rule } from '../../../model/rule.js';
import type { TraceAnswerFacts } from '../facts.js';

export const quick: Rule<TraceAnswerFacts> = {
  id: 'trace/time',
  means: 'The whole request took longer than it should.',
  remedy:
    'Look which step takes the time: rg-diag trace HOST.\nCompare the addresses with -4 and -6, and the data centre with where you are.',
  cites: '',
  skips: ({ asked: { warning, critical } }) =>
    warning === undefined && critical === undefined ? 'no threshold was given' : undefined,
  check({ asked: { warning, critical }, phases: { total } }) {
    const seconds = total / 1000;
    const says = `all of it took ${seconds.toFixed(3)} s`;
    const evidence = ['/phases/total', '/asked'];
    if (critical !== undefined && seconds > critical) {
      return { status: 'fail', says: `${says}, more than ${critical} s`, evidence, code: 'too-slow' };
    }
    if (warning !== undefined && seconds > warning) {
      return { status: 'warn', says: `${says}, more than ${warning} s`, evidence, code: 'too-slow' };
    }
    return { status: 'pass', says, evidence };
  },
};
