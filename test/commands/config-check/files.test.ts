import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag, shell } from '../../cli/run.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';
import { canBeNobody, check, checkAsNobody, folders } from './checked.js';

const folderOf = folders();
const token = 'a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6';
const good = `activation.token = ${token}\nactivation.railgun_host = 203.0.113.7\nmemcached.servers = 127.0.0.1:11211\n`;

describe('a file that is none', () => {
  it.each<[string, (folder: string) => string, string]>([
    ['a directory', (folder) => folder, 'not-a-file'],
    ['nothing', (folder) => join(folder, 'none'), 'file-not-found'],
    ['behind a file', (folder) => join(folder, 'file', 'x'), 'file-not-found'],
    ['a device without an end', () => '/dev/zero', 'answer-too-long'],
    ['a link to itself', (folder) => link(folder, 'loop', 'loop'), 'invalid-path'],
    ['a link to nothing', (folder) => link(folder, 'to', 'nowhere'), 'file-not-found'],
    ['compressed', (folder) => file(folder, 'gz', gzipSync(good)), 'malformed'],
    ['a program', () => process.execPath, 'answer-too-long'],
    ['with zero bytes', (folder) => file(folder, 'zeros', `${good}\0`), 'malformed'],
    ['in UTF-16', (folder) => file(folder, 'utf16', Buffer.from(`\ufeff${good}`, 'utf16le')), 'malformed'],
    ['too long', (folder) => file(folder, 'long', '#'.repeat(1_000_001)), 'answer-too-long'],
  ])('%s is not read: nothing is known, 3', async (_, make, code) => {
    const path = make(folderOf({ file: '' }));
    const { exit, bad, facts } = await check([path]);
    expect([exit, bad]).toEqual([3, [`broken config-check/readable ${code}`]]);
    expect(facts).toMatchObject({ configs: [], maps: [], unread: [{ path, failure: { code } }] });
  });

  it('does not keep the others from being checked', async () => {
    const folder = folderOf({ 'railgun.conf': good });
    const { bad, facts } = await check([folder, join(folder, 'railgun.conf')]);
    expect(bad).toContain('broken config-check/readable not-a-file');
    expect(facts.configs.map(({ settings }) => settings.length)).toEqual([3]);
  });

  it.skipIf(!canBeNobody)('that one may not read', () => {
    const folder = folderOf({ 'railgun.conf': good });
    chmodSync(join(folder, 'railgun.conf'), 0o600);
    const { exit, bad } = checkAsNobody([join(folder, 'railgun.conf')]);
    expect([exit, bad]).toEqual([3, ['broken config-check/readable permission-denied']]);
  });

  it.skipIf(existsSync('/etc/railgun/railgun.conf'))(
    'is what there is where none is named and none installed',
    async () => {
      const { exit, facts, findings } = await check([]);
      expect([exit, facts.unread[0]?.path]).toEqual([3, '/etc/railgun/railgun.conf']);
      expect(findings[0]?.remedy).toContain('Name the file');
    },
  );
});

describe('a FIFO', () => {
  it('that nobody writes to is given up when the time is up', async () => {
    const folder = folderOf({ 'railgun.conf': good });
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const { exit, facts, bad } = await check([join(folder, 'railgun.conf'), join(folder, 'fifo'), '-t', '0.5']);
    expect(exit).toBe(2);
    expect(bad).toContain('fail config-check/finished timeout');
    expect(facts).toMatchObject({ configs: [{ path: join(folder, 'railgun.conf') }], stopped: { code: 'timeout' } });
  });

  it('that somebody writes to is read, and so is standard input', async () => {
    const { stdout } = await shell(`rg-diag config check <(printf '%s' "$GOOD") --json`, { env: { GOOD: good } });
    expect(JSON.parse(stdout).reports[0].facts.configs[0].settings.length).toBe(3);
    const { facts } = await check(['-'], { input: good });
    expect(facts.configs).toMatchObject([{ path: '-', lines: 3 }]);
    expect(facts.configs[0]).not.toHaveProperty('status');
  });
});

describe('what is asked for', () => {
  it.each([
    [['-', '-'], 'only once'],
    [['--fix', '-'], '--fix changes files'],
    [[''], 'FILE is empty'],
  ])('%j is a usage error', async (args, says) => {
    const { exit, stderr } = await rgDiag(['config', 'check', ...args]);
    expect([exit, stderr.includes(says)]).toEqual([64, true]);
  });

  it('is one report about all files, called by all of them', async () => {
    const folder = folderOf({ 'one.conf': good, 'two.conf': good });
    const { stdout } = await rgDiag(['config', 'check', 'one.conf', 'two.conf', '--json'], { cwd: folder });
    const { reports } = JSON.parse(stdout);
    expect(reports.map(({ target }: { target: string }) => target)).toEqual(['one.conf, two.conf']);
    const groups = reports[0].facts.configs.map((conf: { token: unknown }) => conf.token);
    expect(groups).toEqual(Array(2).fill({ setting: 0, shape: 'right', characters: 32, group: 0 }));
  });
});

describe('what kind a file is', () => {
  it('shows in what it says, whatever it is called', async () => {
    const folder = folderOf({ 'railgun-nat.conf': good, x: 'default = 127.0.0.1\n' });
    const { facts } = await check([join(folder, 'railgun-nat.conf'), join(folder, 'x')]);
    expect([facts.configs.map(({ path }) => path), facts.maps.map(({ path }) => path)]).toEqual([
      [join(folder, 'railgun-nat.conf')],
      [join(folder, 'x')],
    ]);
  });

  it('and a map that a configuration names is read once', async () => {
    const folder = folderOf();
    const map = file(folder, 'nat', 'default = 127.0.0.1\n');
    const confs = ['one', 'two'].map((name) => file(folder, name, `${good}map.file = ${map}\n`));
    const { facts } = await check([...confs, map]);
    expect(facts.maps.map(({ path }) => path)).toEqual([map]);
    expect(facts.configs.map((conf) => conf.map)).toEqual([0, 0]);
  });
});

describe('map.file', () => {
  const mapFacts = async (path: string, cwd: string) => {
    writeFileSync(join(cwd, 'railgun.conf'), `${good}map.file = ${path}\n`);
    const { facts } = await check(['railgun.conf'], { cwd });
    return { maps: facts.maps, file: facts.configs[0]?.files.find(({ key }) => key === 'map.file') };
  };

  it('is taken from the working directory where it is relative', async () => {
    const folder = folderOf({ nat: 'default = 127.0.0.1\n' });
    expect(await mapFacts('nat', folder)).toMatchObject({ maps: [{ path: './nat' }], file: { path: 'nat' } });
  });

  it('is never standard input', async () => {
    expect(await mapFacts('-', folderOf())).toMatchObject({ maps: [], file: { failure: { code: 'file-not-found' } } });
  });

  it('that is no regular file is not opened', async () => {
    const folder = folderOf();
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    for (const path of ['fifo', '.', '/dev/zero']) {
      expect(await mapFacts(path, folder)).toMatchObject({ maps: [], file: { path, failure: { code: 'not-a-file' } } });
    }
  });

  it('that is a railgun.conf is no map', async () => {
    const { maps, file } = await mapFacts('railgun.conf', folderOf());
    expect([maps, file?.failure?.detail]).toEqual([[], 'railgun.conf is a railgun.conf, not a map']);
  });

  it('is the map that was named by another path', async () => {
    const folder = folderOf({ nat: 'default = 127.0.0.1\n', 'railgun.conf': `${good}map.file = nat\n` });
    link(folder, 'link', 'nat');
    const { facts } = await check(['railgun.conf', `${folder}/../${folder.split('/').at(-1)}/link`], { cwd: folder });
    expect([facts.maps.length, facts.configs[0]?.map]).toEqual([1, 0]);
  });

  it('with quotation marks and a semicolon is followed without them', async () => {
    const folder = folderOf({ nat: 'default = 127.0.0.1\n' });
    expect(await mapFacts('"nat";', folder)).toMatchObject({ maps: [{ path: './nat' }] });
  });
});

describe('the text of a file', () => {
  it('is read as it is: line ends, a byte order mark, other encodings', async () => {
    const folder = folderOf();
    const of = async (bytes: string | Uint8Array) => (await check([file(folder, 'conf', bytes)])).facts.configs[0];
    expect(await of(good.replaceAll('\n', '\r\n'))).toMatchObject({ lines: 3, carriageReturns: 3 });
    expect(await of(`\ufeff${good}`)).toMatchObject({ mark: true, settings: [{ keyColumn: 2 }, {}, {}] });
    const latin = await of(Buffer.from(`# \u00fcber\n${good}pid.file = /t\u00fcr;\n`, 'latin1'));
    expect(latin).toMatchObject({ notUtf8: true, lines: 5 });
    expect(latin?.settings.at(-1)).toMatchObject({ value: '/t\u00fcr;', semicolon: 16 });
    expect(await of('')).toMatchObject({ lines: 0, settings: [] });
  });

  it('has its places in UTF-16 units', async () => {
    const text = ' pid.file =\t"/\u{1f600}"  \nwan.port=2408;\nwan.port = 2408;\njunk\n';
    const { facts } = await check([file(folderOf(), 'conf', text)]);
    expect(facts.configs[0]?.settings).toEqual([
      {
        line: 1,
        key: 'pid.file',
        keyColumn: 2,
        value: '"/\u{1f600}"',
        valueColumn: 13,
        valueLength: 5,
        quoted: true,
        text: ' pid.file =\t"/\u{1f600}"  ',
        length: 20,
      },
      {
        line: 2,
        key: 'wan.port',
        keyColumn: 1,
        value: '2408;',
        valueColumn: 10,
        valueLength: 5,
        semicolon: 14,
        text: 'wan.port=2408;',
        length: 15,
      },
      {
        line: 3,
        key: 'wan.port',
        keyColumn: 1,
        value: '2408;',
        valueColumn: 12,
        valueLength: 5,
        semicolon: 16,
        repeats: 2,
        text: 'wan.port = 2408;',
        length: 17,
      },
    ]);
    expect(facts.configs[0]?.unreadable).toEqual([{ line: 4, column: 1, why: 'no-equals' }]);
  });

  it('that is repeated after something else repeats nothing', async () => {
    const { facts } = await check([file(folderOf(), 'conf', 'wan.port = 1\nwan.port = 2\nwan.port = 1\n')]);
    expect(facts.configs[0]?.settings.some((setting) => 'repeats' in setting)).toBe(false);
  });

  it('of a megabyte is read whole', async () => {
    const text = `${'# a comment, one of many\n'.repeat(39_990)}wan.port = 2408\n`;
    const { facts } = await check([file(folderOf(), 'conf', text)]);
    expect(facts.configs[0]).toMatchObject({ lines: 39_991, settings: [{ line: 39_991 }] });
  });

  it('with a value as long as the file shows the beginning', async () => {
    const { facts } = await check([file(folderOf(), 'conf', `pid.file = /${'x y/'.repeat(200_000)}\n`)]);
    const [setting] = facts.configs[0]?.settings ?? [];
    expect([setting?.value.length, setting?.valueLength, setting && 'text' in setting]).toEqual([4097, 800_001, false]);
  });
});

describe('the files that settings name', () => {
  let authority: Authority;
  let leaf: Issued;
  let other: Issued;
  let originRoot: Issued;
  beforeAll(async () => {
    authority = await createAuthority();
    leaf = await authority.issue({ names: ['rg.example'] });
    other = await authority.issue({ names: ['other.example'] });
    const subject = '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL ECC Certificate Authority';
    originRoot = await authority.issue({ subject, issuer: 'self', ca: true });
  });
  afterAll(() => authority.close());

  const filesOf = async (settings: Readonly<Record<string, string>>) => {
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
    const { facts } = await check([file(folderOf(), 'railgun.conf', good + lines.join(''))]);
    return facts.configs[0]?.files ?? [];
  };

  it('a certificate with its key', async () => {
    const files = await filesOf({ 'cert.file': leaf.file, 'key.file': leaf.keyFile });
    expect(files).toMatchObject([
      { key: 'cert.file', status: { kind: 'file' }, certificates: [{ san: ['rg.example'] }] },
      { key: 'key.file', status: { kind: 'file' }, privateKey: { type: 'ec', fits: true } },
    ]);
  });

  it('a certificate with the key of another', async () => {
    const files = await filesOf({ 'cert.file': leaf.file, 'key.file': other.keyFile });
    expect(files[1]?.privateKey).toEqual({ type: 'ec', fits: false });
  });

  it('a key that is encrypted, or none', async () => {
    const folder = folderOf();
    const encrypted = join(folder, 'key');
    execFileSync('openssl', ['pkey', '-in', leaf.keyFile, '-aes256', '-passout', 'pass:x', '-out', encrypted], {
      stdio: 'pipe',
    });
    expect((await filesOf({ 'key.file': encrypted }))[0]?.privateKey).toEqual({ type: 'unknown', encrypted: true });
    expect((await filesOf({ 'key.file': leaf.file }))[0]?.failure).toMatchObject({ code: 'malformed' });
  });

  it('a bundle: how many, which roots of Origin CA, and what in it is damaged', async () => {
    const damaged = `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`;
    const half = '-----BEGIN CERTIFICATE-----\nMII\n';
    const bundle = file(folderOf(), 'ca.pem', `# roots\n${authority.root.pem}${damaged}${originRoot.pem}${half}`);
    const [found] = await filesOf({ 'ca.bundle': bundle });
    const lines = (text: string) => text.split('\n').length - 1;
    const second = 2 + lines(authority.root.pem);
    expect(found).toMatchObject({
      count: 2,
      originCa: ['CloudFlare Origin SSL ECC Certificate Authority'],
      damaged: [{ line: second }, { line: second + 3 + lines(originRoot.pem) }],
    });
    expect(await filesOf({ 'ca.bundle': authority.root.file })).toMatchObject([{ count: 1, originCa: [] }]);
  });

  it('what is no file of certificates, or none at all', async () => {
    const folder = folderOf({ empty: '', der: leaf.der });
    for (const path of [join(folder, 'empty'), join(folder, 'der'), leaf.keyFile]) {
      expect((await filesOf({ 'ca.bundle': path }))[0]?.failure).toMatchObject({ code: 'malformed', step: 'decode' });
    }
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    for (const path of [folder, '/dev/zero', join(folder, 'fifo')]) {
      expect((await filesOf({ 'cert.file': path }))[0]?.failure).toMatchObject({ code: 'not-a-file' });
    }
    expect((await filesOf({ 'cert.file': join(folder, 'none') }))[0]).toEqual({
      key: 'cert.file',
      setting: 3,
      path: join(folder, 'none'),
      failure: expect.objectContaining({ code: 'file-not-found' }),
    });
  });

  it('what rg-listener writes: the file, which need not be there, and its folder', async () => {
    const folder = folderOf();
    mkdirSync(join(folder, 'run'), { mode: 0o750 });
    const files = await filesOf({
      'pid.file': join(folder, 'run/railgun.pid'),
      'stderr.file': join(folder, 'none/panic.log'),
    });
    expect(files).toMatchObject([
      { key: 'stderr.file', folder: { path: join(folder, 'none'), failure: { code: 'file-not-found' } } },
      { key: 'pid.file', folder: { path: join(folder, 'run'), status: { kind: 'directory', mode: '0750' } } },
    ]);
    expect(files.every((found) => !('failure' in found) && !('status' in found))).toBe(true);
  });

  it('a socket of memcached, and what is none', async () => {
    const folder = folderOf({ plain: '' });
    const server = createServer();
    await new Promise<void>((listening) => server.listen(join(folder, 'sock'), listening));
    const kinds = [];
    for (const name of ['sock', 'plain', 'none']) {
      const [found] = await filesOf({ 'syslog.addr': join(folder, name) });
      kinds.push(found?.status?.kind ?? found?.failure?.code);
    }
    server.close();
    expect(kinds).toEqual(['socket', 'file', 'file-not-found']);
  });

  it('are told with their mode and with the link that leads to them', async () => {
    const folder = folderOf();
    chmodSync(file(folder, 'key', leaf.key), 0o640);
    link(folder, 'to', 'key');
    const [found] = await filesOf({ 'key.file': join(folder, 'to') });
    expect(found?.status).toMatchObject({ kind: 'file', mode: '0640', linkTo: join(folder, 'key') });
  });
});

it('the machine is told by its addresses, none of which is of the loopback', async () => {
  const { facts } = await check([file(folderOf(), 'railgun.conf', good)]);
  expect(facts.machine.addresses.some((address) => /^(127\.|::1$|fe80)/.test(address))).toBe(false);
  expect(typeof facts.machine.hasLinkLocalIpv6).toBe('boolean');
});

function file(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function link(folder: string, name: string, target: string): string {
  const path = join(folder, name);
  symlinkSync(target, path);
  return path;
}
