import { confRule } from './conf-rule.js';

/** Whether a key is spelled as the documents have it, where that looks like a slip of theirs. */
export const disputedSpelling = confRule({
  id: 'disputed-spelling',
  means: 'The only document that has the key may have misspelt it: which spelling rg-listener reads is not known.',
  remedy: 'See whether it takes effect, and try the other spelling if not.',
  cites: '',
  well: 'no key is used that has two spellings',
  *find({ settings }) {
    for (const by of settings) {
      const { row } = by;
      const [other] = row?.aliases ?? [];
      if (row === undefined || other === undefined) continue;
      const key = by.setting.key.toLowerCase();
      const says =
        key === row.key
          ? `${key} is how the document spells it; it may mean ${other}`
          : `the document spells it ${row.key}, not ${key}`;
      yield { status: 'note', says, by, part: 'key', cites: row.source };
    }
  },
});
