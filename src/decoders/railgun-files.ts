import { railgunParameters } from '../knowledge/railgun-parameters.js';
import { type RailgunConf, type RailgunSetting, settingsOf } from './railgun-conf.js';
import { heldValue } from './railgun-held.js';

/** What rg-listener does with a file. */
export type FileUse = 'reads' | 'writes' | 'connects';

/** A file that a setting names. */
export interface NamedFile {
  readonly key: string;
  readonly setting: RailgunSetting;
  /** As it is meant: see `heldValue`. */
  readonly path: string;
  readonly use: FileUse;
}

const read: readonly string[] = ['cert.file', 'key.file', 'ca.bundle', 'map.file'];

/** The files that settings name, by the last line of each key. What may be a secret is no path. */
export function namedFilesOf(conf: RailgunConf): NamedFile[] {
  const settings = settingsOf(conf);
  return railgunParameters.flatMap((row) => {
    const { key, type } = row;
    const setting = settings.get(key)?.at(-1);
    if (setting === undefined || typeof setting.value.text !== 'string') return [];
    const { text, unread } = heldValue(row, setting.value.text);
    if (text === undefined || unread !== undefined) return [];
    const named = (path: string, use: FileUse): NamedFile => ({ key, setting, path, use });
    switch (type) {
      case 'path':
        return text === '' ? [] : [named(text, read.includes(key) ? 'reads' : 'writes')];
      case 'syslog':
      case 'servers':
        return text.split(/[ \t]+/).flatMap((place) => (place.startsWith('/') ? [named(place, 'connects')] : []));
      default:
        return [];
    }
  });
}
