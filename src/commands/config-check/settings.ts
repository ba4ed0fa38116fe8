import { type HeldValue, heldValue } from '../../decoders/railgun-held.js';
import { bareValueOf } from '../../decoders/railgun-slips.js';
import { type RailgunParameter, railgunParameterOf } from '../../knowledge/railgun-parameters.js';
import type { SourcePlace } from '../../model/place.js';
import type { ConfFacts, ConfigFacts, ReferredFile, SettingFacts } from './facts.js';

/** A line that sets a key, with what the documents say of the key. */
export interface SettingAt {
  readonly setting: SettingFacts;
  /** The JSON pointer to it. */
  readonly pointer: string;
  /** Absent: no document has the key. Also there where the key is in another case. */
  readonly row?: RailgunParameter;
  /** What is meant: without quotation marks, a semicolon or a comment; absent: the value is hidden. It need not hold. */
  readonly meant?: string;
}

/** A file that a setting names. */
export interface FileAt {
  readonly file: ReferredFile;
  readonly pointer: string;
  readonly by: SettingAt;
}

/** A railgun.conf, read as rg-listener is taken to read it: of a key that is there twice the last line counts. */
export interface ConfAt {
  readonly conf: ConfFacts;
  readonly pointer: string;
  readonly settings: readonly SettingAt[];
  readonly files: readonly FileAt[];
  /** The line that counts for a key: a key in other letters is none. */
  last(key: string): SettingAt | undefined;
  /** What holds for a documented key, and why that is not what the line says. */
  held(key: string): HeldValue;
  /** What holds: the value that is set, or the documented default; nothing where it is hidden or there is none. */
  text(key: string): string | undefined;
  /** As `text`, as a number; nothing for what is not a plain one. */
  number(key: string): number | undefined;
}

/** Facts do not change, and every rule reads them. */
const readings = new WeakMap<ConfigFacts, readonly ConfAt[]>();

/** Every railgun.conf of the facts. */
export function confsOf(facts: ConfigFacts): readonly ConfAt[] {
  const known = readings.get(facts);
  if (known !== undefined) return known;
  const read = facts.configs.map(confAt);
  readings.set(facts, read);
  return read;
}

function confAt(conf: ConfFacts, index: number): ConfAt {
  const pointer = `/configs/${index}`;
  const settings = conf.settings.map((setting, at) => settingAt(setting, `${pointer}/settings/${at}`));
  const byKey = new Map(settings.map((each) => [railgunParameterOf(each.setting.key)?.key ?? each.setting.key, each]));
  const held = (key: string): HeldValue => {
    const row = railgunParameterOf(key);
    const last = byKey.get(key)?.setting;
    if (row === undefined) return {};
    if (last === undefined) return row.default === undefined ? {} : { text: row.default };
    return heldValue(row, last.hidden === true ? undefined : last.value);
  };
  const text = (key: string) => held(key).text;
  return {
    conf,
    pointer,
    settings,
    files: conf.files.flatMap((file, at) => {
      const by = settings[file.setting];
      return by === undefined ? [] : [{ file, pointer: `${pointer}/files/${at}`, by }];
    }),
    last: (key) => byKey.get(key),
    held,
    text,
    number: (key) => {
      const found = text(key);
      return found !== undefined && /^\d{1,15}$/.test(found) ? Number(found) : undefined;
    },
  };
}

/** The row that a key is meant as: as it is spelled, or in another case. */
export function rowOf(key: string): RailgunParameter | undefined {
  return railgunParameterOf(key) ?? railgunParameterOf(key.toLowerCase());
}

/** The place of a key, of its value, or of a part of it (units of the value before it, and its length). */
export function placeOf(
  { conf: { path } }: ConfAt,
  { setting }: SettingAt,
  part: 'key' | 'value' | { readonly at: number; readonly length: number } = 'value',
): SourcePlace {
  const { line, key, keyColumn, valueColumn, valueLength, text } = setting;
  const [column, length] =
    part === 'key'
      ? [keyColumn, key.length]
      : part === 'value'
        ? [valueColumn, valueLength]
        : [valueColumn + part.at, part.length];
  return { file: path, line, column, length, ...(text !== undefined && { text }) };
}

function settingAt(setting: SettingFacts, pointer: string): SettingAt {
  const row = rowOf(setting.key);
  return {
    setting,
    pointer,
    ...(row !== undefined && { row }),
    ...(setting.hidden !== true && { meant: bareValueOf(setting.value) }),
  };
}
