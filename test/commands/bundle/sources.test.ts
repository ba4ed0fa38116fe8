import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { peer } from '../../servers/peers.js';
import { bundle, type CaseFolder, caseFolder, confText, logLine, partOf, wholeBundle } from './bundles.js';

let folder: CaseFolder;
beforeEach(() => {
  folder = caseFolder();
});
afterEach(() => folder.close());

/** Bytes that a process may have at once. */
const mostMemory = 200_000_000;

/** Without what takes long and is about something else. */
const noChecks = [
  '--skip',
  'checks',
  '--skip',
  'route',
  '--skip',
  'versions',
  '--skip',
  'dns',
  '--skip',
  'memcached-conf',
];

/** Runs rg-diag, which tells the most memory that it had. */
async function measured(args: readonly string[]) {
  const told = join(folder.path, 'memory');
  const tells = folder.file(
    'memory.cjs',
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)));`,
  );
  const ran = await rgDiag(args, { env: { NODE_OPTIONS: `--require ${tells}` } });
  return { ...ran, memory: Number(readFileSync(told, 'utf8')) * 1024 };
}

describe('a source that is none', () => {
  it.each<[what: string, make: (path: string) => void, why: RegExp]>([
    ['a FIFO', (path) => execFileSync('mkfifo', [path]), /FIFO/],
    ['a symbolic link', (path) => symlinkSync('/etc/passwd', path), /symbolic link/],
    ['a link that leads nowhere', (path) => symlinkSync('/nowhere', path), /symbolic link/],
    ['a device', (path) => execFileSync('mknod', [path, 'c', '1', '5']), /device/],
    ['a folder', (path) => mkdirSync(path), /directory/],
    ['nothing', () => undefined, /no such file/],
  ])('is missing, and why: %s', async (_, make, why) => {
    const conf = folder.file('railgun.conf', confText({ 'stderr.file': join(folder.path, 'panic.log') }));
    const names = ['panic.log', 'syslog', 'access.log', 'page.har'];
    for (const name of names) make(join(folder.path, name));
    const [, log = '', web = '', har = ''] = names.map((name) => join(folder.path, name));
    const args = ['--config', conf, '--log', log, '--origin-log', web, '--har', har, ...noChecks];
    const made = await bundle(folder, ['--timeout', '20', ...args]);
    const { files } = wholeBundle(made.directory);
    for (const file of ['panic.log.txt', 'log.txt', 'origin-log-1.txt', 'har-1.har']) {
      const state = partOf(made, file);
      expect([file, state.state]).toEqual([file, 'missing']);
      if (state.state === 'missing') expect(state.why).toMatch(why);
    }
    expect(files.has('railgun.conf.txt')).toBe(true);
    expect([...files.values()].some((bytes) => bytes.includes('root:x:0'))).toBe(false);
  });

  it('is a railgun.conf that cannot be had, too, and its secrets are masked all the same', async () => {
    const [token, password] = ['odd_Token-xyzzy', 'Tr0ub4dor.three'];
    const conf = confText({ 'activation.token': token, 'stats.url': `http://stats:${password}@127.0.0.1:9/` });
    const path = join(folder.path, 'railgun.conf');
    symlinkSync(folder.file('other', conf), path);
    const log = folder.file('syslog', logLine(2, `something odd with ${token} and ${password}`));
    const made = await bundle(folder, ['--config', path, '--log', log, '--skip', 'route']);
    const { files } = wholeBundle(made.directory);
    const why = expect.stringContaining(`a symbolic link to ${join(folder.path, 'other')}`);
    expect(partOf(made, 'railgun.conf.txt')).toMatchObject({ state: 'missing', why });
    expect(files.get('log.txt')?.toString('utf8')).toContain('something odd with');
    for (const [name, content] of files) {
      for (const secret of [token, password]) expect([name, content.includes(secret)]).toEqual([name, false]);
    }
  });

  it('is a railgun.conf whose secrets nobody knows, which is said', async () => {
    const path = join(folder.path, 'railgun.conf');
    execFileSync('mkfifo', [path]);
    const made = await bundle(folder, ['--config', path, ...noChecks]);
    const finding = made.report.findings.find(({ rule }) => rule === 'bundle/secrets-known');
    expect(finding).toMatchObject({ status: 'warn', says: expect.stringContaining(path) });
  });

  it('is a log in which somebody wrote what a terminal acts upon: it is spelled out', async () => {
    const line = logLine(1, 'failed \x1b]0;evil\x07 \u202e\0\x9b31m');
    const [log, origin] = [folder.file('syslog', line), folder.file('access.log', line)];
    const conf = folder.file('railgun.conf', confText());
    const args = ['--config', conf, '--log', log, '--origin-log', origin, ...noChecks];
    const { files } = wholeBundle((await bundle(folder, args)).directory);
    for (const name of ['log.txt', 'origin-log-1.txt']) {
      expect(files.get(name)?.toString('utf8')).toContain('failed \\x1b]0;evil\\x07 \\u202e\\x00\\x9b31m\n');
    }
  });
});

describe('a source that says nothing', () => {
  it('is missing when the time is up, and all else is there', async () => {
    const silent = await peer(() => undefined);
    const servers = { 'memcached.servers': `127.0.0.1:${silent.port}`, 'memcached.timeout': '60000' };
    const conf = folder.file('railgun.conf', confText(servers));
    const log = folder.file('syslog', logLine(2, 'Assigned Railgun ID: 1'));
    const only = ['configuration', 'log', 'checks', 'versions'].flatMap((kind) => ['--only', kind]);
    const waits = ['--connect-timeout', '60', '--read-timeout', '60', '--timeout', '12'];
    const made = await bundle(folder, ['--config', conf, '--log', log, ...waits, ...only]);
    const { files } = wholeBundle(made.directory);
    expect([...files.keys()]).toEqual(expect.arrayContaining(['railgun.conf.txt', 'log.txt', 'doctor.txt']));
    expect(made.report.facts.stopped).toBeUndefined();
    expect(made.report.facts.result?.state).toBe('handed-over');
    await silent.close();
  });
});

describe('a program that never ends', () => {
  it('is ended, and what it would have said is missing', async () => {
    const programs = join(folder.path, 'bin');
    mkdirSync(programs);
    for (const name of ['mtr', 'traceroute', 'tracepath', 'journalctl', 'memcached', 'openssl', 'curl', 'nginx']) {
      writeFileSync(join(programs, name), '#!/bin/sh\nexec sleep 1000\n', { mode: 0o755 });
    }
    const conf = folder.file('railgun.conf', confText());
    const PATH = `${programs}:${process.env['PATH'] ?? ''}`;
    const kinds = ['configuration', 'versions', 'route', 'log'].flatMap((kind) => ['--only', kind]);
    const words = ['127.0.0.1', '--config', conf, '--timeout', '8', ...kinds];
    const made = await bundle(folder, words, (args) => rgDiag(args, { env: { PATH } }));
    const { files } = wholeBundle(made.directory);
    expect([...files.keys()]).toEqual(expect.arrayContaining(['railgun.conf.txt', 'versions.txt']));
    expect(files.get('versions.txt')?.toString('utf8')).toMatch(/did not end within/);
    expect(made.report.facts.result?.state).toBe('handed-over');
  });
});

describe('logs that are larger together than there is room for', () => {
  const line = `192.0.2.1 - - "GET /page HTTP/1.1" 200 4711 "-" "Mozilla/5.0 (X11; Linux x86_64)"\n`;

  it('are cut, each to its share, with little memory', async () => {
    const logs = [1, 19, 18, 17].map((size) => folder.file(`${size}.log`, line.repeat((size * 1e6) / line.length)));
    const directory = join(folder.path, 'bundle');
    const given = logs.flatMap((path) => ['--origin-log', path]);
    const words = ['bundle', '--dir', directory, '--log-size', '19000000', ...given];
    const { memory } = await measured([...words, '--timeout', '100', ...noChecks]);
    const { files, manifest } = wholeBundle(directory);
    const sizes = [1, 2, 3, 4].map((number) => (files.get(`origin-log-${number}.txt`)?.length ?? 0) / 1e6);
    expect(sizes[0]).toBeCloseTo(1, 1);
    for (const size of sizes.slice(1)) expect(size).toBeGreaterThan(3);
    const cut = manifest.parts.filter(({ state }) => 'cut' in state).map(({ file }) => file);
    expect(cut).toEqual(['origin-log-2.txt', 'origin-log-3.txt', 'origin-log-4.txt']);
    expect(memory).toBeLessThan(mostMemory);
  }, 120_000);

  it('are left out where there is no time to mask them', async () => {
    const log = folder.file('large.log', line.repeat(19e6 / line.length));
    const made = await bundle(folder, ['--origin-log', log, '--log-size', '19000000', '--timeout', '3', ...noChecks]);
    wholeBundle(made.directory);
    expect(partOf(made, 'origin-log-1.txt')).toMatchObject({ state: 'missing', why: expect.stringContaining('time') });
  });
});

describe('a log', () => {
  const args = (...logs: string[]) => {
    const conf = folder.file('railgun.conf', confText());
    return ['--config', conf, ...logs.flatMap((path) => ['--log', path]), ...noChecks];
  };
  const directory = () => join(folder.path, 'bundle');
  const logged = () => wholeBundle(directory()).files.get('log.txt')?.toString('utf8') ?? '';

  it('of 1 GB that others have written too gives its last lines of rg-listener, with little memory', async () => {
    const path = join(folder.path, 'syslog');
    const file = openSync(path, 'w');
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    writeSync(file, logLine(3000, 'Assigned Railgun ID: 1'));
    writeSync(file, logLine(60, 'Assigned Railgun ID: 2'));
    const block = `${at(30)} www nginx[7]: ${'a request, and what became of it; '.repeat(4)}\n`.repeat(6500);
    for (let bytes = 0; bytes < 1_000_000_000; bytes += block.length) writeSync(file, block);
    writeSync(file, logLine(1, 'Assigned Railgun ID: 3'));
    closeSync(file);
    const { exit, stderr, memory } = await measured(['bundle', '--dir', directory(), '--timeout', '60', ...args(path)]);
    expect([exit === 0 || exit === 1, stderr]).toEqual([true, '']);
    expect(logged().match(/ID: \d/g)).toEqual(['ID: 2', 'ID: 3']);
    expect(memory).toBeLessThan(mostMemory);
    // The checks read it, too.
    const whole = ['bundle', '--dir', join(folder.path, 'second'), '--timeout', '60', ...args(path).slice(0, 4)];
    const checked = await measured([...whole, '--skip', 'route', '--skip', 'dns']);
    expect(wholeBundle(join(folder.path, 'second')).files.has('doctor.json')).toBe(true);
    expect(checked.memory).toBeLessThan(mostMemory);
    rmSync(path);
  }, 120_000);

  it('of 1 GB of rg-listener itself is cut to its end, with little memory', async () => {
    const path = join(folder.path, 'syslog');
    const file = openSync(path, 'w');
    const block = logLine(9, 'failed to connect to 192.0.2.1:80 for www.example.com: connection refused').repeat(9000);
    for (let bytes = 0; bytes < 1_000_000_000; bytes += block.length) writeSync(file, block);
    writeSync(file, logLine(1, 'Assigned Railgun ID: 3'));
    closeSync(file);
    const words = ['bundle', '--dir', directory(), '--json', '--timeout', '60', '--log-size', '3000000', ...args(path)];
    const { memory } = await measured(words);
    const text = logged();
    expect(text.length).toBeLessThanOrEqual(3_000_000);
    expect(text.length).toBeGreaterThan(2_900_000);
    expect(text.endsWith('Assigned Railgun ID: 3\n')).toBe(true);
    const part = wholeBundle(directory()).manifest.parts.find((one) => one.file === 'log.txt');
    expect(part?.state).toMatchObject({ cut: expect.stringContaining('MB') });
    expect(memory).toBeLessThan(mostMemory);
    rmSync(path);
  }, 120_000);

  it('of 1 GB of nothing behind its only line has that line', async () => {
    const path = folder.file('syslog', logLine(1, 'Assigned Railgun ID: 1'));
    truncateSync(path, 1_000_000_000);
    const { memory } = await measured(['bundle', '--dir', directory(), '--timeout', '60', ...args(path)]);
    expect(logged().match(/ID: \d/g)).toEqual(['ID: 1']);
    expect(memory).toBeLessThan(mostMemory);
  }, 120_000);

  it('is taken with those that were rotated, the oldest first, compressed or not', async () => {
    const [one, two, three] = [
      folder.file('syslog.2.gz', gzipSync(logLine(300, 'Assigned Railgun ID: 1'))),
      folder.file('syslog.1', logLine(200, 'Assigned Railgun ID: 2')),
      folder.file('syslog', logLine(100, 'Assigned Railgun ID: 3')),
    ];
    await bundle(folder, args(one, two, three));
    expect(logged().match(/ID: \d/g)).toEqual(['ID: 1', 'ID: 2', 'ID: 3']);
  });

  it('that is damaged gives what can be read of it, and says so', async () => {
    const whole = gzipSync(
      Array.from({ length: 5000 }, (_, index) => logLine(5, `Assigned Railgun ID: ${index}`)).join(''),
    );
    const path = folder.file('syslog.1.gz', whole.subarray(0, whole.length - 20));
    const made = await bundle(folder, args(path));
    expect(logged()).toContain('Assigned Railgun ID: 100\n');
    expect(partOf(made, 'log.txt')).toMatchObject({ cut: expect.stringContaining('too early') });
  });

  it('that somebody goes on writing is no reason to wait', async () => {
    const path = join(folder.path, 'syslog');
    const file = openSync(path, 'w');
    ftruncateSync(file, 0);
    writeSync(file, logLine(1, 'Assigned Railgun ID: 1'));
    chmodSync(path, 0o600);
    await bundle(folder, args(path));
    closeSync(file);
    expect(logged()).toContain('ID: 1');
  });
});

describe('an archive of a browser', () => {
  it('that is too large or none is missing, and why', async () => {
    const large = folder.file('large.har', '');
    truncateSync(large, 1_000_000_000);
    const none = folder.file('none.har', '{"password":"hunter2hunter2"');
    const { memory, stdout } = await measured([
      ...['bundle', '--json', '--dir', join(folder.path, 'bundle'), '--har', large],
      '--har',
      none,
      ...noChecks,
    ]);
    const { files, manifest } = wholeBundle(join(folder.path, 'bundle'));
    expect([...files.keys()].filter((name) => name.endsWith('.har'))).toEqual([]);
    const why = manifest.parts.filter(({ kind }) => kind === 'har').map(({ state }) => state);
    expect(why).toMatchObject([
      { state: 'missing', why: expect.stringContaining('MB') },
      { state: 'missing', why: expect.stringContaining('no JSON') },
    ]);
    expect(stdout).not.toContain('hunter2');
    expect(memory).toBeLessThan(mostMemory);
  });
});
