import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConf } from '../../src/commands/config-check/conf-facts.js';
import type { ConfigFacts } from '../../src/commands/config-check/facts.js';
import { confsOf } from '../../src/commands/config-check/settings.js';
import { decodeRailgunConf } from '../../src/decoders/railgun-conf.js';
import { namedFilesOf } from '../../src/decoders/railgun-files.js';
import { heldIn } from '../../src/decoders/railgun-held.js';
import { listenerSettings, serviceSettings } from '../../src/decoders/railgun-listener-settings.js';

const held = (key: string, line: string) => heldIn(decodeRailgunConf(line), key);

describe('what holds for a key', () => {
  it.each<[string, string | undefined, string]>([
    ['wan.port', '2408', ''],
    ['wan.port', '2409', 'wan.port = 2409'],
    ['wan.port', '2408', 'wan.port = 2409;'],
    ['wan.port', '2408', 'wan.port = "2409"'],
    ['wan.port', '2408', 'wan.port = 2409 # ours'],
    ['wan.port', '2408', 'wan.port ='],
    ['wan.port', '2408', 'Wan.Port = 9999'],
    ['wan.port', '2410', 'wan.port = 2409;\nwan.port = 2410'],
    ['wan.port', '2408', 'wan.port = 2410\nwan.port = 2409;'],
    ['lan.timeout', '30', 'lan.timeout = 0'],
    ['lan.timeout', '30', 'lan.timeout = 9999999999'],
    ['insecure.origin', '0', 'insecure.origin = yes'],
    ['insecure.origin', '0', 'insecure.origin = 1;'],
    ['wan.ip', '', 'wan.ip = [::1]'],
    ['map.file', '/nat.conf', 'map.file = /nat.conf;'],
    ['map.file', '/nat.conf', 'map.file = "/nat.conf"; # ours'],
    ['map.file', '~/nat.conf', 'map.file = ~/nat.conf'],
    ['map.file', '', 'map.file = /nat\0conf'],
    ['pid.file', '', 'pid.file = ""'],
    ['memcached.servers', '/tmp/m.sock', "memcached.servers = '/tmp/m.sock'"],
    ['memcached.servers', '127.0.0.1:11211', 'memcached.servers = 127.0.0.1:11211;'],
    ['memcached.servers', undefined, ''],
    ['activation.railgun_host', '203.0.113.7', 'activation.railgun_host = 203.0.113.7;'],
    ['activation.token', undefined, 'activation.token = word'],
    ['stats.url', undefined, 'stats.url = http://u:p@h/'],
    ['wan.prot', undefined, 'wan.prot = 1'],
  ])('%s is %j by %j', (key, value, line) => expect(held(key, line)).toBe(value));

  const key = fc.constantFrom(
    'wan.port',
    'Wan.Port',
    'lan.timeout',
    'map.file',
    'insecure.origin',
    'wan.ip',
    'pid.file',
  );
  const value = fc
    .tuple(
      fc.constantFrom('2409', '0', '1', '', '/a/b', '127.0.0.1', '::1', '0123456789abcdef0123456789abcdef'),
      fc.constantFrom('%', '%;', '"%"', "'%';", '% # mine', '%;;', '"%;"'),
    )
    .map(([text, shape]) => shape.replace('%', () => text));
  const file = fc
    .array(fc.tuple(key, value), { maxLength: 8 })
    .map((lines) => lines.map(([name, text]) => `${name} = ${text}\n`).join(''));

  it('is the same for every command', () => {
    fc.assert(
      fc.property(file, (text) => {
        const decoded = decodeRailgunConf(text);
        const { facts } = readConf({ text, encoding: 'utf8' });
        const [conf = expect.fail('no configuration')] = confsOf({
          configs: [{ path: 'railgun.conf', ...facts, files: [] }],
        } as unknown as ConfigFacts);
        const origin = listenerSettings(decoded);
        const service = serviceSettings(decoded);
        const byCheck = (name: string) => conf.text(name) || undefined;
        expect([service.wanPort.value, conf.number('wan.port')]).toEqual([origin.wanPort.value, origin.wanPort.value]);
        expect(byCheck('map.file')).toBe(origin.mapFile.value);
        expect(namedFilesOf(decoded).find((one) => one.key === 'map.file')?.path).toBe(origin.mapFile.value);
        expect(conf.number('lan.timeout')).toBe(origin.lanTimeoutSeconds.value);
        expect(conf.text('insecure.origin') === '1').toBe(origin.insecureOrigin.value);
        expect([byCheck('wan.ip'), heldIn(decoded, 'wan.ip') || undefined]).toEqual([
          service.wanIp.value,
          service.wanIp.value,
        ]);
        expect(byCheck('pid.file')).toBe(service.pidFile.value);
      }),
    );
  });
});
