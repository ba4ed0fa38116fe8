import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRailgunConf } from '../../src/decoders/railgun-conf.js';
import { railgunParameterOf, railgunParameters } from '../../src/knowledge/railgun-parameters.js';

/** Key, default (`-` none), of the published lists. */
const published = `
wan.ip ''
wan.port 2408
wan.tls 1
activate.server -
activation.token -
activation.railgun_host -
activation.public_ip -
activation.heartbeat_interval 0
lan.timeout 30
log.level 0
syslog.addr ''
stderr.file -
pid.file ''
memcached.servers -
memcached.connect 127.0.0.1:11211
memcached.timeout 100
memcached.expiration 600
memcached.limit 100000
stream.size 250000
compress.data 0
stats.enabled 0
stats.log 0
stats.url ''
stats.interval 1
stats.listen ''
cert.file -
key.file -
validate.cert 1
ca.bundle ''
map.file ''
insecure.origin 0
origin.idleconns 1
origin.cf-railgun 0
cpu.oversubscribe 1
memprofile.file -
cpuprofile.file -
cpuprofile.intial 0
memstats.file -
wan.lanes 1000`;

const rowsWith = (has: (row: (typeof railgunParameters)[number]) => boolean) =>
  railgunParameters.filter(has).map(({ key }) => key);

describe('knowledge of railgun.conf', () => {
  it('has every published key with its default', () => {
    const rows = railgunParameters.map((row) => `${row.key} ${row.default === undefined ? '-' : row.default || "''"}`);
    expect(rows.join('\n')).toBe(published.trim());
  });

  it('has sentences, sources and conflicts that are said', () => {
    for (const { key, meaning, conflict = 'X.', source, secret, type } of railgunParameters) {
      expect(key).toMatch(/^[a-z]+\.[a-z_-]+$/);
      expect(meaning, key).toMatch(/^[A-Z].*\.$/);
      expect(conflict, key).toMatch(/^[A-Z].*\.$/);
      expect(source, key).not.toBe('');
      expect(secret, key).toBe(type === 'token');
    }
    expect(rowsWith(({ conflict }) => conflict !== undefined).sort()).toEqual([
      ...['activation.public_ip', 'activation.railgun_host', 'cpuprofile.intial', 'log.level', 'memcached.connect'],
      ...['memcached.limit', 'memstats.file', 'stats.enabled', 'stats.listen', 'validate.cert'],
    ]);
  });

  it('knows what SIGHUP reloads', () => {
    expect(rowsWith(({ reload }) => reload).sort()).toEqual([
      ...['compress.data', 'lan.timeout', 'log.level', 'map.file', 'memcached.expiration', 'memcached.limit'],
      ...['memcached.servers', 'memcached.timeout', 'stats.url', 'syslog.addr', 'validate.cert'],
    ]);
  });

  it('knows what is required, what is old, and what is not for rg-listener', () => {
    expect(rowsWith(({ required }) => required === true)).toEqual(['activation.token', 'memcached.servers']);
    expect(rowsWith(({ reader }) => reader === 'rg-sender')).toEqual(['wan.lanes']);
    for (const { supersededBy } of railgunParameters) {
      if (supersededBy !== undefined) expect(railgunParameterOf(supersededBy)?.key).toBe(supersededBy);
    }
  });

  it('finds a key by its spelling and its alias', () => {
    expect(railgunParameterOf('cpuprofile.initial')?.key).toBe('cpuprofile.intial');
    for (const row of railgunParameters) expect(railgunParameterOf(row.key)).toBe(row);
    for (const key of ['WAN.PORT', 'wan', '', '__proto__', 'toString']) expect(railgunParameterOf(key)).toBeUndefined();
    const names = railgunParameters.flatMap(({ key, aliases = [] }) => [key, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has no key that the file of every key lacks, nor the other way round', () => {
    const text = readFileSync(new URL('../fixtures/railgun-conf/every-key.conf', import.meta.url), 'utf8');
    const keys = decodeRailgunConf(text).lines.map((line) => (line.kind === 'setting' ? line.key.text : line.kind));
    expect(keys.sort()).toEqual(railgunParameters.flatMap(({ key, aliases = [] }) => [key, ...aliases]).sort());
  });

  it('knows what the files of the packages set', () => {
    for (const name of ['package-debian', 'package-red-hat']) {
      const text = readFileSync(new URL(`../fixtures/railgun-conf/${name}.conf`, import.meta.url), 'utf8');
      for (const line of decodeRailgunConf(text).lines) {
        if (line.kind !== 'setting') continue;
        const value = typeof line.value.text === 'string' ? line.value.text : line.value.text.reveal();
        expect(railgunParameterOf(line.key.text)?.packaged, line.key.text).toContain(value);
      }
      for (const [, key = '', value] of text.matchAll(/^# ?([a-z.]+) = (.+)$/gm)) {
        expect(railgunParameterOf(key)?.commented, key).toContain(value);
      }
    }
    expect(rowsWith(({ packaged }) => packaged !== undefined)).toHaveLength(16);
  });
});
