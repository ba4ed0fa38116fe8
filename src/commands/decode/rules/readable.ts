import type { Rule } from '../../../model/rule.js';
import type { LogFacts, UnreadFacts } from '../facts.js';

const readable = {
  id: 'decode/readable',
  means: 'The input could not be read, or not to its end.',
  remedy: 'Check the name and the permissions of the file; make a fresh copy of one that is damaged.',
  cites: '',
};

export const readableInput: Rule<UnreadFacts> = {
  ...readable,
  check: ({ failure }) => ({
    status: 'broken',
    says: `cannot be read: ${failure.detail}`,
    evidence: ['/failure'],
    code: failure.code,
  }),
};

export const readableToItsEnd: Rule<LogFacts> = {
  ...readable,
  skips: ({ stopped }) => (stopped === undefined ? undefined : 'reading ended early'),
  check({ failure, lines }) {
    if (failure === undefined) return { status: 'pass', says: 'read to its end', evidence: ['/lines'] };
    const says = `read up to line ${lines} only: ${failure.detail}; the numbers are those of what was read`;
    return { status: 'broken', says, evidence: ['/failure', '/lines'], code: failure.code };
  },
};
