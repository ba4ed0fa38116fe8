import { sources } from '../../../knowledge/sources.js';
import { commentIn } from '../settings.js';
import { confRule } from './conf-rule.js';

/** Whether a comment stands behind a value. */
export const commentBehind = confRule({
  id: 'comment-behind',
  means: 'Comments are whole lines: the # and all behind it are a part of the value.',
  remedy: 'Put the comment into a line of its own, before this one.',
  cites: sources.packageFile,
  well: 'no comment stands behind a value',
  *find({ settings }) {
    for (const by of settings) {
      if (by.row === undefined) continue;
      const { value, key } = by.setting;
      const at = commentIn(value);
      if (at < 0) continue;
      const says = `the comment is a part of ${key}`;
      yield { status: 'fail', code: 'invalid-value', says, by, part: { at: at + 1, length: value.length - at - 1 } };
    }
  },
});
