import { confRule } from './conf-rule.js';
import { findInvisibleBytes, invisibleBytes } from './invisible-bytes.js';

/** Whether railgun.conf has bytes that nobody sees. */
export const encoding = confRule({
  id: 'encoding',
  ...invisibleBytes('a key or a value'),
  find({ conf, pointer }) {
    const { path: file, mark, carriageReturns, notUtf8 } = conf;
    const at = mark === true ? { mark: `${pointer}/mark` } : {};
    return findInvisibleBytes({ file, ...at, carriageReturns, isNotUtf8: notUtf8 === true }, pointer);
  },
});
