import type { SettingFacts } from '../facts.js';
import { confRule, type Found } from './conf-rule.js';

/** Whether every key is set once. */
export const duplicateKey = confRule({
  id: 'duplicate-key',
  means: 'Which of the lines rg-listener goes by is documented nowhere; rg-diag takes the last one.',
  remedy: 'Keep one of the lines.',
  cites: '',
  well: 'every key is set once',
  *find({ settings, conf: { path } }) {
    const lines = new Map<string, SettingFacts>();
    for (const by of settings) {
      const { setting } = by;
      const { key: name, line, repeats, length } = setting;
      const before = lines.get(name);
      lines.set(name, setting);
      if (before === undefined) continue;
      const found: Found = { status: 'warn', code: 'duplicate-key', says: '', by, part: 'key' };
      if (repeats === undefined) {
        yield { ...found, says: `${name} is set in line ${before.line} too, to something else` };
        continue;
      }
      const edits = [{ file: path, line, column: 1, length, replacement: '' }];
      const fix = { says: 'take this line out', edits };
      yield { ...found, says: `${name} is set in line ${repeats} too, to the same`, fix };
    }
  },
});
