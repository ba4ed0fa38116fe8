import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether keys are in lower case, as all documents have them. */
export const keyCase = confRule({
  id: 'key-case',
  means: 'All documents have the keys in lower case; nothing says that rg-listener knows another.',
  remedy: 'Write it in lower case.',
  cites: sources.railgunExecution,
  well: 'every key is in lower case',
  *find(conf) {
    const others = new Map<string, number>();
    for (const { setting } of conf.settings) {
      const lower = setting.key.toLowerCase();
      others.set(lower, (others.get(lower) ?? 0) + 1);
    }
    for (const by of conf.settings) {
      const { key, line, keyColumn: column } = by.setting;
      const lower = key.toLowerCase();
      if (by.row === undefined || key === lower) continue;
      const edit = { file: conf.conf.path, line, column, length: key.length, replacement: lower };
      yield {
        status: 'warn',
        code: 'unknown-key',
        says: `${key} is ${lower} in other letters`,
        by,
        part: 'key',
        // Where the key is there in lower case too, the two lines would become one setting twice.
        ...(others.get(lower) === 1 && { fix: { says: `write ${lower}`, edits: [edit] } }),
      };
    }
  },
});
