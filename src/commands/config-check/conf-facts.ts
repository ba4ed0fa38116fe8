import { decodeRailgunConf, type RailgunConf, type RailgunSetting, settingsOf } from '../../decoders/railgun-conf.js';
import { bareValueOf, commentIn, isQuoted } from '../../decoders/railgun-slips.js';
import { tokenShapeOf } from '../../decoders/railgun-token.js';
import type { DecodedText } from '../../decoders/text-encoding.js';
import type { ConfFacts, SettingFacts, TokenFacts } from './facts.js';

/** A railgun.conf as it stands. */
export interface ReadConf {
  readonly conf: RailgunConf;
  readonly facts: Omit<ConfFacts, 'path' | 'status' | 'token' | 'files' | 'map'>;
  /** The index of a setting in the facts. */
  readonly indexOf: ReadonlyMap<RailgunSetting, number>;
}

/** Longer values are shown to nobody in full. */
const longest = 4096;

/** What a railgun.conf says, without its secrets. */
export function readConf({ text, encoding }: DecodedText): ReadConf {
  const conf = decodeRailgunConf(text);
  const settings = conf.lines.flatMap((line) => (line.kind === 'setting' ? [line] : []));
  const repeated = repeatedLines(conf);
  const indexOf = new Map(settings.map((setting, index) => [setting, index]));
  const unreadable = conf.lines.flatMap((line) => {
    if (line.kind !== 'unreadable') return [];
    return [{ line: line.line, column: line.column, why: line.why }];
  });
  const facts = {
    lines: conf.lines.length,
    ...(text.startsWith('\ufeff') && { mark: true as const }),
    ...(encoding !== 'utf8' && { notUtf8: true as const }),
    carriageReturns: conf.lines.filter(({ end }) => end.startsWith('\r')).length,
    settings: settings.map((setting) => settingFacts(setting, repeated.get(setting))),
    unreadable,
  };
  return { conf, facts, indexOf };
}

function settingFacts(setting: RailgunSetting, repeats: number | undefined): SettingFacts {
  const { line, key, value, semicolon, raw, end } = setting;
  const text = revealed(value.text);
  const shown = typeof value.text === 'string' ? withoutComment(value.text) : undefined;
  const isShort = shown !== undefined && typeof raw === 'string' && raw.length <= longest;
  const before = isShort ? raw.slice(0, value.column - 1) + shown : '';
  const whole = isShort ? before + raw.slice(before.length, raw.length - end.length) : undefined;
  return {
    line,
    key: key.text,
    keyColumn: key.column,
    value: shown === undefined ? '***' : shown.length > longest ? `${shown.slice(0, longest)}…` : shown,
    valueColumn: value.column,
    valueLength: text.length,
    ...(shown === undefined && { hidden: true as const }),
    ...(semicolon !== undefined && { semicolon }),
    ...(isQuoted(text) && { quoted: true as const }),
    ...(repeats !== undefined && { repeats }),
    ...(whole !== undefined && { text: whole }),
    length: revealed(raw).length,
  };
}

/** What is meant as a comment may hold anything, as those of whole lines: it is shown as asterisks. */
function withoutComment(value: string): string {
  const from = commentIn(value);
  return from === undefined ? value : value.slice(0, from + 1) + value.slice(from + 1).replace(/\S/g, '*');
}

/**
 * Settings that say what the setting of the same key before them said → its line. Of `1`, `2`, `1` the last one repeats
 * nothing: it counts.
 */
function repeatedLines(conf: RailgunConf): ReadonlyMap<RailgunSetting, number> {
  const repeated = new Map<RailgunSetting, number>();
  for (const lines of settingsOf(conf).values()) {
    for (const [index, setting] of lines.entries()) {
      const before = lines[index - 1];
      if (before !== undefined && revealed(before.value.text) === revealed(setting.value.text)) {
        repeated.set(setting, before.line);
      }
    }
  }
  return repeated;
}

/** Numbers equal tokens of several files; it knows them, and says only their numbers. */
export function tokenGroups(): (read: ReadConf) => TokenFacts | undefined {
  const groups = new Map<string, number>();
  return ({ conf, indexOf }) => {
    const setting = settingsOf(conf).get('activation.token')?.at(-1);
    if (setting === undefined) return undefined;
    const token = bareValueOf(revealed(setting.value.text));
    const group = groups.get(token) ?? groups.size;
    groups.set(token, group);
    const shape = tokenShapeOf(token);
    return { setting: indexOf.get(setting) ?? 0, shape, characters: token.length, group };
  };
}

/** Only what is counted, compared or written again leaves here. */
function revealed(text: RailgunSetting['raw']): string {
  return typeof text === 'string' ? text : text.reveal();
}
