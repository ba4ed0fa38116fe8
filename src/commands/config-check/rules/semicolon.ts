import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { insteadOf } from './instead-of.js';

/** Whether a value ends with a semicolon, as the lines of other programs do. */
export const semicolon = confRule({
  id: 'semicolon',
  means: 'Nothing ends a line but its end: the semicolon is a part of the value.',
  remedy: 'Take the semicolon away.',
  cites: sources.packageFile,
  well: 'no value ends with a semicolon',
  *find(conf) {
    for (const by of conf.settings) {
      const { semicolon: column, valueColumn, line, key } = by.setting;
      if (column === undefined) continue;
      const edits = [{ file: conf.conf.path, line, column, length: 1, replacement: '' }];
      yield {
        status: 'fail',
        code: 'invalid-value',
        says: `the semicolon is a part of ${key}${insteadOf(conf, by)}`,
        by,
        part: { at: column - valueColumn, length: 1 },
        fix: { says: 'take the semicolon away', edits },
      };
    }
  },
});
