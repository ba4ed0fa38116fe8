import { describe, expect, it } from 'vitest';
import type { DoctorAsked, VisitedPlace } from '../../../src/commands/doctor/facts.js';
import { mostHosts, type PlanInput, planOf } from '../../../src/commands/doctor/plan.js';
import { placeOf } from '../../../src/commands/doctor/visited-place.js';
import { decodeRailgunConf } from '../../../src/decoders/railgun-conf.js';
import { decodeRailgunNat } from '../../../src/decoders/railgun-nat.js';
import { shownNatText } from '../../../src/decoders/railgun-nat-shown.js';
import type { Failure } from '../../../src/model/failure.js';

const token = '0123456789abcdef0123456789abcdef';
const path = '/etc/railgun/railgun.conf';
const mapFile = '/etc/railgun/railgun-nat.conf';

interface Told {
  readonly hosts?: readonly string[];
  readonly conf?: readonly string[];
  readonly map?: readonly string[];
  readonly asked?: Partial<DoctorAsked>;
  readonly modeGiven?: true;
  readonly logs?: PlanInput['logs'];
  readonly path?: string;
}

function plan({ hosts = [], conf, map, asked = {}, modeGiven, logs, path: own = path }: Told) {
  const places = hosts.map((text) => placeOf(text) as VisitedPlace);
  return planOf({
    target: { places, modeGiven: modeGiven === true },
    asked: { network: {}, hosts, mode: 'strict', edgeProfile: '2026', since: '24h', ...asked },
    configuration: conf && {
      path: own,
      conf: decodeRailgunConf([`activation.token = ${token}`, ...conf, ''].join('\n')),
      ...(map !== undefined && { mapFile, map: decodeRailgunNat(shownNatText(map.join('\n'))) }),
    },
    logs: logs ?? { readable: [], unreadable: [] },
  });
}

const lines = (told: Told) => plan(told).checks.map(({ line }) => line);

/** Of the checks of hosts alone. */
const hostLines = (told: Told) =>
  plan(told)
    .checks.filter(({ kind }) => ['origin', 'certificate', 'trace'].includes(kind))
    .map(({ line }) => line);

describe('without a configuration', () => {
  it('nothing is checked where no host is named', () => {
    expect(lines({})).toEqual([]);
  });

  it('a host is checked at the addresses of its origin', () => {
    expect(lines({ hosts: ['www.example.com'], asked: { ip: ['203.0.113.7', '2001:db8::7'] } })).toEqual([
      'rg-diag origin www.example.com --ip 203.0.113.7 --ip 2001:db8::7',
      "rg-diag cert 203.0.113.7:443 '[2001:db8::7]:443' --servername www.example.com",
      'rg-diag trace www.example.com',
    ]);
  });

  it('a host without an address is checked where its name leads', () => {
    expect(lines({ hosts: ['example.com:2083'] })).toEqual([
      'rg-diag origin https://example.com:2083',
      'rg-diag cert example.com:2083',
      'rg-diag trace example.com:2083',
    ]);
  });

  it('a mode without TLS has no certificate to check', () => {
    const asked = { ip: ['203.0.113.7'], mode: 'flexible' } as const;
    expect(lines({ hosts: ['www.example.com'], asked, modeGiven: true })).toEqual([
      'rg-diag origin www.example.com --ip 203.0.113.7 --mode flexible',
      'rg-diag trace www.example.com',
    ]);
  });

  it('a URL of http is asked over http, and an address has no trace', () => {
    expect(lines({ hosts: ['http://www.example.com:8080/a', '203.0.113.7'] })).toEqual([
      'rg-diag origin http://www.example.com:8080/a',
      'rg-diag trace http://www.example.com:8080',
      'rg-diag origin 203.0.113.7',
      'rg-diag cert 203.0.113.7:443',
    ]);
  });

  it('every option goes to each command that takes it', () => {
    const asked: Partial<DoctorAsked> = {
      network: {
        family: 4,
        connectTimeout: 2,
        resolver: { address: '2001:db8::53', port: 53 },
        resolve: [{ host: 'www.example.com', port: 443, address: '2001:db8::1' }],
        connectTo: { host: 'origin.example.net', port: 8443 },
      },
      mode: 'full',
      edgeProfile: '2023',
      readTimeout: 3,
      caFile: '-ca.pem',
      addCa: ['/a b.pem'],
    };
    const network =
      "-4 --connect-timeout 2 --resolver '[2001:db8::53]:53' --resolve 'www.example.com:443:[2001:db8::1]'";
    const trust = "--ca-file ./-ca.pem --add-ca '/a b.pem'";
    expect(lines({ hosts: ['www.example.com'], asked })).toEqual([
      'rg-diag origin www.example.com --connect-to origin.example.net:8443 --mode full --edge-profile 2023 ' +
        `--read-timeout 3 ${network} ${trust}`,
      // Two seconds each for the connection and the handshake, ten for name servers, and two besides.
      `rg-diag cert origin.example.net:8443 --servername www.example.com ${network} --timeout 16 ${trust}`,
      `rg-diag trace www.example.com ${network} ${trust}`,
    ]);
  });

  it.each<[Partial<DoctorAsked>, more: string]>([
    [{}, ''],
    // The usual five seconds for the connection, three for the handshake, and two besides.
    [{ readTimeout: 3 }, ' --timeout 10'],
    [{ network: { connectTimeout: 4 } }, ' --connect-timeout 4 --timeout 10'],
    [{ readTimeout: 1, network: { connectTimeout: 4 } }, ' --connect-timeout 4 --timeout 10'],
    // As long as it has anyhow.
    [{ readTimeout: 60 }, ''],
  ])('a handshake is waited for no longer than asked: %j', (times, more) => {
    const asked = { ip: ['10.0.0.12'], ...times };
    expect(lines({ hosts: ['www.example.com'], asked })[1]).toBe(
      `rg-diag cert 10.0.0.12:443 --servername www.example.com${more}`,
    );
  });

  it('what looks secret in a URL is in the words alone', () => {
    const { checks } = plan({ hosts: ['https://www.example.com/a?token=abc&b=1'] });
    expect(checks[0]?.words[1]).toBe('https://www.example.com/a?token=abc&b=1');
    const shown = JSON.stringify(checks.map(({ words: _, ...others }) => others));
    expect(shown).toContain("rg-diag origin 'https://www.example.com/a?token=***&b=1'");
    expect(shown).not.toContain('abc');
  });
});

describe('the machine of rg-listener', () => {
  const servers = 'memcached.servers = 127.0.0.1:11211 cache.example.com:11212';

  it('has its configuration, memcached, rg-listener and logs checked', () => {
    const conf = [servers, 'memcached.limit = 2000', 'memcached.timeout = 50', 'stream.size = 0', 'lan.timeout = 45'];
    const logs = { readable: ['/var/log/syslog', '/var/log/messages'], unreadable: [] };
    const asked = { network: { family: 6, connectTimeout: 1 }, readTimeout: 2 } as const;
    const { checks } = plan({ conf, logs, asked });
    const memcached = '--limit 2000 --memcached-timeout 50 --read-timeout 2';
    expect(checks.map(({ line, why }) => [line, why])).toEqual([
      [`rg-diag config check ${path}`, 'it is where the package puts it'],
      [`rg-diag memcached 127.0.0.1:11211 ${memcached} --connect-timeout 1`, `memcached.servers, ${path}:2`],
      [`rg-diag memcached cache.example.com:11212 ${memcached} -6 --connect-timeout 1`, `memcached.servers, ${path}:2`],
      [`rg-diag listener --config ${path} --read-timeout 2 --connect-timeout 1`, `the listener of ${path}`],
      [
        'rg-diag logs /var/log/syslog /var/log/messages --since 24h --lan-timeout 45',
        'logs of the system, which rg-listener writes to',
      ],
    ]);
    expect(JSON.stringify(checks)).not.toContain(token);
  });

  it('may have memcached on a socket, whose name a shell must not read', () => {
    const { checks } = plan({ conf: ["memcached.servers = /tmp/a'$(touch_x).sock"] });
    expect(checks[1]).toMatchObject({
      line: "rg-diag memcached '/tmp/a'\\''$(touch_x).sock'",
      subject: { destination: "/tmp/a'$(touch_x).sock" },
    });
  });

  it('has a log that cannot be read skipped, with why, and what would help', () => {
    const failure: Failure = { code: 'permission-denied', step: 'input', blame: 'us', detail: 'EACCES' };
    const { checks } = plan({ conf: [], logs: { readable: [], unreadable: [{ path: '/var/log/syslog', failure }] } });
    expect(checks.at(-1)).toMatchObject({
      kind: 'logs',
      skipped: '/var/log/syslog cannot be read: permission-denied: EACCES; root can: run it with sudo',
    });
  });

  it('has rg-listener skipped where its configuration cannot be read', () => {
    const failure: Failure = { code: 'permission-denied', step: 'input', blame: 'us', detail: 'EACCES' };
    const { checks } = planOf({
      target: { places: [], modeGiven: false },
      asked: { network: {}, hosts: [], mode: 'strict', edgeProfile: '2026', since: '2h' },
      configuration: { path, failure },
      logs: { readable: ['/var/log/syslog'], unreadable: [] },
    });
    expect(checks.map(({ kind, skipped }) => [kind, skipped !== undefined])).toEqual([
      ['configuration', false],
      ['listener', true],
      ['logs', false],
    ]);
  });

  it('has what --skip names skipped', () => {
    const { checks } = plan({ hosts: ['www.example.com'], conf: [servers], asked: { skip: ['trace', 'memcached'] } });
    const skipped = checks.filter((check) => check.skipped !== undefined);
    expect(skipped.map(({ skipped: why }) => why)).toEqual(['--skip memcached', '--skip memcached', '--skip trace']);
  });

  it('never has the same line checked twice', () => {
    const conf = ['memcached.servers = 127.0.0.1:11211 127.0.0.1:11211'];
    const map = ['www.example.com = 10.0.0.12', 'www.example.com:443 = 10.0.0.12:443'];
    const all = lines({ hosts: ['www.example.com', 'https://www.example.com/', 'WWW.example.com'], conf, map });
    expect(all).toHaveLength(new Set(all).size);
    expect(all.filter((line) => line.startsWith('rg-diag origin'))).toHaveLength(1);
  });
});

describe('hosts of the map', () => {
  it('are checked where the map leads them, as the edge and as rg-listener', () => {
    const map = ['# a comment', 'WWW.example.com = 10.0.0.12', 'shop.example.com = [2001:db8::5]'];
    const { checks } = plan({ conf: [], map });
    expect(hostLines({ conf: [], map })).toEqual([
      `rg-diag origin www.example.com --ip 10.0.0.12 --railgun ${path}`,
      'rg-diag cert 10.0.0.12:443 --servername www.example.com',
      'rg-diag trace www.example.com',
      `rg-diag origin shop.example.com --ip 2001:db8::5 --railgun ${path}`,
      "rg-diag cert '[2001:db8::5]:443' --servername shop.example.com",
      'rg-diag trace shop.example.com',
    ]);
    expect(checks.find(({ kind }) => kind === 'origin')).toMatchObject({
      name: 'origin of www.example.com',
      subject: { host: 'www.example.com', destination: '10.0.0.12:443' },
      why: `${mapFile}:2`,
    });
  });

  it('may be led to another port, or to a name', () => {
    const map = ['a.example.com = 10.0.0.12:8443', 'b.example.com = origin.lan', 'c.example.com = origin.lan:444'];
    expect(hostLines({ conf: [], map }).filter((line) => !line.includes(' trace '))).toEqual([
      `rg-diag origin a.example.com --connect-to 10.0.0.12:8443 --railgun ${path}`,
      'rg-diag cert 10.0.0.12:8443 --servername a.example.com',
      `rg-diag origin b.example.com --connect-to origin.lan --railgun ${path}`,
      'rg-diag cert origin.lan:443 --servername b.example.com',
      `rg-diag origin c.example.com --connect-to origin.lan:444 --railgun ${path}`,
      'rg-diag cert origin.lan:444 --servername c.example.com',
    ]);
  });

  it('speak on a port what visitors speak on it', () => {
    const map = ['a.example.com:2083 = 10.0.0.12:2083', 'a.example.com:8080 = 10.0.0.12:8080'];
    expect(hostLines({ conf: [], map })).toEqual([
      `rg-diag origin https://a.example.com:2083 --ip 10.0.0.12 --railgun ${path}`,
      'rg-diag cert 10.0.0.12:2083 --servername a.example.com',
      'rg-diag trace a.example.com:2083',
      `rg-diag origin http://a.example.com:8080 --ip 10.0.0.12 --railgun ${path}`,
    ]);
  });

  it('are asked without TLS where rg-listener does so, unless a mode was given', () => {
    const told = { conf: ['insecure.origin = 1'], map: ['a.example.com = 10.0.0.12:8080'] };
    expect(hostLines(told)[0]).toBe(
      `rg-diag origin a.example.com --connect-to 10.0.0.12:8080 --mode flexible --railgun ${path}`,
    );
    expect(hostLines({ ...told, modeGiven: true })[0]).toBe(
      `rg-diag origin a.example.com --ip 10.0.0.12 --railgun ${path}`,
    );
  });

  it('that are named are checked where the map leads them, too, or by default', () => {
    const map = ['www.example.com = 10.0.0.12', 'default = 10.0.0.99'];
    const { checks } = plan({ hosts: ['www.example.com', 'other.example.com'], conf: [], map });
    expect(checks.filter(({ kind }) => kind === 'origin').map(({ line, why }) => [line, why])).toEqual([
      [`rg-diag origin www.example.com --ip 10.0.0.12 --railgun ${path}`, `named on the command line; ${mapFile}:1`],
      [`rg-diag origin other.example.com --ip 10.0.0.99 --railgun ${path}`, `named on the command line; ${mapFile}:2`],
    ]);
  });

  it('are what --ip says nothing of', () => {
    const map = ['a.example.com = 10.0.0.12'];
    const told = { hosts: ['www.example.com'], conf: [], map, asked: { ip: ['203.0.113.7'] } };
    expect(hostLines(told).filter((line) => line.includes(' origin '))).toEqual([
      `rg-diag origin www.example.com --ip 203.0.113.7 --railgun ${path}`,
      `rg-diag origin a.example.com --ip 10.0.0.12 --railgun ${path}`,
    ]);
  });

  it('are skipped where their address is of the other family', () => {
    const { checks } = plan({ conf: [], map: ['a.example.com = 10.0.0.12'], asked: { network: { family: 6 } } });
    const origin = checks.find(({ kind }) => kind === 'origin');
    expect(origin?.skipped).toBe('10.0.0.12 is no IPv6 address');
  });

  it('are not checked where no host is named: defaults, wildcards, and what cannot be read', () => {
    const map = ['default = 10.0.0.1', '*.example.com = 10.0.0.2', 'a.example.com = 10.0.0.3;', `t = ${token}`];
    const { checks, unchecked } = plan({ conf: [], map });
    expect(checks.filter(({ kind }) => kind === 'origin')).toEqual([]);
    expect(unchecked.map(({ line, text }) => [line, text])).toEqual([
      [1, 'default = 10.0.0.1'],
      [2, '*.example.com = 10.0.0.2'],
      [3, 'a.example.com = 10.0.0.3;'],
      [4, `t = ${'*'.repeat(32)}`],
    ]);
    expect(unchecked.every(({ why }) => why !== '')).toBe(true);
  });

  it('are fifty at most, and it is said how many are left out', () => {
    const map = Array.from({ length: 70 }, (_, index) => `h${index}.example.com = 10.0.0.12`);
    const { checks, unchecked } = plan({ hosts: ['www.example.com'], conf: [], map });
    expect(checks.filter(({ kind }) => kind === 'origin')).toHaveLength(mostHosts);
    expect(unchecked).toEqual([
      { line: 50, text: 'h49.example.com = 10.0.0.12', why: '21 hosts are left out: one run checks at most 50' },
    ]);
  });

  it('can be as hostile as a file allows, and no line is a shell’s to read', () => {
    const map = [
      '-4 = 10.0.0.1',
      '$(id) = 10.0.0.2',
      'a;b = 10.0.0.3',
      'ok.example.com = 10.0.0.4',
      'x.example.com = $(id)',
      '“é”.example.com = 10.0.0.5',
      'é.example.com = 10.0.0.6',
    ];
    const all = lines({ conf: ["memcached.servers = 'a'b c|d"], map, path: "/tmp/it's; rm -rf/railgun.conf" });
    // What stands outside of quotation marks, quoted pieces and escaped apostrophes left out.
    const outside = all.map((line) => line.replaceAll("\\'", '').replaceAll(/'[^']*'/g, ''));
    expect(outside.join('\n')).toMatch(/^[\w./:@%+=, \n-]*$/);
    expect(all).toContain("rg-diag trace 'é.example.com'");
  });
});
