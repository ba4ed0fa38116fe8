import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { UnreadFacts } from '../facts.js';

/** The only rule about a configuration that cannot be read: without it nothing can be said. */
export const readable: Rule<UnreadFacts> = {
  id: 'config-resolve/readable',
  means: 'Where requests go cannot be said without both files.',
  remedy: '',
  cites: sources.railgunExecution,
  check(facts) {
    const { path, of, failure, asked } = facts;
    const name = path === '-' ? 'standard input' : path;
    const isMap = of === 'map';
    const what = isMap ? `the map ${name}, which map.file names,` : name;
    return {
      status: failure.byRun === true ? statusOfFailure(failure, facts) : 'broken',
      says: `${what} cannot be read: ${failure.detail}`,
      evidence: ['/failure'],
      code: failure.code,
      remedy: isMap
        ? `Correct map.file in ${asked.config === '-' ? 'the configuration' : asked.config}, make the file, or let this user read it.`
        : 'Give the file of this rg-listener: --config FILE. Let this user read it, or run rg-diag as one who may.',
    };
  },
};
