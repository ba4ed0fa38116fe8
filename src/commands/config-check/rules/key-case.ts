import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether keys are in lower case, as all documents have them. */
export const keyCase = confRule({
  id: 'key-case',
  means: 'All documents have the keys in lower case; nothing says that rg-listener knows another.',
  remedy: 'Write it in lower case, if it is to hold; else take the line out.',
  cites: sources.railgunExecution,
  well: 'every key is in lower case',
  *find(conf) {
    for (const by of conf.settings) {
      const { key } = by.setting;
      const lower = key.toLowerCase();
      if (by.row === undefined || key === lower) continue;
      // No fix: a line that did nothing may begin to do something, which nobody may want by now.
      const says = `${key} is ${lower} in other letters: it is taken for another key, and not counted`;
      yield { status: 'warn', code: 'unknown-key', says, by, part: 'key' };
    }
  },
});
