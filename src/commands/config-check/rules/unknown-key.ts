import { foundText } from '../../../decoders/conf-lines.js';
import { nearestAmong } from '../../../decoders/nearest-known.js';
import { railgunParameters } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether some document has every key. */
export const unknownKey = confRule({
  id: 'unknown-key',
  means: 'No document has this key: what rg-listener makes of it is not known, but not what was meant.',
  remedy: 'Correct the key, or take the line out.',
  cites: sources.railgunExecution,
  well: 'every key is documented',
  *find({ settings }) {
    for (const by of settings) {
      if (by.row !== undefined) continue;
      const { key } = by.setting;
      const meant = meantBy(key);
      const says = `unknown key ${foundText(key)}`;
      if (meant === undefined) yield { status: 'warn', code: 'unknown-key', says, by, part: 'key' };
      else {
        const remedy = `Write ${meant}, if that is meant.`;
        yield { status: 'fail', code: 'unknown-key', says: `${says}: did you mean ${meant}?`, by, part: 'key', remedy };
      }
    }
  },
});

/** The key that it nearly is, or the only one that ends with its last part (`token` is `activation.token`). */
function meantBy(key: string): string | undefined {
  const keys = railgunParameters.filter(({ reader }) => reader === undefined).map((row) => row.key);
  const near = nearestAmong(key, keys);
  if (near !== undefined) return near;
  const last = key.toLowerCase().slice(key.lastIndexOf('.') + 1);
  const ending = keys.filter((each) => each.endsWith(`.${last}`));
  return ending.length === 1 ? ending[0] : undefined;
}
