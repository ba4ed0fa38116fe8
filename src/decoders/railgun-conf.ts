import { type RailgunParameter, railgunParameterOf } from '../knowledge/railgun-parameters.js';
import { Secret } from '../model/secret.js';
import { type ConfLine, type ConfPair, type ConfToken, confLines } from './conf-lines.js';

/** What stands in the file, or a secret: a secret shows itself as `***` however it is printed, and has to be revealed. */
export type ConfText = string | Secret;

interface Place {
  /** From 1. */
  readonly line: number;
  /** The line as it stands in the file, with its end. Secret unless all of it may be seen. */
  readonly raw: ConfText;
  /** What ends it: nothing where the file ends without a newline. */
  readonly end: ConfLine['end'];
}

/** A line that sets a key. Columns count UTF-16 units of the raw line from 1. */
export interface RailgunSetting extends Place {
  readonly kind: 'setting';
  readonly key: ConfToken;
  /** The column of the `=`. */
  readonly equals: number;
  /** All that stands behind the `=`, without blanks around it. */
  readonly value: { readonly text: ConfText; readonly column: number };
  /** The column of a semicolon at the end of the value, which is part of the value: a slip that real files have. */
  readonly semicolon?: number;
}

/** `no-equals`: there is no `=`; `no-key`: nothing stands before it; `not-a-key`: what stands before it cannot be one. */
export interface RailgunUnreadable extends Place {
  readonly kind: 'unreadable';
  readonly raw: Secret;
  /** Where the text begins that is no `key = value`. */
  readonly column: number;
  readonly why: 'no-equals' | 'no-key' | 'not-a-key';
}

export interface RailgunBlank extends Place {
  readonly kind: 'blank';
  readonly raw: string;
}

/** Comments may hold anything, such as the token of yesterday: they are secret. */
export interface RailgunComment extends Place {
  readonly kind: 'comment';
  readonly raw: Secret;
}

export type RailgunConfLine = RailgunSetting | RailgunUnreadable | RailgunBlank | RailgunComment;

export interface RailgunConf {
  readonly form: 'railgun.conf';
  readonly lines: readonly RailgunConfLine[];
}

/**
 * Reads `railgun.conf` (syntax: see `confLines`) without losing anything: `railgunConfText` gives the file back. Keys that no
 * document has are settings too. Never throws; a line that is no `key = value` is `unreadable`.
 *
 * What may be seen is decided line by line, and only what is known to be harmless is seen: the value of a documented key
 * that is not secret, unless it has the shape of a token or a URL with a password or a query. Everything else is a
 * `Secret`: the token under a misspelt key or in a comment stays as hidden as at its place.
 */
export function decodeRailgunConf(text: string): RailgunConf {
  return { form: 'railgun.conf', lines: confLines(text).map(lineOf) };
}

/** The text of the file, secrets revealed: for who writes the file again, and for nobody else. */
export function railgunConfText(conf: RailgunConf): string {
  return conf.lines.map(({ raw }) => (typeof raw === 'string' ? raw : raw.reveal())).join('');
}

/**
 * Key → every line that sets it, in their order. Which one counts is documented nowhere; rg-diag takes the last one for it, as
 * most programs do, and says so. An alias counts as a key of its own.
 */
export function settingsOf(conf: RailgunConf): ReadonlyMap<string, readonly RailgunSetting[]> {
  const settings = new Map<string, RailgunSetting[]>();
  for (const line of conf.lines) {
    if (line.kind !== 'setting') continue;
    const before = settings.get(line.key.text);
    if (before === undefined) settings.set(line.key.text, [line]);
    else before.push(line);
  }
  return settings;
}

/** The longest documented key has 29 letters; what is much longer is something else. */
const keyShape = /^[\w.-]{1,64}$/;

/** Whether it holds something like a token (32 letters and digits) or the most of one. */
function hasToken(text: string): boolean {
  const runs = text.match(/[0-9a-z]{20,}/gi) ?? [];
  return runs.some((run) => run.length >= 32 || (/\d/.test(run) && /[a-z]/i.test(run)));
}

function lineOf(seen: ConfLine): RailgunConfLine {
  const { line, raw, end } = seen;
  switch (seen.kind) {
    case 'blank':
      return { kind: 'blank', line, raw, end };
    case 'comment':
      return { kind: 'comment', line, raw: new Secret(raw), end };
    case 'unreadable':
      return { kind: 'unreadable', line, raw: new Secret(raw), end, column: seen.column, why: seen.why };
    case 'pair':
      return settingOf(seen);
  }
}

function settingOf({ line, raw, end, key, equals, value }: ConfPair): RailgunSetting | RailgunUnreadable {
  const parameter = railgunParameterOf(key.text);
  if (parameter === undefined && (!keyShape.test(key.text) || hasToken(key.text))) {
    return { kind: 'unreadable', line, raw: new Secret(raw), end, column: key.column, why: 'not-a-key' };
  }
  const shown = parameter !== undefined && isHarmless(parameter, value.text);
  return {
    kind: 'setting',
    line,
    raw: shown ? raw : new Secret(raw),
    end,
    key,
    equals,
    value: { text: shown ? value.text : new Secret(value.text), column: value.column },
    ...(value.text.endsWith(';') && { semicolon: value.column + value.text.length - 1 }),
  };
}

function isHarmless({ secret, type }: RailgunParameter, value: string): boolean {
  if (secret) return false;
  // Files may have the name of their hash; what no plain path has in it may be the next setting, or a comment.
  if (hasToken(value)) return type === 'path' && /^\/[\w./-]+;?$/.test(value);
  return type === 'path' || !/[@?]/.test(value);
}
