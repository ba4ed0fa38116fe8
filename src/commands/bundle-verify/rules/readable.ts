import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { FailedFacts } from '../facts.js';

const remedies: Readonly<Partial<Record<FailureCode, string>>> = {
  'permission-denied': 'Run it as the user who made the bundle, or as root.',
  'not-a-file': 'Name a folder; an archive has to be unpacked first.',
  timeout: 'Give the run more time with --timeout.',
};

/** The only rule about what is no folder that can be read. */
export const readable: Rule<FailedFacts> = {
  id: 'bundle-verify/readable',
  means: 'Nothing is known of it.',
  remedy: 'Check the name and the permissions.',
  cites: '',
  check(facts) {
    const { path, failure } = facts;
    return {
      status: failure.byRun === true ? statusOfFailure(failure, facts) : 'broken',
      says: `${path} cannot be verified: ${failure.detail}`,
      evidence: ['/failure'],
      code: failure.code,
      remedy: remedies[failure.code] ?? this.remedy,
    };
  },
};
