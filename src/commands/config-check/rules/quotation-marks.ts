import { isQuoted } from '../../../decoders/railgun-slips.js';
import { sources } from '../../../knowledge/sources.js';
import type { SettingFacts } from '../facts.js';
import { confRule } from './conf-rule.js';
import { insteadOf } from './instead-of.js';

/** Whether a value stands in quotation marks. */
export const quotationMarks = confRule({
  id: 'quotation-marks',
  means: 'There is no quoting in railgun.conf: the quotation marks are a part of the value.',
  remedy: 'Take the quotation marks away.',
  cites: sources.packageFile,
  well: 'no value stands in quotation marks',
  *find(conf) {
    for (const by of conf.settings) {
      const { line, key, valueColumn } = by.setting;
      const length = quotedIn(by.setting);
      if (length === undefined) continue;
      const edit = { file: conf.conf.path, line, length: 1, replacement: '' };
      const edits = [
        { ...edit, column: valueColumn },
        { ...edit, column: valueColumn + length - 1 },
      ];
      yield {
        status: 'fail',
        code: 'invalid-value',
        says: `the quotation marks are a part of ${key}${insteadOf(conf, by)}`,
        by,
        part: { at: 0, length },
        fix: { says: 'take the quotation marks away', edits },
      };
    }
  },
});

/** How much of the value stands in quotation marks, with them: all of it, but for a semicolon at its end. */
function quotedIn({ quoted, value, valueLength, hidden }: SettingFacts): number | undefined {
  if (quoted === true) return valueLength;
  const bare = hidden === true || !value.endsWith(';') ? '' : value.slice(0, -1).trimEnd();
  return isQuoted(bare) ? bare.length : undefined;
}
