import { railgunParameterOf } from '../knowledge/railgun-parameters.js';
import { endpointOf, familyOf, portOf } from '../model/endpoint.js';
import { foundText } from './conf-lines.js';
import { type RailgunConf, type RailgunSetting, settingsOf } from './railgun-conf.js';

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
  /** `unreadable`: the default is taken; `semicolon`, `comment`: part of the path; `duplicate`: the last one is taken. */
  readonly code: 'unreadable' | 'semicolon' | 'comment' | 'duplicate';
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

interface Kind<Value> {
  /** What is accepted, for a message. */
  readonly expected: string;
  accepts(text: string): boolean;
  /** What an accepted text means. */
  value(text: string): Value;
}

/**
 * The settings that an origin meets, with the documented defaults (`railgunParameters`) where they are absent. A value that
 * cannot be read counts as absent, and is a problem. Of a key that is there again the last one is taken (see `settingsOf`).
 */
export function listenerSettings(conf: RailgunConf): ListenerSettings {
  const settings = settingsOf(conf);
  const problems: SettingProblem[] = [];
  const read = <Value>(key: string, kind: Kind<Value>): SettingRead<Value> =>
    settingRead(key, settings.get(key) ?? [], kind, problems);
  return {
    lanTimeoutSeconds: read('lan.timeout', seconds),
    validateCert: read('validate.cert', onOff),
    caBundle: read('ca.bundle', path),
    mapFile: read('map.file', path),
    insecureOrigin: read('insecure.origin', onOff),
    wanPort: read('wan.port', port),
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

function settingRead<Value>(
  key: string,
  lines: readonly RailgunSetting[],
  kind: Kind<Value>,
  problems: SettingProblem[],
): SettingRead<Value> {
  const byDefault = { value: kind.value(railgunParameterOf(key)?.default ?? ''), from: 'default' } as const;
  const last = lines.at(-1);
  if (last === undefined) return byDefault;
  const { line, value, semicolon } = last;
  const problem = (code: SettingProblem['code'], column: number, says: string) =>
    problems.push({ line, column, key, code, says });
  const others = lines.slice(0, -1).map((other) => other.line);
  if (others.length > 0) {
    const where = `line${others.length > 1 ? 's' : ''} ${listed(others)}`;
    problem('duplicate', last.key.column, `${key} is set in ${where} too: which one counts is not documented`);
  }
  const { text } = value;
  // A secret under a key that takes none is a token at the wrong place: neither to be used nor to be quoted.
  if (typeof text !== 'string' || !kind.accepts(text)) {
    const found = typeof text === 'string' ? foundText(text) : 'what could be a secret';
    problem('unreadable', value.column, `expected ${kind.expected}, found ${found}`);
    return byDefault;
  }
  if (semicolon !== undefined) problem('semicolon', semicolon, 'the semicolon at the end is part of the value');
  const hash = text.search(/[ \t]#/);
  if (hash >= 0) problem('comment', value.column + hash + 1, 'the # and all behind it is part of the value');
  return { value: kind.value(text), from: { line, column: value.column } };
}

/** At most five of them. */
function listed(lines: readonly number[]): string {
  return lines.length > 5 ? `${lines.slice(0, 5).join(', ')}, …` : lines.join(', ');
}

const seconds: Kind<number> = {
  // What 0 means for a time to wait is not documented.
  expected: 'a number of seconds, at least 1',
  accepts: (text) => /^\d{1,9}$/.test(text) && Number(text) > 0,
  value: Number,
};

const onOff: Kind<boolean> = {
  expected: '0 or 1',
  accepts: (text) => text === '0' || text === '1',
  value: (text) => text === '1',
};

const port: Kind<number> = {
  expected: 'a port from 1 to 65535',
  accepts: (text) => portOf(text) !== undefined,
  value: Number,
};

/** As it stands: there is no quoting. Empty: there is none. */
const path: Kind<string | undefined> = {
  expected: 'a path',
  accepts: (text) => !text.includes('\0'),
  value: (text) => (text === '' ? undefined : text),
};

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
  const read = <Value>(key: string, kind: Kind<Value>): SettingRead<Value> =>
    settingRead(key, settings.get(key) ?? [], kind, problems);
  return {
    wanIp: read('wan.ip', address),
    wanPort: read('wan.port', port),
    wanTls: read('wan.tls', onOff),
    certFile: read('cert.file', path),
    statsEnabled: read('stats.enabled', onOff),
    statsListen: read('stats.listen', listen),
    statsInterval: read('stats.interval', minutes),
    pidFile: read('pid.file', path),
    stderrFile: read('stderr.file', path),
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

const address: Kind<string | undefined> = {
  expected: 'an IP address',
  accepts: (text) => text === '' || familyOf(text) !== undefined,
  value: (text) => (text === '' ? undefined : text),
};

const listen: Kind<string | undefined> = {
  expected: 'host:port or :port',
  accepts: (text) => text === '' || listenPlaceOf(text) !== undefined,
  value: (text) => (text === '' ? undefined : text),
};

const minutes: Kind<number> = {
  // 0 is in a real file; what it means is not documented.
  expected: 'a number of minutes',
  accepts: (text) => /^\d{1,6}$/.test(text),
  value: Number,
};

/** Where a `stats.listen` is; host absent: on every address. Nothing for what is neither `host:port` nor `:port`. */
export function listenPlaceOf(text: string): { readonly host?: string; readonly port: number } | undefined {
  if (text.startsWith(':')) {
    const everywhere = portOf(text.slice(1));
    return everywhere === undefined ? undefined : { port: everywhere };
  }
  const endpoint = endpointOf(text);
  if ('problem' in endpoint || endpoint.kind === 'unix' || endpoint.port === undefined) return undefined;
  return { host: endpoint.host, port: endpoint.port };
}
