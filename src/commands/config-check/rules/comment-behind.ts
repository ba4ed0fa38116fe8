import { commentIn } from '../../../decoders/railgun-slips.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { insteadOf } from './instead-of.js';

/** Whether a comment stands behind a value. */
export const commentBehind = confRule({
  id: 'comment-behind',
  means: 'Comments are whole lines: the # and all behind it are a part of the value.',
  remedy: 'Put the comment into a line of its own, before this one.',
  cites: sources.packageFile,
  well: 'no comment stands behind a value',
  *find(conf) {
    for (const by of conf.settings) {
      if (by.row === undefined) continue;
      const { value, key } = by.setting;
      const at = commentIn(value);
      if (at === undefined) continue;
      const says = `the comment is a part of ${key}${insteadOf(conf, by)}`;
      yield { status: 'fail', code: 'invalid-value', says, by, part: { at, length: value.length - at } };
    }
  },
});
