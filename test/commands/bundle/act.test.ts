import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program, type Ran, rgDiag, shell } from '../../cli/run.js';
import { peer } from '../../servers/peers.js';
import { archive, pair } from '../har-sanitize/archives.js';
import {
  bundle,
  type CaseFolder,
  caseFolder,
  confText,
  expectNothingLeft,
  hashOf,
  logLine,
  partOf,
  shortWaits,
  wholeBundle,
} from './bundles.js';

let folder: CaseFolder;
beforeEach(() => {
  folder = caseFolder();
});
afterEach(() => folder.close());

/** The files of a machine of rg-listener, and the options that name them. */
function machine(): string[] {
  const map = folder.file('railgun-nat.conf', 'www.example.com=127.0.0.1:1\n');
  const panicLog = folder.file('panic.log', 'panic: runtime error\n\ngoroutine 1 [running]:\nmain.main()\n');
  const conf = folder.file('railgun.conf', confText({ 'map.file': map, 'stderr.file': panicLog }));
  const log = folder.file(
    'syslog',
    [
      logLine(6000, 'Assigned Railgun ID: 1'),
      logLine(9, '[Activation] Assigned Railgun ID: 1'),
      `${new Date().toISOString()} www sshd[1]: Accepted publickey for root\n`,
      logLine(5, 'failed to connect to 127.0.0.1:1 for www.example.com: connection refused'),
    ].join(''),
  );
  return [
    '--config',
    conf,
    '--log',
    log,
    '--only',
    'configuration',
    '--only',
    'log',
    '--only',
    'panic-log',
    '--only',
    'checks',
    '--only',
    'versions',
    '--only',
    'dns',
  ];
}

describe('a bundle', () => {
  it('is a folder with all there is, and a manifest that says what each file is', async () => {
    const made = await bundle(folder, machine());
    const { files, manifest } = wholeBundle(made.directory);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'railgun.conf.txt',
        'railgun-nat.conf.txt',
        'panic.log.txt',
        'log.txt',
        'doctor.json',
        'versions.txt',
      ]),
    );
    const text = (file: string) => files.get(file)?.toString('utf8') ?? '';
    expect(text('railgun.conf.txt')).toContain('wan.port = 1');
    expect(text('railgun.conf.txt')).not.toContain('0123456789abcdef');
    expect(text('panic.log.txt')).toContain('goroutine 1 [running]');
    // What others have logged, and what was logged long ago, is nobody's business.
    expect(
      text('log.txt')
        .match(/^.*$/gm)
        ?.filter((line) => line !== ''),
    ).toHaveLength(2);
    expect(text('log.txt')).not.toContain('sshd');
    expect(text('versions.txt')).toContain(process.version);
    expect(text('REPORT.html')).toMatch(/^<!doctype html>/i);
    expect(JSON.parse(text('doctor.json'))).toMatchObject({ schema: 'rg-diag/1', command: 'doctor' });
    expect(manifest.anonymised).toBe(false);
    expect(made.report.facts.result).toMatchObject({
      state: 'handed-over',
      directory: made.directory,
      files: files.size,
      redaction: { leaks: [] },
    });
    expect(folder.names().filter((name) => name.includes('.partial'))).toEqual([]);
  });

  it('stands up to being verified, and has nothing left to redact', async () => {
    const { directory } = await bundle(folder, [
      ...machine(),
      '--har',
      folder.file('page.har', JSON.stringify(archive({}))),
    ]);
    const verified = await rgDiag(['bundle', 'verify', directory]);
    expect([verified.exit, verified.stderr]).toEqual([0, '']);
    const { exit } = await rgDiag(['bundle', 'redact', directory]);
    const { files } = wholeBundle(directory);
    expect(exit).toBe(0);
    for (const [file, content] of files) {
      if (file !== 'manifest.json')
        expect([file, readFileSync(join(`${directory}-redacted`, file)).equals(content)]).toEqual([file, true]);
    }
  });

  it('is for its owner only, whatever the umask', async () => {
    const words = ['bundle', '--dir', join(folder.path, 'bundle'), ...shortWaits, ...machine()];
    for (const [number, umask] of ['000', '777'].entries()) {
      const dir = `${join(folder.path, 'bundle')}${number}`;
      await shell(`umask ${umask}; rg-diag ${words.join(' ')} --dir ${dir}`);
      wholeBundle(dir);
    }
  });

  it('never overwrites anything', async () => {
    const directory = join(folder.path, 'bundle');
    const other = join(folder.path, 'other');
    mkdirSync(directory);
    const inFolder = await bundle(folder, machine());
    expect([inFolder.exit, readdirSync(directory)]).toEqual([3, []]);
    expect(inFolder.report.facts.result).toMatchObject({ state: 'failed', failure: { code: 'write-failed' } });
    symlinkSync('/nowhere/at/all', other);
    const [link, archive, map] = ['other', 'third.tar.gz', 'third.map.json'].map((name) => join(folder.path, name));
    const said = await rgDiag(['bundle', '--json', '--dir', link ?? '', ...machine()]);
    expect([said.exit, lstatSync(other).isSymbolicLink()]).toEqual([3, true]);
    for (const [path, option] of [
      [archive, '--archive'],
      [map, '--anonymise'],
    ] as const) {
      folder.file('third.tar.gz', 'mine');
      folder.file('third.map.json', 'mine');
      const third = join(folder.path, 'third');
      const { exit } = await rgDiag(['bundle', '--json', '--dir', third, option, ...machine()]);
      expect([option, exit, existsSync(third), readFileSync(path ?? '', 'utf8')]).toEqual([option, 3, false, 'mine']);
    }
  });

  it('is said in every format', async () => {
    const words = machine();
    for (const format of ['text', 'ndjson', 'nagios', 'prometheus', 'html']) {
      const directory = join(folder.path, format);
      const { stdout, stderr } = await rgDiag(['bundle', '--dir', directory, '-f', format, ...shortWaits, ...words]);
      wholeBundle(directory);
      expect(stdout).not.toBe('');
      expect(stdout + stderr).not.toContain('0123456789abcdef');
    }
  });

  it('is made without a network, for a host and an address, where there is no Railgun', async () => {
    const made = await bundle(folder, ['www.example.com', '--ip', '203.0.113.7', '--skip', 'route'], async (words) =>
      inOwnNetwork(words),
    );
    const { files } = wholeBundle(made.directory);
    expect([...files.keys()]).toEqual(expect.arrayContaining(['doctor.txt', 'dns.txt', 'versions.txt', 'TICKET.txt']));
    expect(files.get('TICKET.txt')?.toString('utf8')).toContain('www.example.com');
  });
});

describe('the time and the frequency', () => {
  const ticketFor = async (text: string) => {
    const conf = folder.file('railgun.conf', confText());
    const log = folder.file('syslog', logLine(5, text));
    const made = await bundle(folder, ['--config', conf, '--log', log, '--only', 'log', '--only', 'checks']);
    const ticket = wholeBundle(made.directory).files.get('TICKET.txt')?.toString('utf8') ?? '';
    const wanted = ['the time in UTC', 'how often it happens'].map((says) =>
      made.report.facts.wanted.find((item) => item.says === says),
    );
    return { ticket, wanted };
  };

  it('are asked of a person where the log has no error that visitors got', async () => {
    const { ticket, wanted } = await ticketFor('[Activation] Activation POST completed.');
    expect(ticket).toMatch(/^>>> When it was seen/m);
    expect(ticket).toMatch(/^>>> How often/m);
    expect(ticket).toContain('[ ] the time in UTC');
    expect(wanted).toMatchObject([
      { files: [], onlyByHand: true, inTicket: true },
      { files: [], onlyByHand: true, inTicket: true },
    ]);
  });

  it('are read off errors that visitors got', async () => {
    const error = 'connection failed 10.0.0.9:443/www.example.com: dial tcp 10.0.0.9:443:connection refused';
    const { ticket, wanted } = await ticketFor(error);
    expect(ticket).toMatch(/^First: {5}\S+Z, in the log of rg-listener$/m);
    expect(ticket).not.toMatch(/^>>> (?:When|How often)/m);
    expect(wanted).toMatchObject([{ files: ['TICKET.txt'] }, { files: ['TICKET.txt'] }]);
  });
});

describe('HTTP archives', () => {
  it('tell when, where and with which ray it failed, and nothing secret', async () => {
    const ray = (id: string) => [pair('cf-ray', id), pair('server', 'cloudflare')];
    const har = archive(
      { status: 200, responseHeaders: ray('8a1b2c3d4e5f6070-AMS') },
      {
        url: 'https://www.example.com/pay?token=hunter2hunter2',
        status: 520,
        responseHeaders: ray('8a1b2c3d4e5f6071-AMS'),
      },
      { url: 'https://www.example.com/other', status: 524, responseHeaders: ray('8a1b2c3d4e5f6072-AMS') },
      { url: 'https://ads.example.net/', status: 520, responseHeaders: ray('8a1b2c3d4e5f6073-AMS') },
      { url: 'https://www.example.com/direct', status: 520 },
    );
    const words = [
      'www.example.com',
      '--for',
      '520',
      '--only',
      'har',
      '--har',
      folder.file('page.har', JSON.stringify(har)),
    ];
    const made = await bundle(folder, words);
    const ticket = wholeBundle(made.directory).files.get('TICKET.txt')?.toString('utf8') ?? '';
    expect(ticket).toMatch(/^First: {5}2026-11-20T12:00:00\.000Z, in an HTTP archive$/m);
    expect(ticket.match(/^URL:.*$/gm)).toEqual([expect.stringContaining('https://www.example.com/pay (status 520')]);
    expect(ticket).toMatch(/^CF-RAY: {4}8a1b2c3d4e5f6071-AMS$/m);
    expect(ticket + made.stdout).not.toContain('hunter2');
    const told = made.report.facts.wanted.filter(({ files }) => files.includes('TICKET.txt'));
    expect(told.map(({ says }) => says)).toEqual([
      'the full URL of each request that failed',
      'the cf-ray from the error page',
      'the time in UTC',
    ]);
    const labelled = join(folder.path, 'labelled');
    await rgDiag(['bundle', '--dir', labelled, '--anonymise', ...words]);
    expect(readFileSync(join(labelled, 'TICKET.txt'), 'utf8')).not.toContain('example');
  });
});

describe('an archive', () => {
  it('is beside the folder, has the same in it, and nothing that tar would not extract safely', async () => {
    const made = await bundle(folder, [...machine(), '--archive']);
    const { files } = wholeBundle(made.directory);
    const { result } = made.report.facts;
    if (result?.state !== 'handed-over' || result.archive === undefined) return expect.fail('no archive');
    const { file, bytes, sha256 } = result.archive;
    expect(file).toBe(`${made.directory}.tar.gz`);
    const content = readFileSync(file);
    expect([content.length, hashOf(content)]).toEqual([bytes, sha256]);
    const listed = execFileSync('tar', ['--numeric-owner', '-tvzf', file], { encoding: 'utf8' }).trim().split('\n');
    for (const line of listed) expect(line).toMatch(/^-rw------- 0\/0 +\d+ \S+ \S+ bundle\/[\w.-]+$/);
    mkdirSync(join(folder.path, 'out'));
    execFileSync('tar', ['-C', join(folder.path, 'out'), '-xzf', file]);
    const out = join(folder.path, 'out/bundle');
    expect(readdirSync(out).sort()).toEqual([...files.keys()].sort());
    for (const [name, own] of files) expect(readFileSync(join(out, name)).equals(own)).toBe(true);
  });
});

describe('a user without rights', () => {
  it('gets what may be read, and is told what root would add', async () => {
    chmodSync(folder.path, 0o777);
    const words = machine();
    chmodSync(join(folder.path, 'syslog'), 0o600);
    chmodSync(join(folder.path, 'panic.log'), 0o600);
    const made = await bundle(folder, words, asNobody);
    const { files } = wholeBundle(made.directory);
    expect(made.report.facts.isRoot).toBe(false);
    for (const file of ['log.txt', 'panic.log.txt']) {
      expect(partOf(made, file)).toMatchObject({ state: 'missing', needsRoot: true });
      expect(files.has(file)).toBe(false);
    }
    expect(files.has('railgun.conf.txt')).toBe(true);
    const { stdout } = await asNobody(['bundle', '--dir', join(folder.path, 'second'), ...shortWaits, ...words]);
    expect(stdout).toMatch(/root/);
  });
});

describe('a run that is ended', () => {
  it('leaves nothing behind', async () => {
    const directory = join(folder.path, 'bundle');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // It is asked for something, and says nothing: then the run is under way.
      const silent = await peer(() => undefined);
      const conf = folder.file('railgun.conf', confText({ 'memcached.servers': `127.0.0.1:${silent.port}` }));
      const words = ['bundle', '--dir', directory, '--config', conf, '--only', 'checks', '--connect-timeout', '60'];
      const child = spawn(program, words, { stdio: 'ignore' });
      await silent.connected;
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
      expectNothingLeft(folder);
      await silent.close();
    }
  });
});

async function asNobody(args: readonly string[]): Promise<Ran> {
  return shell(`setpriv --reuid 65534 --regid 65534 --clear-groups rg-diag ${args.join(' ')}`);
}

async function inOwnNetwork(args: readonly string[]): Promise<Ran> {
  return shell(`unshare --net rg-diag ${args.join(' ')}`);
}
