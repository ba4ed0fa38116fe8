import { expectedOf, valueProblem } from '../../../decoders/railgun-value.js';
import { confRule } from './conf-rule.js';

/** Whether every value is of the type of its key. */
export const value = confRule({
  id: 'value',
  means: 'The value is none that the documents have for this key: rg-listener takes another, or does not start.',
  remedy: 'Correct the value.',
  cites: '',
  well: 'every value is of the type of its key',
  *find(conf) {
    for (const by of conf.settings) {
      const { row, meant } = by;
      if (row === undefined || row.secret || meant === '') continue;
      const { key, source: cites } = row;
      if (meant === undefined) {
        // A URL may have a password in it, a text anything; the values of keys that are misspelt are never shown.
        if (row.type === 'url' || row.type === 'text' || isOtherwiseSpelled(by.setting.key, row.key)) continue;
        const says = `${key}: expected ${expectedOf(row)}, found what could be a secret, which is not shown`;
        yield { status: 'fail', code: 'invalid-value', says, by, cites };
        continue;
      }
      const problem = isPlaceholder(meant) ? undefined : valueProblem(row, meant);
      if (problem === undefined) continue;
      const found = { says: `${key}: ${problem.says}`, by, cites };
      if (problem.kind === 'no') yield { ...found, status: 'fail', code: 'invalid-value' };
      else yield { ...found, status: 'warn', code: 'undocumented-form', remedy: 'Write it as the documents have it.' };
    }
  },
});

/** In other letters. */
function isOtherwiseSpelled(key: string, documented: string): boolean {
  return key !== documented && key.toLowerCase() === documented;
}

/** What was never filled in is said by the rules about activation. */
function isPlaceholder(text: string): boolean {
  return /^YOUR_[A-Z_]{1,60}$/.test(text);
}
