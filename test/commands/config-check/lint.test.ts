import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { railgunParameters } from '../../../src/knowledge/railgun-parameters.js';
import type { Finding } from '../../../src/model/finding.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';
import { type Checked, check, folders } from './checked.js';

const folderOf = folders();
const token = 'a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6';

/** Nothing about it is worth a word but that certificates are not checked. */
const good = [
  `activation.token = ${token}`,
  'activation.railgun_host = 203.0.113.7',
  'memcached.servers = 127.0.0.1:11211',
  'memcached.limit = 1000000',
  'validate.cert = 0',
];

/** Checks a file of these lines, which nobody else may read. */
async function checkLines(lines: readonly string[], end = '\n'): Promise<Checked> {
  const path = join(folderOf(), 'railgun.conf');
  writeFileSync(path, lines.map((line) => `${line}${end}`).join(''), { mode: 0o600 });
  return check([path]);
}

/** `LINE:COLUMN+LENGTH`, as much of it as there is. */
function placeIn({ place }: Finding): string {
  const { line = '', column = '', length = '' } = place ?? {};
  return `${line}:${column}+${length}`;
}

/** Every finding about something, as a test writes it: `warn value 6:14+3 invalid-value`. */
function saidOf({ findings }: Checked): string[] {
  return findings
    .filter(({ status }) => status !== 'pass' && status !== 'skip')
    .map((finding) => {
      const { rule, status, code } = finding;
      return [status, rule.replace('config-check/', ''), placeIn(finding), code ?? ''].join(' ').trimEnd();
    });
}

/** What every file gets that is like `good`, whatever machine this is. */
const usual = /^note (?:validate-cert|wan-ip|other-machine) /;

describe('the file of the package', () => {
  const packaged = (bundle: string) => [
    '# rg-listener.conf',
    '',
    'activation.token = YOUR_TOKEN_HERE',
    'activation.railgun_host = YOUR_PUBLIC_IP_OR_HOSTNAME',
    '',
    'wan.port = 2408',
    'map.file = /etc/railgun/railgun-nat.conf',
    'stderr.file = /var/log/railgun/panic.log',
    'pid.file = /var/run/railgun/railgun.pid',
    'log.level = 0',
    'validate.cert = 0',
    `ca.bundle = ${bundle}`,
    'memcached.servers = 127.0.0.1:11211',
    '# memcached.servers = /tmp/memcached.sock',
    'memcached.timeout = 100',
    'memcached.limit = 1000000',
    'memcached.expiration = 600',
    '# stream.size = 250000',
    'stats.enabled = 0',
    'stats.log = 0',
    '# stats.url = http://localhost:9090',
    '# stats.listen = 127.0.0.1:24088',
    'stats.interval = 1',
  ];
  const bundles = ['/etc/ssl/railgun-ca-certs.crt', '/etc/pki/tls/certs/railgun-ca-certs.crt'];

  it.each(bundles)('is not activated, and says where (%s)', async (bundle) => {
    const checked = await checkLines(packaged(bundle));
    expect(checked.exit).toBe(2);
    expect(saidOf(checked).filter((said) => !usual.test(said))).toEqual([
      'fail activation-token 3:20+15 not-activated',
      'fail activation-address 4:27+26 not-activated',
    ]);
  });

  // Where the package is installed in part, what is missing of it is a mistake.
  it.skipIf(existsSync('/etc/railgun') || existsSync('/var/log/railgun')).each(bundles)(
    'is well once it is activated (%s)',
    async (bundle) => {
      const lines = packaged(bundle).map((line) =>
        line.replace('YOUR_TOKEN_HERE', token).replace('YOUR_PUBLIC_IP_OR_HOSTNAME', '203.0.113.7'),
      );
      const checked = await checkLines(lines);
      expect(saidOf(checked).filter((said) => !usual.test(said))).toEqual([]);
      expect(checked.exit).toBe(0);
    },
  );
});

describe('every documented key', () => {
  const values = { text: 'railgun.example.com', path: '/tmp/railgun', port: '24080', ip: '203.0.113.7' };
  const usualValue: Readonly<Record<string, string>> = {
    ...values,
    'host-or-ip': '203.0.113.7',
    'host-port': '127.0.0.1:11211',
    listen: '127.0.0.1:24088',
    url: 'http://localhost:9090',
    syslog: '127.0.0.1:514',
    token,
  };

  it.each(railgunParameters.map((row) => [row.key, row] as const))(
    '%s is known, with all its values',
    async (_, row) => {
      const documented = [row.default, ...(row.packaged ?? []), ...(row.commented ?? []), ...(row.allowed ?? [])];
      const known = documented.filter((value) => value !== undefined && !value.startsWith('YOUR_'));
      const lines = (known.length > 0 ? known : [usualValue[row.type]]).map((value) => `${row.key} = ${value}`);
      expect(lines.join()).not.toContain('undefined');
      const { findings } = await checkLines(lines);
      const about = findings.filter(
        ({ rule, status }) => /\/(?:unknown-key|key-case|value|line)$/.test(rule) && status !== 'pass',
      );
      expect(about).toEqual([]);
    },
  );
});

describe('one line that is wrong', () => {
  it.each<[string, string[]]>([
    ['[railgun]', ['fail line 6:1+ malformed']],
    ['  wan.port 2408', ['fail line 6:3+ malformed']],
    ['= 2408', ['fail line 6:1+ malformed']],
    ['lan.timout = 60', ['fail unknown-key 6:1+10 unknown-key']],
    ['frobnicate = 1', ['warn unknown-key 6:1+10 unknown-key']],
    ['Wan.Port = 2408', ['warn key-case 6:1+8 unknown-key']],
    ['validate.cert = 0', ['warn duplicate-key 6:1+13 duplicate-key']],
    ['log.level = 0;', ['fail semicolon 6:14+1 invalid-value']],
    ['log.level = "0"', ['fail quotation-marks 6:13+3 invalid-value']],
    ["log.level = '0' ;", ['fail semicolon 6:17+1 invalid-value', 'fail quotation-marks 6:13+3 invalid-value']],
    ['log.level = 0 # errors', ['fail comment-behind 6:15+8 invalid-value']],
    ['log.level = debug', ['fail value 6:13+5 invalid-value']],
    ['log.level = 3', ['warn value 6:13+1 undocumented-form']],
    ['log.level = 5', ['warn log-level 6:13+1 debug-logging']],
    ['lan.timeout=30s', ['fail value 6:13+3 invalid-value']],
    ['lan.timeout =', ['warn empty-value 6:14+0 invalid-value']],
    ['lan.timeout = 0', ['warn zero 6:15+1 undocumented-form']],
    ['lan.timeout = 120', ['warn lan-timeout 6:15+3 ineffective-setting']],
    ['lan.timeout = 100', ['note lan-timeout 6:15+3']],
    ['lan.timeout = 29', ['note lan-timeout 6:15+2']],
    ['stream.size = 1000001', ['note memcached-limit 4:19+7', 'warn stream-size 6:15+7 invalid-value']],
    ['stream.size = 1000000', []],
    ['memcached.expiration = 0', ['note memcached-expiration 6:24+1']],
    ['memcached.connect = 127.0.0.1:11212', ['warn superseded-key 6:1+17 conflicting-settings']],
    ['stats.interval = 0', ['note zero 6:18+1']],
    ['stats.log = 1', ['warn stats-disabled 6:13+1 ineffective-setting']],
    ['stats.enabled = 1', ['note stats-disabled 6:17+1']],
    ['stats.listen = 127.0.0.1:24088', ['warn stats-disabled 6:16+15 ineffective-setting']],
    ['wan.ip = 127.0.0.1', ['fail wan-ip 6:10+9 loopback-only']],
    ['wan.ip = fe80::1%eth0', ['fail wan-ip 6:10+12 private-address']],
    ['wan.ip = 300.1.1.1', ['fail value 6:10+9 invalid-value']],
    ['wan.ip =', []],
    ['wan.port = 0', ['fail value 6:12+1 invalid-value']],
    ['wan.port = 24080', ['note wan-port 6:12+5']],
    ['wan.port = 11211', ['note wan-port 6:12+5', 'fail wan-port 3:21+15 conflicting-settings']],
    ['wan.lanes = 1000', ['warn sender-key 6:1+9 ineffective-setting']],
    ['wan.tls = 0', ['warn wan-tls 6:11+1 insecure-setting']],
    ['insecure.origin = 1', ['note insecure-origin 6:19+1']],
    [
      'activation.public_ip = 2001:4860:4860::8888',
      ['warn superseded-key 6:1+20 conflicting-settings', 'warn activation-address 6:24+20 undocumented-form'],
    ],
    [
      'cert.file = /etc/ssl',
      ['fail certificate-and-key 6:1+9 missing-setting', 'fail certificate-file 6:13+8 not-a-file'],
    ],
    ['map.file = /nonexistent/nat.conf', ['fail map-file 6:12+21 file-not-found']],
    ['pid.file = /nonexistent/railgun.pid', ['warn written-files 6:12+24 file-not-found']],
    ['syslog.addr = /nonexistent.sock', ['warn socket 6:15+17 file-not-found']],
    ['syslog.addr = /etc/passwd', ['fail socket 6:15+11 not-a-socket']],
    ['memstats.file = /tmp/railgun.stats', ['note profiling 6:1+13']],
    ['cpuprofile.intial = 1', ['note disputed-spelling 6:1+17', 'warn profiling 6:21+1 ineffective-setting']],
    ['activate.server = activate.example.com', ['note activate-server 6:1+15']],
  ])('%s', async (line, expected) => {
    const checked = await checkLines([...good, line]);
    expect(saidOf(checked).filter((said) => !usual.test(said))).toEqual(expected);
    const worst = expected.some((said) => said.startsWith('fail'))
      ? 2
      : expected.some((said) => said.startsWith('warn'))
        ? 1
        : 0;
    expect(checked.exit).toBe(worst);
  });

  it.each<[string, number, string, string[]]>([
    ['a token that is too short', 0, 'activation.token = a1B2c3', ['fail activation-token 1:20+6 invalid-value']],
    ['no token', 0, '', ['fail activation-complete 2:1+23 missing-setting']],
    ['no public address', 1, '', ['fail activation-complete 1:1+16 missing-setting']],
    [
      'a private address',
      1,
      'activation.railgun_host = 192.168.1.5',
      ['fail activation-address 2:27+11 private-address'],
    ],
    [
      'an address of Cloudflare',
      1,
      'activation.railgun_host = 104.16.0.1',
      ['fail activation-address 2:27+10 cloudflare-address'],
    ],
    ['a name', 1, 'activation.railgun_host = railgun.example.com', ['note activation-address 2:27+19']],
    [
      'a name of this network',
      1,
      'activation.railgun_host = railgun',
      ['fail activation-address 2:27+7 private-address'],
    ],
    ['a port with it', 1, 'activation.railgun_host = 203.0.113.7:2408', ['fail value 2:27+16 invalid-value']],
    ['no memcached.servers', 2, '', ['fail memcached-servers :+ missing-setting']],
    ['commas', 2, 'memcached.servers = 127.0.0.1:11211,127.0.0.1:11212', ['fail value 3:21+31 invalid-value']],
    ['memcached elsewhere', 2, 'memcached.servers = 192.0.2.9:11211', ['note memcached-servers 3:21+15']],
    ['no validate.cert', 4, '', ['note disputed-default :+', 'note origin-ca :+']],
    ['a limit below stream.size', 3, 'memcached.limit = 1000', ['note memcached-limit 4:19+4']],
  ])('in the place of a good one: %s', async (_, index, line, expected) => {
    const checked = await checkLines(good.with(index, line));
    expect(saidOf(checked).filter((said) => !usual.test(said))).toEqual(expected);
  });

  it('has its place in the text that the file has, in columns that editors count', async () => {
    const path = join(folderOf(), 'railgun.conf');
    writeFileSync(path, `\ufeff${good.join('\r\n')}\r\n\tlog.level\t=\t"ü";\r\n`, { mode: 0o600 });
    const { findings } = await check([path]);
    expect(findings.filter(({ fix }) => fix !== undefined).map((finding) => [finding.rule, placeIn(finding)])).toEqual([
      ['config-check/encoding', '1:1+1'],
      ['config-check/semicolon', '6:17+1'],
      ['config-check/quotation-marks', '6:14+3'],
    ]);
  });
});

describe('the mistakes of real files', () => {
  it.each<[string, string[], string[]]>([
    [
      'jonrankin/cloudflare-assignment',
      [
        good[0] ?? '',
        'activation.public_ip = 2001:db8::5',
        ...good.slice(2),
        'cert.file = /nonexistent/nginx.pem;',
        'key.file = /nonexistent/nginx.key;',
      ],
      [
        'fail semicolon 6:35+1 invalid-value',
        'fail semicolon 7:34+1 invalid-value',
        'note superseded-key 2:1+20',
        'warn activation-address 2:24+11 undocumented-form',
        'fail certificate-file 6:13+23 file-not-found',
        'fail key-file 7:12+23 file-not-found',
      ],
    ],
    [
      'XigenIO/Docker-Railgun',
      [...good, 'stream.size = 2500000', 'memcached.expiration = 0', 'stats.interval = 0', 'log.level = 5'],
      [
        'note zero 8:18+1',
        'note memcached-limit 4:19+7',
        'note memcached-expiration 7:24+1',
        'warn stream-size 6:15+7 invalid-value',
        'warn log-level 9:13+1 debug-logging',
      ],
    ],
    [
      'synctree/railgun-docker',
      [...good, 'stats.enabled = 0', 'stats.listen = :24088'],
      ['warn stats-disabled 7:16+6 ineffective-setting', 'note stats-exposed 7:16+6'],
    ],
  ])('of %s', async (_, lines, expected) => {
    const checked = await checkLines(lines);
    const said = saidOf(checked).filter((each) => !usual.test(each));
    expect(said.sort()).toEqual(expected.sort());
  });
});

describe('statistics', () => {
  it.each<[string, string[]]>([
    [':24088', ['warn stats-exposed 7:16+6 exposed']],
    ['0.0.0.0:24088', ['warn stats-exposed 7:16+13 exposed']],
    ['[::]:24088', ['warn stats-exposed 7:16+10 exposed']],
    ['203.0.113.7:24088', ['warn stats-exposed 7:16+17 exposed']],
    ['localhost:24088', []],
    ['[::1]:24088', []],
    ['127.evil.example:24088', ['warn stats-exposed 7:16+22 exposed']],
    ['127.0.0.1:2408', ['fail wan-port 7:16+14 conflicting-settings']],
  ])('on %s', async (listen, expected) => {
    const checked = await checkLines([...good, 'stats.enabled = 1', `stats.listen = ${listen}`]);
    expect(saidOf(checked).filter((said) => !usual.test(said))).toEqual(expected);
  });
});

describe('addresses are compared as addresses', () => {
  const both = (wanIp: string, listen: string) =>
    checkLines([...good, `wan.ip = ${wanIp}`, 'stats.enabled = 1', `stats.listen = ${listen}`]);

  it.each([
    ['::1', '[0:0:0:0:0:0:0:1]:2408', true],
    ['::1', 'localhost:2408', true],
    ['::1', '127.0.0.1:2408', false],
    ['::ffff:127.0.0.1', '127.0.0.1:2408', true],
    ['0:0::0', '127.0.0.1:2408', true],
  ])('wan.ip = %s, stats.listen = %s: in the way of each other: %s', async (wanIp, listen, isInTheWay) => {
    const { bad } = await both(wanIp, listen);
    expect(bad.includes('fail config-check/wan-port conflicting-settings')).toBe(isInTheWay);
  });

  it.each([
    ['::ffff:127.0.0.1', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::', false],
    ['0:0:0:0::', false],
  ])('wan.ip = %s is the machine itself: %s', async (wanIp, isLoopback) => {
    const { bad } = await checkLines([...good, `wan.ip = ${wanIp}`]);
    expect(bad).toEqual(isLoopback ? ['fail config-check/wan-ip loopback-only'] : []);
  });
});

describe('files that settings name', () => {
  let authority: Authority;
  let leaf: Issued;
  let other: Issued;
  let expired: Issued;
  beforeAll(async () => {
    authority = await createAuthority();
    [leaf, other, expired] = await Promise.all([
      authority.issue({ names: ['rg.example'] }),
      authority.issue({ names: ['other.example'] }),
      authority.issue({ names: ['old.example'], days: 10 }),
    ]);
  });
  afterAll(() => authority.close());

  const named = (certificate: string, key: string) =>
    checkLines([...good, `cert.file = ${certificate}`, `key.file = ${key}`]);
  const about = (checked: Checked) => saidOf(checked).filter((said) => /certificate-file|key-file|exposed/.test(said));

  it('are well where certificate and key belong together', async () => {
    chmodSync(leaf.keyFile, 0o600);
    expect(about(await named(leaf.file, leaf.keyFile))).toEqual([]);
  });

  it('do not go together with the key of another', async () => {
    chmodSync(other.keyFile, 0o600);
    const [said] = about(await named(leaf.file, other.keyFile));
    expect(said?.replace(/\+\d+/, '')).toBe('fail key-file 7:12 certificate-mismatch');
  });

  it('expire soon', async () => {
    const [said] = about(await named(expired.file, expired.keyFile));
    expect(said).toMatch(/^warn certificate-file 6:13\+\d+ expiring-soon$/);
  });

  it('have a key that everybody may read', async () => {
    chmodSync(leaf.keyFile, 0o644);
    const [said] = about(await named(leaf.file, leaf.keyFile));
    expect(said).toMatch(/^warn exposed-secret 7:12\+\d+ exposed-secret$/);
    chmodSync(leaf.keyFile, 0o600);
  });

  it('have the token, and everybody may read it', async () => {
    const path = join(folderOf(), 'railgun.conf');
    writeFileSync(path, good.join('\n'), { mode: 0o600 });
    chmodSync(path, 0o644);
    const { bad, exit, printed } = await check([path]);
    expect([exit, bad]).toEqual([1, ['warn config-check/exposed-secret exposed-secret']]);
    expect(printed).not.toContain(token);
  });

  it('can be changed by everybody: the configuration, the map, what is trusted', async () => {
    const folder = folderOf({ 'nat.conf': 'default = 127.0.0.2\n', 'ca.pem': '' });
    const lines = [...good, `map.file = ${folder}/nat.conf`, `ca.bundle = ${folder}/ca.pem`];
    const path = join(folder, 'railgun.conf');
    writeFileSync(path, lines.join('\n'), { mode: 0o600 });
    const writable = async () =>
      (await check([path])).findings
        .filter(({ rule }) => rule === 'config-check/writable-by-others')
        .map(({ status, place, code }) => `${status} ${place?.file?.slice(folder.length + 1) ?? ''} ${code ?? ''}`);
    expect(await writable()).toEqual(['pass  ']);
    chmodSync(join(folder, 'nat.conf'), 0o666);
    expect(await writable()).toEqual(['warn nat.conf writable-by-others']);
    chmodSync(join(folder, 'ca.pem'), 0o602);
    expect(await writable()).toEqual(['warn railgun.conf writable-by-others', 'warn nat.conf writable-by-others']);
  });

  it('lack the roots of Cloudflare Origin CA, where certificates are checked', async () => {
    const lines = [...good.slice(0, 4), 'validate.cert = 1', `ca.bundle = ${authority.root.file}`];
    const said = saidOf(await checkLines(lines)).filter((each) => !usual.test(each));
    expect(said.map((each) => each.replace(/\+\d+/, ''))).toEqual(['warn origin-ca 6:13 untrusted-issuer']);
  });

  it('are a socket that listens', async () => {
    const path = join(folderOf(), 'memcached.sock');
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once('listening', resolve));
    chmodSync(path, 0o777);
    const checked = await checkLines(good.with(2, `memcached.servers = ${path}`));
    server.close();
    expect(saidOf(checked).filter((said) => !usual.test(said))).toEqual([]);
  });
});

describe('a file of many lines', () => {
  it.each<[string, (line: number) => string]>([
    ['keys that nobody knows', (line) => `key${line}.of.nobody = ${line}`],
    ['the same key again and again', (line) => `lan.timeout = ${line + 30}`],
    ['no settings', (line) => `line ${line}`],
  ])('that are %s shows the first hundred of them', async (_, lineOf) => {
    const lines = Array.from({ length: 3000 }, (_line, index) => lineOf(index));
    const { findings, exit } = await checkLines([...good, ...lines]);
    const counts = new Map<string, number>();
    for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBe(101);
    expect(exit).toBeGreaterThan(0);
  });
});
