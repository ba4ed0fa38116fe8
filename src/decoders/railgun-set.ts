import { railgunParameterOf } from '../knowledge/railgun-parameters.js';
import { type RailgunConf, settingsOf } from './railgun-conf.js';
import { heldValue } from './railgun-held.js';

/** What a line of the file sets, and which line that is. */
export interface SetValue {
  /** As it is meant: see `heldValue`. */
  readonly text: string;
  readonly line: number;
}

/**
 * What the last line that sets a key says; nothing where no line does, where it cannot be read as what the key takes (then the
 * default holds), where it is empty, or where it may not be seen.
 */
export function setIn(conf: RailgunConf, key: string): SetValue | undefined {
  const row = railgunParameterOf(key);
  const last = settingsOf(conf).get(key)?.at(-1);
  if (row === undefined || last === undefined || typeof last.value.text !== 'string') return undefined;
  const { text, unread } = heldValue(row, last.value.text);
  return text === undefined || text === '' || unread !== undefined ? undefined : { text, line: last.line };
}
