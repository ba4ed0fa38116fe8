import { confRule } from './conf-rule.js';

/** What 0 could mean, where the documents do not say what it means. */
const meanings: Readonly<Record<string, string>> = {
  'lan.timeout': 'to wait for ever, or not at all',
  'memcached.timeout': 'to wait for ever, or not at all',
  'memcached.limit': 'to keep no page, or pages of any size',
  'stream.size': 'to stream everything, or nothing',
  'stats.interval': 'statistics all the time, or never',
  'cpu.oversubscribe': 'no processor at all',
};

/** Whether a number is 0 where nobody says what that means. */
export const zero = confRule({
  id: 'zero',
  means: 'What 0 means for this key is not documented.',
  remedy: 'Write a number from 1 on, or take the line out: then the default holds.',
  cites: '',
  well: 'no number is 0 where the documents do not say what that means',
  *find(conf) {
    for (const by of conf.settings) {
      const { row, meant } = by;
      const could = row === undefined ? undefined : meanings[row.key];
      if (row === undefined || could === undefined || meant === undefined || !/^0+(?:\.0+)?$/.test(meant)) continue;
      const found = { says: `${row.key} = ${meant}: it could mean ${could}`, by, cites: row.source };
      // Without statistics there is nothing that it could spoil.
      if (row.key === 'stats.interval' && conf.text('stats.enabled') !== '1') yield { ...found, status: 'note' };
      else yield { ...found, status: 'warn', code: 'undocumented-form' };
    }
  },
});
