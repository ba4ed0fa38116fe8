import { findInvisibleBytes, invisibleBytes } from './invisible-bytes.js';
import { mapRule } from './map-rule.js';

/** Whether the map has bytes that nobody sees. */
export const mapEncoding = mapRule({
  id: 'map-encoding',
  ...invisibleBytes('a name or an address'),
  find({ map, pointer }) {
    const { path: file, lines, carriageReturns, notUtf8 } = map;
    const at = lines[0]?.startsWith('\ufeff') === true ? { mark: `${pointer}/lines/0` } : {};
    return findInvisibleBytes({ file, ...at, carriageReturns, isNotUtf8: notUtf8 === true }, pointer);
  },
});
