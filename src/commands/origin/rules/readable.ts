import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { UnreadFacts } from '../facts.js';

/** A file that was given cannot be used, so that nothing was measured. */
export const readable: Rule<UnreadFacts> = {
  id: 'origin/readable',
  means: 'The origin was not asked.',
  remedy:
    'Check the names, the permissions and what is in the files of --header-file, --client-cert, --ca-file, --add-ca and --crl-file.',
  cites: '',
  check(facts) {
    const { failure } = facts;
    const { code, detail } = failure;
    const status = failure.byRun === true ? statusOfFailure(failure, facts) : 'broken';
    return { status, says: `a file that was given cannot be used: ${detail}`, evidence: ['/failure'], code };
  },
};
