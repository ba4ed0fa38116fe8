import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { FailedFacts } from '../facts.js';

const remedies: Partial<Readonly<Record<FailureCode, string>>> = {
  'permission-denied': 'Run it with sudo, or as user railgun.',
  'file-not-found':
    'Name the file: --config FILE.\nOr name the listener: rg-diag listener HOST[:PORT]\nSee whether Railgun is installed on this machine: which rg-listener',
};

/** Whether there is a railgun.conf to look by. */
export const readable: Rule<FailedFacts> = {
  id: 'listener/readable',
  means: 'Where the listener is stands in railgun.conf: without it, nothing was looked at.',
  remedy: 'Check the name of the file.',
  cites: listenerKnowledge.parameters.source,
  check(facts) {
    const { failure, byDefault } = facts;
    const which = byDefault === true ? 'the railgun.conf of the package' : 'railgun.conf';
    const remedy = remedies[failure.code];
    return {
      status: failure.byRun === true ? statusOfFailure(failure, facts) : 'broken',
      says: `${which} cannot be read: ${failure.detail}`,
      evidence: ['/failure'],
      code: failure.code,
      ...(remedy !== undefined && { remedy }),
    };
  },
};
