import { shortened } from '../../../model/shortened.js';
import type { ConfAt, SettingAt } from '../settings.js';

/**
 * What is taken to hold in the place of a value that cannot be read as it stands, behind what is wrong with it; nothing where the
 * line holds all the same, or another one counts. How rg-listener reads it is documented nowhere.
 */
export function insteadOf(conf: ConfAt, by: SettingAt): string {
  const key = by.row?.key;
  if (key === undefined || conf.last(key) !== by) return '';
  const { text, unread } = conf.held(key);
  if (unread === undefined || text === undefined) return '';
  return `: rg-diag takes the default for it, ${text === '' ? 'which is empty' : shortened(text, 60)}`;
}
