import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CheckFacts, DoctorFacts } from '../../../src/commands/doctor/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { program, type Ran, rgDiag } from '../../cli/run.js';
import { createAuthority } from '../../servers/authority.js';
import { startMemcached } from '../../servers/memcached.js';
import { startNginx } from '../../servers/nginx.js';
import { type Peer, peer, silentPeer } from '../../servers/peers.js';
import { startMachine, token } from '../../servers/rg-listener.js';

const authority = await createAuthority();
const good = [await authority.issue({ names: ['www.example.com'] }), authority.intermediate];
const folder = mkdtempSync(join(tmpdir(), 'rg-diag-doctor-'));
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
afterAll(() => {
  authority.close();
  rmSync(folder, { recursive: true });
});

let made = 0;

/** A railgun.conf with a map of these lines; its path. */
function written(lines: readonly string[], map: readonly string[] = []): string {
  const own = join(folder, `${made++}`);
  mkdirSync(own);
  const conf = join(own, 'railgun.conf');
  writeFileSync(join(own, 'railgun-nat.conf'), `${map.join('\n')}\n`);
  const all = [`activation.token = ${token}`, `map.file = ${join(own, 'railgun-nat.conf')}`, ...lines];
  writeFileSync(conf, `${all.join('\n')}\n`);
  return conf;
}

/** Names lead to this machine, where nobody listens on the usual ports: no test asks a name server. */
const resolved = ['www.example.com:443:127.0.0.1', 'www.example.com:80:127.0.0.1'].flatMap((row) => ['--resolve', row]);

function factsOf({ stdout, stderr }: Ran): DoctorFacts {
  expect(stderr).toBe('');
  expect(stdout).not.toContain(token);
  const { reports } = JSON.parse(stdout) as Envelope<DoctorFacts>;
  expect(reports).toHaveLength(1);
  return reports[0]?.facts ?? expect.fail('no report');
}

const doctor = async (...args: string[]) => factsOf(await rgDiag(['doctor', '--json', ...args]));

const check = (facts: DoctorFacts, kind: CheckFacts['kind']) =>
  facts.checks.find((one) => one.kind === kind) ?? expect.fail(`no check of ${kind}`);

const states = ({ checks }: DoctorFacts) => checks.map(({ kind, outcome }) => `${kind} ${outcome.state}`);

/** The verdict of a check that ran. */
function verdict(facts: DoctorFacts, kind: CheckFacts['kind']): string {
  const { outcome } = check(facts, kind);
  return outcome.state === 'ran' ? outcome.verdict : outcome.state;
}

async function kept<T extends { close(): unknown }>(server: Promise<T>): Promise<T> {
  const started = await server;
  opened.push(started);
  return started;
}

describe('an estate on one machine', () => {
  it('has everything checked at once that applies, each by the command that a user would type', async () => {
    const memcached = await kept(startMemcached({ listen: 'unix', args: ['-m', '600'] }));
    const nginx = await kept(startNginx({ chain: good, lines: ['location / { return 200 "ok"; }'] }));
    const log = join(folder, 'syslog');
    writeFileSync(log, `${new Date().toISOString()} host rg-listener[1]: memcached: connection failed\n`);
    const conf = written(
      [`memcached.servers = ${memcached.socketPath}`, 'validate.cert = 1', `ca.bundle = ${authority.root.file}`],
      [`www.example.com = 127.0.0.1:${nginx.port}`, 'default = 127.0.0.1'],
    );
    const args = ['--config', conf, '--log', log, '--add-ca', authority.root.file, '--read-timeout', '5', ...resolved];
    const facts = await doctor(...args);
    expect(states(facts)).toEqual([
      'configuration ran',
      'memcached ran',
      'listener ran',
      'logs ran',
      'origin ran',
      'certificate ran',
      'trace ran',
    ]);
    expect(facts.configuration).toMatchObject({
      state: 'read',
      path: conf,
      unchecked: [{ line: 2, text: 'default = 127.0.0.1' }],
    });
    expect(verdict(facts, 'memcached')).toBe('ok');
    expect(verdict(facts, 'certificate')).toBe('ok');
    expect(verdict(facts, 'logs')).toBe('warn');
    expect(verdict(facts, 'listener')).toBe('fail');
    expect(verdict(facts, 'trace')).toBe('fail');
    // As the edge and as rg-listener, both at the place in the map.
    const origin = check(facts, 'origin');
    expect(origin.subject).toEqual({ host: 'www.example.com', destination: `127.0.0.1:${nginx.port}` });
    const [seen] = origin.outcome.state === 'ran' ? origin.outcome.reports : [];
    expect(seen?.facts).toMatchObject({
      kind: 'origin',
      edge: { code: null },
      railgun: { code: null, destination: `127.0.0.1:${nginx.port}` },
    });
    expect(seen?.findings.length).toBeGreaterThan(0);
    expect(seen?.metrics.length).toBeGreaterThan(0);
    expect(facts.machine.unread).toEqual([]);
  });

  it('is only planned with --dry-run: nobody is contacted', async () => {
    const connected: Peer[] = [await kept(peer(() => undefined)), await kept(peer(() => undefined))];
    const reached: string[] = [];
    for (const one of connected) void one.connected.then(() => reached.push(`${one.port}`));
    const [memcached, origin] = connected;
    const conf = written(
      [`memcached.servers = 127.0.0.1:${memcached?.port}`],
      [`www.example.com = 127.0.0.1:${origin?.port}`],
    );
    const facts = await doctor('--config', conf, '--dry-run');
    expect(new Set(facts.checks.map(({ outcome }) => outcome.state))).toEqual(new Set(['planned']));
    expect(facts.checks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['configuration', 'memcached', 'listener', 'origin', 'certificate', 'trace']),
    );
    expect(facts.machine.unseen).toBe('--dry-run');
    expect(reached).toEqual([]);
    // The same without it does reach them.
    await doctor('--config', conf, '-t', '1', '--skip', 'trace', ...resolved);
    await Promise.all(connected.map((one) => one.connected));
  });

  it('has left out what --skip names, also the machine itself', async () => {
    const conf = written(['memcached.servers = 127.0.0.1:1'], ['www.example.com = 127.0.0.1:1']);
    const skip = ['listener', 'origin', 'certificate', 'trace', 'machine', 'logs'].flatMap((one) => ['--skip', one]);
    const facts = await doctor('--config', conf, ...skip);
    expect(facts.checks.filter(({ outcome }) => outcome.state === 'ran').map(({ kind }) => kind)).toEqual([
      'configuration',
      'memcached',
    ]);
    expect(check(facts, 'origin').outcome).toEqual({ state: 'skipped', why: '--skip origin' });
    expect(facts.machine).toEqual({ unseen: '--skip machine', hosts: [], nameServers: [], routes: [], unread: [] });
  });

  it('has a place that no command takes as a refusal with its reason', async () => {
    const conf = written(['memcached.servers = 127.0.0.1:99999 127.0.0.1:1']);
    const facts = await doctor('--config', conf, '--skip', 'listener', '--skip', 'logs');
    expect(facts.checks.filter(({ kind }) => kind === 'memcached').map(({ outcome }) => outcome)).toMatchObject([
      { state: 'refused', problem: expect.stringContaining('99999') },
      { state: 'ran', verdict: 'fail' },
    ]);
  });

  it('finds rg-listener on its own machine, and what that machine’s routes do to Cloudflare’s ranges', async () => {
    const machine = await kept(startMachine());
    const issued = await authority.issue({ names: ['rg-0123456789abcdef.port2408.net'] });
    const { conf } = await machine.listener({ certificate: issued });
    const ran = await machine.rgDiag(['doctor', '--json', '--config', conf, '--skip', 'logs']);
    const facts = factsOf(ran);
    expect(states(facts)).toEqual(expect.arrayContaining(['configuration ran', 'listener ran']));
    const { outcome } = check(facts, 'listener');
    expect(outcome.state === 'ran' && outcome.reports[0]?.facts).toMatchObject({ kind: 'listener' });
    expect(facts.machine.routes).toEqual([]);
  });
});

describe('a machine without rg-listener', () => {
  it('has nothing to check where no host is named either', async () => {
    const { stdout, exit } = await rgDiag(['doctor', '--json']);
    const facts = factsOf({ stdout, stderr: '', exit });
    expect(facts.configuration).toEqual({ state: 'absent', looked: ['/etc/railgun/railgun.conf'] });
    expect(facts.checks).toEqual([]);
    // Never fine where nothing was looked at.
    expect(exit).not.toBe(0);
  });

  it('has the origin of a host checked', async () => {
    const nginx = await kept(startNginx({ chain: good }));
    const args = ['--connect-to', `127.0.0.1:${nginx.port}`, '--add-ca', authority.root.file, ...resolved];
    const facts = await doctor('www.example.com', ...args);
    expect(states(facts)).toEqual(['origin ran', 'certificate ran', 'trace ran']);
    expect(verdict(facts, 'certificate')).toBe('ok');
  });
});

describe('what looks secret in a URL', () => {
  it('is asked for, and shown nowhere', async () => {
    const only = 'location = /in { if ($arg_token != "kept-to-itself") { return 503; } return 200 "ok"; }';
    const nginx = await kept(startNginx({ chain: good, lines: [only] }));
    const args = ['--connect-to', `127.0.0.1:${nginx.port}`, '--add-ca', authority.root.file, ...resolved];
    const url = 'https://www.example.com/in?token=kept-to-itself&page=2';
    for (const format of ['json', 'text', 'html', 'nagios', 'ndjson', 'prometheus']) {
      const { stdout, stderr } = await rgDiag(['doctor', url, ...args, '-f', format, '-v', '--ticket']);
      expect(stdout).not.toContain('kept-to-itself');
      expect(stderr).not.toContain('kept-to-itself');
    }
    const facts = await doctor(url, ...args);
    const { line, outcome } = check(facts, 'origin');
    expect(line).toContain("'https://www.example.com/in?token=***&page=2'");
    expect(outcome.state === 'ran' && outcome.reports[0]?.facts).toMatchObject({
      url: 'https://www.example.com/in?token=***&page=2',
      http: { status: 200 },
    });
  });
});

describe('a configuration that cannot be read', () => {
  const [fifo, binary] = ['fifo.conf', 'binary.conf'].map((name) => join(folder, name)) as [string, string];
  execFileSync('mkfifo', [fifo]);
  writeFileSync(binary, 'wan.port = 2408\0\n');

  it.each([
    ['is not there', join(folder, 'missing.conf'), 'file-not-found'],
    ['is a folder', folder, 'not-a-file'],
    ['is no text', binary, 'malformed'],
    ['is a device', '/dev/zero', 'not-a-file'],
    ['is a FIFO that nobody writes to', fifo, 'not-a-file'],
  ])('because it %s', async (_, path, code) => {
    const facts = await doctor('--config', path, '--log', join(folder, 'none.log'), '-t', '20');
    expect(facts.configuration).toMatchObject({ state: 'unreadable', path, failure: { code } });
    const isRead = path !== fifo && path !== '/dev/zero';
    expect(states(facts)).toEqual([`configuration ${isRead ? 'ran' : 'skipped'}`, 'listener skipped', 'logs ran']);
    expect(verdict(facts, 'configuration')).not.toBe('ok');
    expect(facts.stopped).toBeUndefined();
  });

  it('because this user may not', async () => {
    const machine = await kept(startMachine());
    const { conf } = await machine.listener();
    const ran = await machine.rgDiag(['doctor', '--json', '--config', '/proc/1/environ'], 'nobody');
    const facts = factsOf(ran);
    expect(facts.configuration).toMatchObject({ state: 'unreadable', failure: { code: 'permission-denied' } });
    expect(check(facts, 'listener').outcome).toMatchObject({ why: expect.stringContaining('root can') });
    expect(conf).not.toBe('');
  });

  it('of which it is the map: the rest is checked', async () => {
    const conf = written(['map.file = /nowhere/railgun-nat.conf', 'memcached.servers = 127.0.0.1:1']);
    const facts = await doctor('--config', conf, '--skip', 'logs', '--skip', 'listener');
    expect(facts.configuration).toMatchObject({
      state: 'read',
      mapFile: '/nowhere/railgun-nat.conf',
      mapFailure: { code: 'file-not-found' },
    });
    expect(verdict(facts, 'memcached')).toBe('fail');
  });
});

describe('a map that is none', () => {
  it('is not checked for hosts, by whatever command, and is what comes first', async () => {
    const conf = join(folder, 'itself.conf');
    writeFileSync(
      conf,
      [
        `activation.token = ${token}`,
        'activation.railgun_host = 192.0.2.1',
        'memcached.servers = 127.0.0.1:1',
        `map.file = ${conf}`,
      ].join('\n'),
      { mode: 0o600 },
    );
    const skip = ['logs', 'listener', 'memcached', 'machine', 'trace'].flatMap((kind) => ['--skip', kind]);
    const alone = await rgDiag(['doctor', '--json', '--config', conf, ...skip]);
    expect(factsOf(alone).checks.map(({ kind }) => kind)).not.toContain('origin');
    expect(factsOf(alone).configuration).toMatchObject({ mapFailure: { code: 'malformed' } });
    const { reports } = JSON.parse(alone.stdout) as Envelope<DoctorFacts>;
    expect(reports[0]?.findings[0]).toMatchObject({ rule: 'config-check/map-file', status: 'fail' });

    const facts = await doctor('https://www.example.com:1/', '--ip', '127.0.0.1', '--config', conf, ...skip);
    const { outcome } = check(facts, 'origin');
    const detail = expect.stringContaining('is a railgun.conf, not a map');
    expect(outcome.state === 'ran' && outcome.reports[0]?.facts).toMatchObject({ railgun: { failure: { detail } } });
  });

  it('is not waited for where it is a FIFO', async () => {
    const fifo = join(folder, 'map-fifo');
    execFileSync('mkfifo', [fifo]);
    const conf = written([`map.file = ${fifo}`]);
    const skip = ['logs', 'listener', 'machine', 'trace'].flatMap((kind) => ['--skip', kind]);
    const facts = await doctor(
      'https://www.example.com:1/',
      '--ip',
      '127.0.0.1',
      '--config',
      conf,
      ...skip,
      '-t',
      '30',
    );
    expect(facts.stopped).toBeUndefined();
    expect(facts.configuration).toMatchObject({ mapFailure: { code: 'not-a-file' } });
  });
});

describe('a log that is no regular file', () => {
  it('is left out, and said to be', async () => {
    const [fifo, log] = [join(folder, 'log-fifo'), join(folder, 'a.log')];
    execFileSync('mkfifo', [fifo]);
    writeFileSync(log, '');
    const conf = written([]);
    const args = ['--config', conf, '--skip', 'listener', '--skip', 'machine', '--log', fifo, '--log', log, '-t', '30'];
    const { stdout } = await rgDiag(['doctor', '--json', ...args]);
    const { reports } = JSON.parse(stdout) as Envelope<DoctorFacts>;
    const [{ facts, findings } = expect.fail('no report')] = reports;
    expect(facts.stopped).toBeUndefined();
    const logs = facts.checks.filter(({ kind }) => kind === 'logs');
    expect(logs.map(({ line, outcome }) => [line.includes(fifo), outcome.state])).toEqual([
      [false, 'ran'],
      [true, 'skipped'],
    ]);
    expect(findings.find(({ rule }) => rule === 'doctor/refused')).toMatchObject({
      status: 'broken',
      code: 'not-a-file',
    });
  });
});

describe('a log of another time', () => {
  it('is asked for by the options that the doctor has', async () => {
    const log = join(folder, 'old.log');
    writeFileSync(log, '2020-01-01T00:00:00Z host rg-listener[1]: dial tcp 10.0.0.1:443: i/o timeout\n');
    const { stdout } = await rgDiag(['doctor', '--json', '--log', log, '--since', '1h', '--skip', 'machine']);
    const { reports } = JSON.parse(stdout) as Envelope<DoctorFacts>;
    const first = reports[0]?.findings[0];
    expect(first).toMatchObject({ rule: 'logs/recognised', status: 'broken' });
    expect(first?.remedy).toContain('--since');
    expect(first?.remedy).not.toContain('--until');
  });
});

describe('the end of the run', () => {
  const skipped = ['--skip', 'logs', '--skip', 'trace'];

  it('ends what hangs, and everything else is reported', async () => {
    const origin = await kept(silentPeer());
    const memcached = await kept(startMemcached({ args: ['-m', '600'] }));
    const conf = written(
      [`memcached.servers = 127.0.0.1:${memcached.port}`],
      [`www.example.com = 127.0.0.1:${origin.port}`],
    );
    const facts = await doctor('--config', conf, '-t', '2', ...skipped, ...resolved);
    expect(facts.stopped).toMatchObject({ code: 'timeout' });
    expect(verdict(facts, 'configuration')).not.toBe('unfinished');
    expect(verdict(facts, 'memcached')).toBe('ok');
    expect(verdict(facts, 'listener')).toBe('fail');
    const { outcome } = check(facts, 'origin');
    if (outcome.state === 'ran') expect(outcome.reports[0]?.facts).toHaveProperty('stopped');
    else expect(outcome).toMatchObject({ state: 'unfinished', begun: true });
  });

  it('leaves checks that had no turn yet named, and not begun', async () => {
    const origin = await kept(silentPeer());
    const conf = written(
      [],
      [`www.example.com = 127.0.0.1:${origin.port}`, `shop.example.com = 127.0.0.1:${origin.port}`],
    );
    const one = ['--concurrency', '1', '--skip', 'certificate', '--skip', 'configuration', '--skip', 'listener'];
    const facts = await doctor('--config', conf, '-t', '1', ...one, ...skipped, ...resolved);
    const origins = facts.checks.filter(({ kind }) => kind === 'origin');
    expect(origins).toHaveLength(2);
    expect(origins[1]?.outcome).toMatchObject({ state: 'unfinished', begun: false, stopped: { code: 'timeout' } });
  });

  it('by Ctrl-C reports what is there', async () => {
    const origin = await kept(silentPeer());
    const conf = written(['memcached.servers = 127.0.0.1:1'], [`www.example.com = 127.0.0.1:${origin.port}`]);
    const child = spawn(program, ['doctor', '--json', '--config', conf, ...skipped, ...resolved], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    await origin.connected;
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(130);
    const facts = factsOf({ stdout: Buffer.concat(stdout).toString(), stderr: '', exit: code });
    expect(facts.stopped).toMatchObject({ code: 'interrupted' });
    expect(facts.checks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['memcached', 'origin']));
  });
});

describe('a mistake in the command line', () => {
  it.each([
    [['ftp://www.example.com'], 'URL of ftp'],
    [['--ip', '203.0.113.7'], 'no HOST was given'],
    [['--skip', 'everything'], 'everything'],
    [['--since', 'never'], '--since never is no time'],
    [['https://user:hunter2@www.example.com'], 'user name or password'],
  ])('%j is one', async (args, says) => {
    const { exit, stdout, stderr } = await rgDiag(['doctor', ...args]);
    expect(exit).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('hunter2');
  });
});
