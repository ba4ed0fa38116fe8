import { railgunParameterOf } from '../knowledge/railgun-parameters.js';
import { type RailgunConf, type RailgunSetting, settingsOf } from './railgun-conf.js';
import { heldValue } from './railgun-held.js';
import { commentIn, type Slip } from './railgun-slips.js';

export { listenPlaceOf } from './railgun-value.js';

/** A value that holds, and where it comes from: the place in the file where it stands, or the documented default. */
export interface SettingRead<Value> {
  readonly value: Value;
  readonly from: { readonly line: number; readonly column: number } | 'default';
}

/** What is wrong with a setting, and where: columns count UTF-16 units from 1. Nothing secret is in it. */
export interface SettingProblem {
  readonly line: number;
  readonly column: number;
  readonly key: string;
  /** `unreadable`: the default is taken; a slip: the path is taken without it; `duplicate`: the last one is taken. */
  readonly code: 'unreadable' | 'duplicate' | Slip;
  /** A sentence without a full stop. */
  readonly says: string;
}

/** What decides how rg-listener speaks with an origin. */
export interface ListenerSettings {
  /** Seconds, at least 1. */
  readonly lanTimeoutSeconds: SettingRead<number>;
  readonly validateCert: SettingRead<boolean>;
  /** Absent value: the authorities of the system. */
  readonly caBundle: SettingRead<string | undefined>;
  /** Absent value: there is no map. */
  readonly mapFile: SettingRead<string | undefined>;
  readonly insecureOrigin: SettingRead<boolean>;
  readonly wanPort: SettingRead<number>;
  readonly problems: readonly SettingProblem[];
}

/** What a text that holds means. */
type Reading<Value> = (text: string) => Value;

const onOff: Reading<boolean> = (text) => text === '1';
const orNothing: Reading<string | undefined> = (text) => (text === '' ? undefined : text);

/**
 * The settings that an origin meets, with the documented defaults (`railgunParameters`) where they are absent. What holds is
 * decided by `heldValue`: a value that cannot be read counts as absent, and is a problem. Of a key that is there again the last one is taken (see `settingsOf`).
 */
export function listenerSettings(conf: RailgunConf): ListenerSettings {
  const settings = settingsOf(conf);
  const problems: SettingProblem[] = [];
  const read = <Value>(key: string, reading: Reading<Value>): SettingRead<Value> =>
    settingRead(key, settings.get(key) ?? [], reading, problems);
  return {
    lanTimeoutSeconds: read('lan.timeout', Number),
    validateCert: read('validate.cert', onOff),
    caBundle: read('ca.bundle', orNothing),
    mapFile: read('map.file', orNothing),
    insecureOrigin: read('insecure.origin', onOff),
    wanPort: read('wan.port', Number),
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

function settingRead<Value>(
  key: string,
  lines: readonly RailgunSetting[],
  reading: Reading<Value>,
  problems: SettingProblem[],
): SettingRead<Value> {
  const row = railgunParameterOf(key);
  const byDefault = { value: reading(row?.default ?? ''), from: 'default' } as const;
  const last = lines.at(-1);
  if (last === undefined || row === undefined) return byDefault;
  const { line, value } = last;
  const problem = (code: SettingProblem['code'], column: number, says: string) =>
    problems.push({ line, column, key, code, says });
  const others = lines.slice(0, -1).map((other) => other.line);
  if (others.length > 0) {
    const where = `line${others.length > 1 ? 's' : ''} ${listed(others)}`;
    problem('duplicate', last.key.column, `${key} is set in ${where} too: which one counts is not documented`);
  }
  // A secret under a key that takes none is a token at the wrong place: neither to be used nor to be quoted.
  const written = typeof value.text === 'string' ? value.text : undefined;
  const { text, unread, slips = [] } = heldValue(row, written);
  if (unread !== undefined || text === undefined) {
    problem('unreadable', value.column, unread ?? 'what could be a secret is not read');
    return byDefault;
  }
  for (const slip of slips) problem(slip, value.column + slipAt(slip, written ?? ''), slipSays[slip]);
  return { value: reading(text), from: { line, column: value.column } };
}

const slipSays: Readonly<Record<Slip, string>> = {
  semicolon: 'the semicolon at the end is part of the value: the path was taken without it',
  comment: 'the # and all behind it is part of the value: the path was taken without it',
  'quotation-marks': 'the quotation marks are part of the value: the path was taken without them',
};

/** UTF-16 units of the value before the slip. */
function slipAt(slip: Slip, written: string): number {
  const comment = commentIn(written);
  if (slip === 'comment') return comment ?? 0;
  if (slip === 'quotation-marks') return 0;
  return written.slice(0, comment).lastIndexOf(';');
}

/** At most five of them. */
function listed(lines: readonly number[]): string {
  return lines.length > 5 ? `${lines.slice(0, 5).join(', ')}, …` : lines.join(', ');
}

/** What decides where rg-listener itself is to be found, and how its state can be seen. */
export interface ServiceSettings {
  /** Absent value: all addresses. */
  readonly wanIp: SettingRead<string | undefined>;
  readonly wanPort: SettingRead<number>;
  readonly wanTls: SettingRead<boolean>;
  readonly certFile: SettingRead<string | undefined>;
  readonly statsEnabled: SettingRead<boolean>;
  /** `host:port` or `:port`; absent value: nowhere. */
  readonly statsListen: SettingRead<string | undefined>;
  /** Minutes. */
  readonly statsInterval: SettingRead<number>;
  readonly pidFile: SettingRead<string | undefined>;
  readonly stderrFile: SettingRead<string | undefined>;
  readonly problems: readonly SettingProblem[];
}

/** The settings of the service itself, read as `listenerSettings` reads those that an origin meets. */
export function serviceSettings(conf: RailgunConf): ServiceSettings {
  const settings = settingsOf(conf);
  const problems: SettingProblem[] = [];
  const read = <Value>(key: string, reading: Reading<Value>): SettingRead<Value> =>
    settingRead(key, settings.get(key) ?? [], reading, problems);
  return {
    wanIp: read('wan.ip', orNothing),
    wanPort: read('wan.port', Number),
    wanTls: read('wan.tls', onOff),
    certFile: read('cert.file', orNothing),
    statsEnabled: read('stats.enabled', onOff),
    statsListen: read('stats.listen', orNothing),
    statsInterval: read('stats.interval', Number),
    pidFile: read('pid.file', orNothing),
    stderrFile: read('stderr.file', orNothing),
    problems: problems.sort((a, b) => a.line - b.line),
  };
}
