import { railgunParameters } from '../knowledge/railgun-parameters.js';
import { type RailgunConf, type RailgunSetting, settingsOf } from './railgun-conf.js';

/** What rg-listener does with a file. */
export type FileUse = 'reads' | 'writes' | 'connects';

/** A file that a setting names. */
export interface NamedFile {
  readonly key: string;
  readonly setting: RailgunSetting;
  /** Without what is certainly not part of it. */
  readonly path: string;
  readonly use: FileUse;
}

const read: readonly string[] = ['cert.file', 'key.file', 'ca.bundle', 'map.file'];

/** The files that settings name, by the last line of each key. What may be a secret is no path. */
export function namedFilesOf(conf: RailgunConf): NamedFile[] {
  const settings = settingsOf(conf);
  return railgunParameters.flatMap(({ key, type }) => {
    const setting = settings.get(key)?.at(-1);
    if (setting === undefined || typeof setting.value.text !== 'string') return [];
    const text = bareValueOf(setting.value.text);
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

/**
 * A value without slips that are a part of it and never meant so: a comment behind it, a semicolon at its end, quotation marks
 * around it.
 */
export function bareValueOf(value: string): string {
  const comment = commentIn(value);
  const text = (comment === undefined ? value : value.slice(0, comment)).trimEnd();
  const bare = text.endsWith(';') ? text.slice(0, -1).trimEnd() : text;
  return isQuoted(bare) ? bare.slice(1, -1) : bare;
}

/** Where what is meant as a comment begins in a value, with its `#` behind a blank; nothing where there is none. */
export function commentIn(value: string): number | undefined {
  const before = value.search(/[ \t]#/);
  return before < 0 ? undefined : before + 1;
}

/** Whether a value stands in quotation marks: there is no quoting, so they are part of it. */
export function isQuoted(value: string): boolean {
  const [first] = value;
  return value.length >= 2 && (first === '"' || first === "'") && value.endsWith(first);
}
