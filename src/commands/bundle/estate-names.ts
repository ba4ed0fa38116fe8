import { decodeListenerLine } from '../../decoders/listener-log-line.js';
import { syslogHead } from '../../decoders/listener-log-prefix.js';
import { decodeRailgunConf } from '../../decoders/railgun-conf.js';
import { decodeRailgunNat } from '../../decoders/railgun-nat.js';
import { setIn } from '../../decoders/railgun-set.js';
import { ownNames } from '../../io/own-names.js';
import { familyOf } from '../../model/endpoint.js';
import type { BundleAsked, BundleTarget } from './facts.js';
import type { GatheredAll } from './gather.js';
import type { SettingsText } from './settings-texts.js';

/** Keys of facts whose values are names of hosts. */
const naming = new Set(['san', 'host', 'hostname', 'servername', 'serverName', 'railgunName', 'names', 'commonName']);

/** Depth of facts that are looked through, and names that are taken of them. */
const deepest = 30;
const mostNames = 20_000;

/** What a text that stands where names stand has to look like. */
const nameLike = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z][a-z0-9-]{1,62}$/i;

/** Names of the estate: of this machine, and of whatever is checked, mapped, certified or logged. In lower case. */
export function estateNames(
  { places }: BundleTarget,
  { zone }: BundleAsked,
  settings: readonly SettingsText[],
  { parts, doctor }: GatheredAll,
): readonly string[] {
  const names = new Set<string>(ownNames());
  const add = (name: string) => {
    const bare = name.toLowerCase().replace(/^\*\./, '').replace(/\.$/, '');
    if (bare !== '' && familyOf(bare) === undefined && names.size < mostNames) names.add(bare);
  };
  for (const { host } of places) add(host);
  if (zone !== undefined && nameLike.test(zone)) add(zone);
  for (const { part, gathered } of parts) {
    if (part.kind === 'log' && gathered.state === 'collected') inLog(gathered.text, add);
  }
  for (const { is, text } of settings) {
    if (is === 'map') inMap(text, add);
    if (is === 'railgun.conf') inConf(text, add);
  }
  for (const { report } of doctor?.reports ?? []) collect(report.facts, '', add, 0);
  return [...names];
}

/** Who has written the lines of a log, and the names in them. */
function inLog(text: string, add: (name: string) => void): void {
  for (const line of text.split('\n')) {
    const { hostname } = syslogHead(line);
    if (hostname !== undefined) add(hostname);
    const { parts = {} } = decodeListenerLine(line) ?? {};
    for (const [key, value] of Object.entries(parts)) {
      if (naming.has(key)) for (const name of value.split(/[\s,]+/)) if (nameLike.test(name)) add(name);
    }
  }
}

function inMap(text: string, add: (name: string) => void): void {
  for (const { name, isDefault, target } of decodeRailgunNat(text).entries) {
    if (!isDefault) add(name);
    add(target.host);
  }
}

function inConf(text: string, add: (name: string) => void): void {
  const conf = decodeRailgunConf(text);
  const own = setIn(conf, 'activation.railgun_host')?.text;
  if (own !== undefined) add(own);
  for (const server of setIn(conf, 'memcached.servers')?.text.split(/[\s,]+/) ?? []) {
    const name = server.replace(/:\d+$/, '');
    if (!name.includes('/')) add(name);
  }
}

/** The facts are those of other commands: what stands under a key that names hosts, and looks like a name, is taken for one. */
function collect(value: unknown, key: string, add: (name: string) => void, depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') {
    if (naming.has(key) && nameLike.test(value)) add(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const one of value) collect(one, key, add, depth + 1);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, one] of Object.entries(value)) collect(one, name, add, depth + 1);
}
