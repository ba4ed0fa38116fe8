import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { FailedFacts } from '../facts.js';

const remedies: Readonly<Partial<Record<FailureCode, string>>> = {
  'permission-denied': 'Run it as the user who made the bundle, or as root.',
  'not-a-file': 'Name a folder; an archive has to be unpacked first.',
  'write-failed': 'Give the new folder a name that nothing has yet: --dir NEW.',
  'invalid-path': 'Give the new folder another place: --dir NEW.',
  'no-space': 'Make room, or put it elsewhere: --dir NEW.',
  'answer-too-long': 'Take files out of it, or mask them in several folders.',
  timeout: 'Give the run more time with --timeout.',
};

/** The only rule about what could not be read, or not be written. */
export const done: Rule<FailedFacts> = {
  id: 'bundle-redact/done',
  means: 'There is no new folder.',
  remedy: 'Check the name and the permissions.',
  cites: '',
  check(facts) {
    const { path, failure } = facts;
    return {
      // It could not be read, or not be written: either way nothing is known of what would be left in it.
      status: failure.byRun === true ? statusOfFailure(failure, facts) : 'broken',
      says: `${path} could not be masked: ${failure.detail}`,
      evidence: ['/failure'],
      code: failure.code,
      remedy: remedies[failure.code] ?? this.remedy,
    };
  },
};
