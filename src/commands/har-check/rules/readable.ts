import { sources } from '../../../knowledge/sources.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { UnreadFacts } from '../facts.js';

const remedies: Readonly<Partial<Record<FailureCode, string>>> = {
  'answer-too-long': 'Make it anew: clear the list of requests, and record only what goes wrong.',
  malformed: 'Save it with the browser again: in its tools for developers, Network, “Save all as HAR”.',
};

/** The only rule about an archive that cannot be read. */
export const readable: Rule<UnreadFacts> = {
  id: 'har-check/readable',
  means: 'Nothing can be said without it; of two, about neither.',
  remedy: 'Check the name and the permissions of the file.',
  cites: sources.gathering,
  check(facts) {
    const { path, failure } = facts;
    return {
      status: failure.byRun === true ? statusOfFailure(failure, facts) : 'broken',
      says: `${path === '-' ? 'standard input' : path} cannot be read: ${failure.detail}`,
      evidence: ['/failure'],
      code: failure.code,
      remedy: remedies[failure.code] ?? this.remedy,
    };
  },
};
