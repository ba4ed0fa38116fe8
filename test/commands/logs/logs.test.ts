import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { LogsFacts } from '../../../src/commands/logs/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { program, type RunOptions, rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-logs-'));
// Readable by the user that a test becomes.
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true }));

const newFolder = () => {
  const folder = mkdtempSync(join(root, 'case-'));
  chmodSync(folder, 0o755);
  return folder;
};

/** A file with so many lines, last written to at that time. */
function file(content: string | Uint8Array, name = 'syslog', writtenAt?: string, folder = newFolder()): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  if (writtenAt !== undefined) utimesSync(path, new Date(writtenAt), new Date(writtenAt));
  return path;
}

/** A run with --json, valid by its schema: its facts, its findings that are not passed, and its exit code. */
async function logs(args: readonly string[], options: RunOptions = {}) {
  const { stdout, stderr, exit } = await rgDiag(['logs', ...args, '--json'], options);
  expect(stderr).toBe('');
  const run = JSON.parse(stdout) as Envelope<LogsFacts>;
  expect(validateRun(run)).toEqual([]);
  expect(run.reports).toHaveLength(1);
  const [report] = run.reports;
  const findings = (report?.findings ?? []).filter(({ status }) => status !== 'pass' && status !== 'skip');
  return {
    exit,
    facts: report?.facts as LogsFacts,
    findings: Object.fromEntries(
      findings.map(({ rule, status, code = '' }) => [rule.split('/')[1], `${status} ${code}`.trim()]),
    ),
    remedies: findings.map(({ remedy }) => remedy).join('\n'),
    json: stdout,
  };
}

const timeout = (host = 'www.example.com', address = '192.0.2.7:443') =>
  `connection failed ${address}/${host}: dial tcp ${address}: i/o timeout`;
const other = (time: string) => `${time} www sshd[17]: Accepted publickey for root from 192.0.2.1 port 22`;
const activated = ['Activation POST completed.', 'Assigned Railgun ID: 1', 'Acquired cert from server'];
const countOf = ({ causes }: LogsFacts, id: string) => causes.find((cause) => cause.id === id)?.count;

describe('a log', () => {
  it.each([
    ['of syslog', (text: string) => `Nov 20 10:00:00 www rg-listener: ${text}`, 'rfc3164'],
    ['of RFC 5424', (text: string) => `<13>1 2026-11-20T10:00:00Z www rg-listener 17 - - ${text}`, 'rfc5424'],
    ['of rsyslog', (text: string) => `2026-11-20T10:00:00.123+00:00 www rg-listener: ${text}#012`, 'iso'],
    [
      'of the journal',
      (text: string) =>
        JSON.stringify({
          __REALTIME_TIMESTAMP: String(Date.parse('2026-11-20T10:00:00Z') * 1000),
          SYSLOG_IDENTIFIER: 'rg-listener',
          MESSAGE: text,
        }),
      'journald',
    ],
    ['of bare lines', (text: string) => text, 'bare'],
  ])('%s is read, from a file, compressed, and from standard input', async (_, lineOf, form) => {
    const content = `${[...activated.map((text) => `[Activation] ${text}`), timeout(), timeout('b.example')].map(lineOf).join('\n')}\n`;
    const [plain, compressed] = [file(content, 'a', '2026-11-20T11:00:00Z'), file(gzipSync(content), 'b')];
    const seen = await Promise.all([
      logs([plain]),
      logs([compressed, '--now', '2026-11-20T11:00:00Z']),
      logs(['-', '--now', '2026-11-20T11:00:00Z'], { input: content }),
      logs(['--now', '2026-11-20T11:00:00Z'], { input: content }),
    ]);
    for (const { exit, facts, findings } of seen) {
      expect(exit).toBe(1);
      expect(findings).toEqual({ 'visitor-errors': 'warn visitor-errors', 'connection-timeout': 'warn timeout' });
      expect(facts).toMatchObject({ lines: 5, recognised: 5, unrecognised: 0, forms: { [form]: 5 } });
      expect(countOf(facts, 'connection-timeout')).toBe(2);
      if (form !== 'bare') expect(facts.last).toMatch(/^2026-11-20T10:00:00/);
    }
    expect(seen[0]?.remedies).toContain('rg-diag probe 192.0.2.7:443');
  });

  it('without an error is ok, and one of an activation that failed is not', async () => {
    const lines = activated.map((text) => `Nov 20 10:00:00 www rg-listener: [Activation] ${text}`);
    const good = await logs([file(`${lines.join('\n')}\n${other('Nov 20 10:00:01')}\n`)]);
    expect(good).toMatchObject({ exit: 0, findings: {}, facts: { recognised: 3, ofOthers: 1 } });
    const failed = 'Error activating: Activation Failed: Invalid or missing railgun token or tag.';
    const bad = await logs([file(`${lines.join('\n')}\nNov 20 10:00:00 www rg-listener: ${failed}\n`)]);
    expect(bad).toMatchObject({ exit: 2, findings: { activation: 'fail activation-failed' } });
    const better = await logs([file(`Nov 20 10:00:00 www rg-listener: ${failed}\n${lines.join('\n')}\n`)]);
    expect(better).toMatchObject({ exit: 0, findings: { activation: 'note' } });
  });

  it('of an activation without its last line has none that succeeded', async () => {
    const lineOf = (text: string) => `Nov 20 10:00:00 www rg-listener: [Activation] ${text}\n`;
    const begun = activated.slice(0, 2).map(lineOf).join('');
    const ends = await logs([file(begun)]);
    expect(ends).toMatchObject({ exit: 0, findings: { activation: 'note' } });
    const later = 'Nov 20 10:05:00 www rg-listener: memcached: connection failed\n';
    const goesOn = await logs([file(begun + later)]);
    expect(goesOn).toMatchObject({ exit: 1, findings: { activation: 'warn activation-failed' } });
    const done = await logs([file(begun + lineOf(activated[2] ?? '') + later)]);
    expect(done.findings).not.toHaveProperty('activation');
    const failed = 'Error activating: Activation Failed: Invalid or missing railgun token or tag.';
    expect(await logs([file(lineOf(failed) + begun + later)])).toMatchObject({
      exit: 2,
      findings: { activation: 'fail activation-failed' },
    });
  });

  it('of two machines of which one failed and one was activated does not say that it is over', async () => {
    const failed = 'Error activating: Activation Failed: Invalid or missing railgun token or tag.';
    const lines = [
      `Nov 20 10:00:00 a rg-listener: ${failed}`,
      ...activated.map((text) => `Nov 20 10:00:01 b rg-listener: [Activation] ${text}`),
    ];
    const { exit, findings, remedies } = await logs([file(`${lines.join('\n')}\n`)]);
    expect({ exit, findings }).toEqual({ exit: 1, findings: { activation: 'warn activation-failed' } });
    expect(remedies).toContain('each machine');
  });

  it('with more errors than allowed warns or fails', async () => {
    const path = file(`${timeout()}\n${timeout()}\n`);
    expect(await logs([path, '-w', '2'])).toMatchObject({ exit: 0, findings: { 'visitor-errors': 'note' } });
    expect(await logs([path, '-w', '1', '-c', '2'])).toMatchObject({ exit: 1 });
    expect(await logs([path, '-c', '1'])).toMatchObject({
      exit: 2,
      findings: { 'visitor-errors': 'fail visitor-errors' },
    });
  });

  it('of several hosts and causes says which, and how often', async () => {
    const lines = [
      ...Array.from({ length: 7 }, () => timeout()),
      timeout('b.example', '192.0.2.8:443'),
      'Error getting page: dial tcp 192.0.2.9:80:connection refused',
      'memcached: connection failed',
      'something that nobody knows',
    ];
    const { facts, findings } = await logs([file(`${lines.join('\n')}\n`)]);
    expect(facts.causes[0]).toMatchObject({ hosts: { 'www.example.com': 7, 'b.example': 1 } });
    expect(facts).toMatchObject({ unrecognised: 1, unrecognisedSamples: [{ line: 11, text: lines[10] }] });
    expect(findings).toMatchObject({
      'page-refused': 'warn connection-refused',
      'memcached-failed': 'warn no-answer',
      unrecognised: 'note',
    });
  });

  it('is looked at from one time to another', async () => {
    const lines = ['08', '09', '10', '11'].map((hour) => `Nov 20 ${hour}:00:00 www rg-listener: ${timeout()}`);
    const path = file(`${lines.join('\n')}\n`, 'syslog', '2026-11-20T12:00:00Z');
    const from = ['--now', '2026-11-20T12:00:00Z'];
    const seen = await logs([path, ...from, '--since', '3h', '--until', '10:30']);
    expect(seen.facts).toMatchObject({ lines: 4, considered: 2, recognised: 2, first: '2026-11-20T09:00:00.000Z' });
    // Nobody wrote anything, which says nothing about rg-listener.
    const none = await logs([path, ...from, '--since', '5m']);
    expect(none).toMatchObject({ exit: 3, findings: { recognised: 'broken no-value' } });
    const today = await logs([path, '--since', '2000-01-01', '--until', 'now']);
    expect(Date.parse(today.facts.asked.until ?? '')).toBeGreaterThan(Date.parse('2026-01-01'));
    // Only the clock tells that it is the wrong way round.
    const turned = await logs([path, '--since', '2999-01-01', '--until', 'now']);
    expect(turned).toMatchObject({ exit: 3, findings: { recognised: 'broken no-value' } });
    expect(turned.remedies).toContain('--since that is earlier');
    const usage = await rgDiag(['logs', path, '--since', 'sometime']);
    expect(usage).toMatchObject({ exit: 64, stdout: '', stderr: expect.stringContaining('is no time') });
  });

  it('is well where others wrote in that time, and rg-listener did not: with log.level = 0 it logs errors only', async () => {
    const lines = [`Nov 20 10:00:00 www rg-listener: ${timeout()}`, other('Nov 20 11:58:00'), other('Nov 20 11:59:00')];
    const path = file(`${lines.join('\n')}\n`, 'syslog', '2026-11-20T12:00:00Z');
    const asked = [path, '--now', '2026-11-20T12:00:00Z', '--since', '5m'];
    expect(await logs(asked)).toMatchObject({ exit: 0, findings: {}, facts: { considered: 2, recognised: 0 } });
    const { stdout, exit } = await rgDiag(['logs', ...asked, '-f', 'nagios']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^RG-DIAG LOGS OK - .*: rg-listener logged nothing in that time/);
    const unknown = file(
      `${lines.join('\n')}\nNov 20 11:59:30 www rg-listener: something new\n`,
      'b',
      '2026-11-20T12:00:00Z',
    );
    expect((await logs([unknown, ...asked.slice(1)])).exit).toBe(3);
    expect((await logs([file(`${other('Nov 20 11:59:00')}\n`, 'c', '2026-11-20T12:00:00Z')])).exit).toBe(3);
  });

  it('has the times of the zone of the process', async () => {
    const path = file(`Nov 20 10:00:00 www rg-listener: ${timeout()}\n`, 'syslog', '2026-11-20T12:00:00Z');
    const { facts } = await logs([path], { env: { TZ: 'Europe/Berlin' } });
    expect(facts.first).toBe('2026-11-20T09:00:00.000Z');
  });

  it('shows no query, no password, and no command that a name would smuggle in', async () => {
    const lines = [
      'Rx [ab18927f79... FnBegin ab18927f79... FnRequest GET http://u:hidden@a.example/p?token=hidden HTTP/1.1 198.51.100.4  ab18927f79... FnData DENone 374   ab18927f79... FnPush]',
      'rg-listener: password=hidden http://b.example/?hidden',
      'rg-listener: sent Authorization: Bearer hidden',
      'rg-listener: Cookie: a=hidden; session=hidden',
      'rg-listener: X-Auth-Key: hidden apikey=hidden token hidden http://b.example/?x="hidden"',
      timeout('$(reboot)', '192.0.2.7:443'),
    ];
    const path = file(`${lines.join('\n')}\n`);
    const { json, remedies } = await logs([path, '--ticket']);
    expect(json).not.toContain('hidden');
    expect(remedies).not.toContain('reboot');
    const verbose = await rgDiag(['logs', path, '-v', '--ticket']);
    expect(verbose.stdout).not.toContain('hidden');
    // The address of a visitor goes to nobody else.
    const { stdout } = await rgDiag(['logs', path, '--ticket']);
    expect(stdout).not.toContain('198.51.100.4');
  });
});

describe('several files are one log', () => {
  const folder = newFolder();
  const lineAt = (time: string, host: string) => `${time} www rg-listener: ${timeout(host)}\n`;
  const rotated = [
    file(lineAt('Nov 20 10:00:00', 'c.example'), 'syslog', '2026-11-20T10:00:00Z', folder),
    file(
      other('Nov 19 10:00:00').concat('\n', lineAt('Nov 19 10:00:01', 'b.example')),
      'syslog.1',
      '2026-11-19T10:00:01Z',
      folder,
    ),
    file(gzipSync(lineAt('Nov 18 10:00:00', 'a.example')), 'syslog.2.gz', '2026-11-18T10:00:00Z', folder),
  ];

  it('in the order of their times, however they are given', async () => {
    for (const paths of [rotated, rotated.toReversed(), [rotated[1], rotated[0], rotated[2]]]) {
      const { facts } = await logs(paths as string[]);
      expect(facts.files.map(({ path }) => path)).toEqual(rotated.toReversed());
      expect(facts).toMatchObject({
        recognised: 3,
        first: '2026-11-18T10:00:00.000Z',
        last: '2026-11-20T10:00:00.000Z',
      });
      expect(facts.causes[0]?.sample).toMatchObject({ file: rotated[0], line: 1 });
    }
  });

  it('over New Year, without a year in any line', async () => {
    const folder = newFolder();
    const december = file(lineAt('Dec 31 23:59:59', 'a.example'), 'syslog.1', '2026-12-31T23:59:59Z', folder);
    const both = file(
      lineAt('Dec 31 23:59:58', 'a.example') + lineAt('Jan  1 00:00:01', 'a.example'),
      'syslog',
      '2027-01-01T00:00:02Z',
      folder,
    );
    const { facts } = await logs([december, both, '--now', '2027-06-01']);
    expect(facts).toMatchObject({ first: '2026-12-31T23:59:58.000Z', last: '2027-01-01T00:00:01.000Z' });
  });

  it('and the way of a request may lead from one to the next', async () => {
    const folder = newFolder();
    const id = 'ab18927f79';
    const at = (time: string, text: string) => `${time} www railgun[199.27.130.135:22114]: ${id}... ${text}\n`;
    const first = file(
      at('Nov 20 10:00:00', 'GET http://a.example/ HTTP/1.1 192.0.2.1 []') +
        at('Nov 20 10:00:01', 'Starting connection to LAN'),
      'syslog.1',
      '2026-11-20T10:00:02Z',
      folder,
    );
    const second = file(
      at('Nov 20 10:00:03', 'connected to 192.0.43.10:80') +
        at('Nov 20 10:00:04', 'completed (0 body bytes in 4.001572 seconds/0)'),
      'syslog',
      '2026-11-20T10:00:05Z',
      folder,
    );
    const { facts } = await logs([second, first]);
    expect(facts.requests).toMatchObject({ begun: 1, completed: 1, silent: 0 });
    expect(facts.requests?.slowest[0]?.phases.map(({ at }) => at?.slice(17, 19))).toEqual(['00', '01', '03', '04']);
  });

  it('of which one that cannot be read does not stop the others', async () => {
    const missing = join(folder, 'missing');
    const seen = await logs([missing, folder, ...rotated]);
    expect(seen.exit).toBe(3);
    expect(seen.findings).toMatchObject({ readable: 'broken file-not-found' });
    expect(seen.facts.recognised).toBe(3);
    expect(seen.facts.files.slice(3)).toMatchObject([
      { path: missing, failure: { code: 'file-not-found' } },
      { path: folder, failure: { code: 'not-a-file' } },
    ]);
  });

  it('of which one may be forbidden: the remedy names the group', async () => {
    const path = file(`${timeout()}\n`);
    chmodSync(path, 0o600);
    const child = spawn(program, ['logs', path, ...rotated, '--json'], {
      env: { PATH: process.env['PATH'], HOME: '/', TZ: 'UTC' },
      ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
    });
    if (process.getuid?.() !== 0) chmodSync(path, 0o000);
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    const [exit] = await once(child, 'close');
    const run = JSON.parse(stdout) as Envelope<LogsFacts>;
    expect(exit).toBe(3);
    const finding = run.reports[0]?.findings.find(({ rule }) => rule === 'logs/readable');
    expect(finding).toMatchObject({ status: 'broken', code: 'permission-denied' });
    expect(finding?.remedy).toMatch(/sudo.*adm.*systemd-journal/);
    expect(run.reports[0]?.facts.recognised).toBe(3);
  });
});

describe('requests with log.level = 5', () => {
  const id = 'ab18927f79';
  const edge = 'www railgun[199.27.130.135:22114]:';
  const way = [
    `Rx [${id}... FnBegin ${id}... FnRequest GET http://www.example.com/page?x=1 HTTP/1.1 188.165.194.208  ${id}... FnData DENone 374   ${id}... FnPush]`,
    `${id}... Starting connection to LAN`,
    `${id}... connected to 192.0.43.10:80`,
    `${id}... Request sent to server`,
    `${id}... waiting for response`,
  ].map((text, second) => `Nov 20 10:00:0${second} ${edge} ${text}`);

  it('that hang say where, and for how long', async () => {
    const path = file(`${way.join('\n')}\nNov 20 10:05:04 ${edge} Handling new WAN connection\n`);
    const { exit, findings, facts } = await logs([path]);
    expect(exit).toBe(1);
    expect(findings).toEqual({ 'hung-requests': 'warn request-hung', 'debug-logging': 'note' });
    expect(facts.requests?.silentSamples[0]).toMatchObject({ host: 'www.example.com', silentSeconds: 300 });
    const { stdout } = await rgDiag(['logs', path]);
    expect(stdout).toContain('1 waiting for the origin’s answer');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '2026-11-20 10:00:00 accepted; +1 s connecting; +2 s connected; +3 s sent; +4 s waiting; then nothing, and the log goes on for 5 min',
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('that nobody turned off for hours warn', async () => {
    const lines = Array.from({ length: 1200 }, (_, n) => {
      const time = new Date(Date.parse('2026-11-20T08:00:00Z') + n * 5000).toISOString().slice(11, 19);
      return `Nov 20 ${time} ${edge} Transmit time: 48us`;
    });
    const { exit, findings } = await logs([file(`${lines.join('\n')}\n`)]);
    expect({ exit, findings }).toEqual({ exit: 1, findings: { 'debug-logging': 'warn debug-logging' } });
  });

  it('and slow ones say so', async () => {
    const done = `Nov 20 10:00:29 ${edge} ${id}... completed (0 body bytes in 28.5 seconds/0)`;
    const { exit, findings } = await logs([file(`${way.join('\n')}\n${done}\n`)]);
    expect({ exit, findings }).toEqual({
      exit: 1,
      findings: { 'slow-origin': 'warn too-slow', 'debug-logging': 'note' },
    });
  });

  it('wait as long as lan.timeout says', async () => {
    const path = file(`${way.join('\n')}\nNov 20 10:01:04 ${edge} Handling new WAN connection\n`);
    const patient = await logs([path, '--lan-timeout', '61']);
    expect(patient).toMatchObject({ exit: 0, facts: { asked: { lanTimeout: 61 }, requests: { underWay: 1 } } });
    const { exit, stdout } = await rgDiag(['logs', path, '--lan-timeout', '60']);
    expect(exit).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '1 request went no further (lan.timeout is 60 s by --lan-timeout)',
    );
  });

  it('show by the pings of the edge that the zone is another one', async () => {
    const ping = `Nov 20 11:00:01 ${edge} Rx [0000000000... FnPing 2026-11-20 10:00:00.872617 +0000 UTC]`;
    const path = file(`${ping}\n`, 'syslog', '2026-11-20T12:00:00Z');
    expect((await logs([path])).findings).toMatchObject({ clock: 'note' });
    expect((await logs([path], { env: { TZ: 'Europe/Berlin' } })).findings).not.toHaveProperty('clock');
  });
});

describe('what is no log of rg-listener', () => {
  it.each([
    ['nothing', ''],
    ['lines of others', `${other('Nov 20 10:00:00')}\n`],
    ['a web server’s log', '192.0.2.1 - - [20/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 17\n'],
    ['bytes', Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * 7919 + (n >> 3)) % 256))],
    ['a file of the journal', Buffer.concat([Buffer.from('LPKSHHRH'), Buffer.alloc(2000, 1)])],
  ])('%s is unknown, never ok', async (_, content) => {
    const { exit, findings } = await logs([file(content)]);
    expect(exit).toBe(3);
    expect(findings).toMatchObject({ recognised: 'broken no-value' });
  });

  it('may be lines of rg-listener that nobody knows: it is not told to look elsewhere', async () => {
    const lines = ['one', 'two', 'three'].map((what) => `Nov 20 10:00:00 www rg-listener[77]: something ${what}`);
    const { exit, findings, remedies } = await logs([file(`${lines.join('\n')}\n`)]);
    expect(exit).toBe(3);
    expect(findings).toEqual({ recognised: 'broken no-value', unrecognised: 'note' });
    expect(remedies).not.toContain('/var/log/syslog');
  });

  it('may have it in the midst of bytes', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256));
    const content = Buffer.concat([noise, Buffer.from(`\n${timeout()}\r\n`), Buffer.alloc(1000), Buffer.from('\n')]);
    const { facts } = await logs([file(content)]);
    expect(countOf(facts, 'connection-timeout')).toBe(1);
  });
});

describe('what is read', () => {
  it('may be cut off in the middle of its compressed data: what is there counts', async () => {
    const whole = gzipSync(
      Array.from({ length: 5000 }, (_, n) => `${timeout(`h${(n * 7919) % 997}.example`)}\n`).join(''),
    );
    const { exit, facts, findings } = await logs([file(whole.subarray(0, whole.length - 3000))]);
    expect(exit).toBe(3);
    expect(findings).toMatchObject({ readable: 'broken truncated-input' });
    expect(facts.recognised).toBeGreaterThan(100);
  });

  it('may be a FIFO, whose writer comes late', async () => {
    const path = join(newFolder(), 'fifo');
    execFileSync('mkfifo', [path]);
    const running = logs([path]);
    createWriteStream(path).end(`${timeout()}\n`);
    expect((await running).facts).toMatchObject({ lines: 1, recognised: 1 });
  });

  it('ends at the deadline where standard input does not, with what came by then', async () => {
    const child = spawn(program, ['logs', '-', '--timeout', '2', '--json'], { env: { PATH: process.env['PATH'] } });
    child.stdin.write(`${timeout()}\n`);
    child.stdin.on('error', () => undefined);
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    const [exit] = await once(child, 'close');
    expect(exit).toBe(2);
    const run = JSON.parse(stdout) as Envelope<LogsFacts>;
    expect(run.reports[0]?.facts).toMatchObject({ stopped: { code: 'timeout' }, recognised: 1 });
  });

  it('need not exist, and a directory says what to name', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'logs'));
    expect(await logs([join(folder, 'none')])).toMatchObject({
      exit: 3,
      findings: { readable: 'broken file-not-found' },
    });
    const directory = await logs([join(folder, 'logs')]);
    expect(directory).toMatchObject({ exit: 3, findings: { readable: 'broken not-a-file' } });
    expect(directory.remedies).toContain('Name the files in a directory');
  });
});

describe('every format', () => {
  const path = file(
    `Nov 20 10:00:00 www rg-listener: ${timeout()}\nNov 20 10:30:00 www rg-listener: ${timeout('b.example')}\n`,
    'syslog',
    '2026-11-20T12:00:00Z',
  );

  it('says it: text', async () => {
    const { stdout, stderr, exit } = await rgDiag(['logs', path]);
    expect([exit, stderr]).toEqual([1, '']);
    expect(stdout).toContain('connection-timeout');
    expect(stdout.split('\n')[2]).toContain('2 errors that visitors saw, all connection-timeout of');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('visitors get 527 (502 before 5.3.0)');
    expect(stdout).toMatch(/→ On the machine of rg-listener: rg-diag probe 192\.0\.2\.7:443/);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('says it: nagios, prometheus, ndjson', async () => {
    const nagios = await rgDiag(['logs', path, '-f', 'nagios', '-c', '5']);
    expect(nagios.exit).toBe(1);
    expect(nagios.stdout).toMatch(/^RG-DIAG LOGS WARNING - .*visitors saw 2 errors.*railgun_log_visitor_errors=2;0;5/);
    const prometheus = await rgDiag(['logs', path, '-f', 'prometheus']);
    expect(prometheus.stdout).toMatch(/^rg_diag_railgun_log_cause_lines\{.*cause="connection-timeout".*\} 2$/m);
    const ndjson = await rgDiag(['logs', path, '-f', 'ndjson']);
    expect(
      ndjson.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).kind),
    ).toEqual(['report', 'run']);
  });
});
