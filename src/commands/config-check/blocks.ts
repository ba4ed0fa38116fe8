import type { Block } from '../../model/block.js';
import type { ConfigCheckFacts, MapFacts } from './facts.js';
import { fixedBlocks } from './fixed-lines.js';
import { type ConfAt, confsOf, type SettingAt } from './settings.js';

/** What a person wants to know holds, by key: what it is called, and what stands behind its value. */
const rows: readonly (readonly [key: string, label: string, unit?: string])[] = [
  ['wan.ip', 'Listens on'],
  ['wan.port', 'Port'],
  ['activation.railgun_host', 'Public address'],
  ['memcached.servers', 'memcached'],
  ['memcached.limit', 'Largest page kept', 'bytes'],
  ['stream.size', 'Largest page compressed', 'bytes'],
  ['lan.timeout', 'Waits for origins', 's'],
  ['insecure.origin', 'Origins over HTTP only'],
  ['validate.cert', 'Checks origins’ certificates'],
  ['ca.bundle', 'Trusts'],
  ['map.file', 'Map'],
  ['log.level', 'Log level'],
  ['stats.enabled', 'Statistics'],
];

/** What holds where nothing is set, in words. */
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'wan.ip': { '': 'every address' },
  'insecure.origin': { '0': 'no', '1': 'yes' },
  'validate.cert': { '0': 'no', '1': 'yes' },
  'ca.bundle': { '': 'the authorities of the system' },
  'map.file': { '': 'none' },
  'log.level': { '0': '0 (errors)', '1': '1 (information)', '5': '5 (everything)' },
  'stats.enabled': { '0': 'off', '1': 'on' },
};

/** The answer, what was put right, and what holds in each railgun.conf and where that is set: a file that was fixed is shown as it is now. */
export function configBlocks(facts: ConfigCheckFacts, answer: string): Block[] {
  const confs = confsOf(facts);
  const named = confs.length + facts.maps.length > 1;
  return [
    { kind: 'note', text: answer },
    ...fixedBlocks(facts),
    ...confs.flatMap((conf): Block[] => [
      ...(named ? [{ kind: 'heading' as const, text: conf.conf.path }] : []),
      effective(conf, facts),
    ]),
    ...facts.maps
      .filter((_, index) => !facts.configs.some(({ map }) => map === index))
      .map((map): Block => ({ kind: 'pairs', pairs: [{ label: map.path, value: mapText(map) }] })),
  ];
}

function effective(conf: ConfAt, facts: ConfigCheckFacts): Block {
  const map = conf.conf.map === undefined ? undefined : facts.maps[conf.conf.map];
  const lines = rows.flatMap(([key, label, unit]): (readonly string[])[] => {
    const last = conf.last(key) ?? (key === 'activation.railgun_host' ? conf.last('activation.public_ip') : undefined);
    const { text = last?.setting.hidden === true ? '***' : undefined, unread } = conf.held(last?.row?.key ?? key);
    const shown = text === undefined || (text === '' && words[key] === undefined) ? 'not set' : text;
    const inWords = new Map(Object.entries(words[key] ?? {})).get(shown);
    const value = inWords ?? (unit !== undefined && /^\d+$/.test(shown) ? `${shown} ${unit}` : shown);
    const from = originOf(last, unread !== undefined, shown !== 'not set');
    const mapped = key === 'map.file' && map !== undefined ? [['Maps', mapText(map), '']] : [];
    return [[label, value, from], ...mapped];
  });
  return {
    kind: 'table',
    columns: [
      { title: 'What holds', align: 'left' },
      { title: 'Value', align: 'left' },
      { title: 'Set in', align: 'left' },
    ],
    rows: [...lines.slice(0, 3), tokenRow(conf), ...lines.slice(3)],
  };
}

/** Where what holds comes from. */
function originOf(last: SettingAt | undefined, isUnread: boolean, isSet: boolean): string {
  const byDefault = isSet ? 'default' : '';
  if (last === undefined) return byDefault;
  const line = `line ${last.setting.line}`;
  return isUnread ? [byDefault, `not ${line}`].filter((part) => part !== '').join(', ') : line;
}

/** Of the token, whether it can be one. */
function tokenRow(conf: ConfAt): readonly string[] {
  const shapes = {
    right: 'set',
    placeholder: 'never filled in',
    empty: 'empty',
    'wrong-shape': 'not of the right shape',
  };
  const { token } = conf.conf;
  const line = conf.last('activation.token')?.setting.line;
  return ['Token', token === undefined ? 'not set' : shapes[token.shape], line === undefined ? '' : `line ${line}`];
}

function mapText({ entries }: MapFacts): string {
  const hosts = new Set(entries.filter(({ isDefault }) => !isDefault).map(({ name }) => name)).size;
  const rest = entries.findLast(({ isDefault }) => isDefault);
  const count = `${hosts} ${hosts === 1 ? 'host' : 'hosts'}`;
  return rest === undefined ? `${count}, no default` : `${count}, default ${rest.target.text}`;
}
