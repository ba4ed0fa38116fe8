import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LogsFacts } from '../../../src/commands/logs/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { program, type RunOptions, rgDiag } from '../../cli/run.js';
import { type JournalEntry, journalOf } from '../../journal/journal-file.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-logs-journal-'));
// Readable by the user that a test becomes.
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true }));
const newFolder = () => mkdtempSync(join(root, 'case-'));
const journal = (entries: readonly JournalEntry[]) => journalOf(join(newFolder(), 'journal'), entries);

const entry = (at: string, message = 'memcached: connection failed', tag = 'rg-listener'): JournalEntry => ({
  at: `2026-11-20T${at}Z`,
  tag,
  message,
});
const timeout = 'connection failed 192.0.2.7:443/www.example.com: dial tcp 192.0.2.7:443: i/o timeout';

async function logs(args: readonly string[], options: RunOptions = {}) {
  const now = ['--now', '2026-11-20T12:00:00Z'];
  const { stdout, exit } = await rgDiag(['logs', ...args, ...now, '--json'], options);
  const [report] = (JSON.parse(stdout) as Envelope<LogsFacts>).reports;
  const findings = (report?.findings ?? []).filter(({ status }) => status !== 'pass' && status !== 'skip');
  return {
    exit,
    target: report?.target,
    facts: report?.facts as LogsFacts,
    findings: Object.fromEntries(findings.map(({ rule, status, code = '' }) => [rule, `${status} ${code}`.trim()])),
    remedies: findings.map(({ remedy }) => remedy).join('\n'),
  };
}

describe('the journal', () => {
  it('is read for what rg-listener logged, by either of its names, and for nothing else', async () => {
    const directory = journal([
      entry('10:00:00'),
      entry('10:00:01', 'Accepted publickey for root', 'sshd'),
      entry('10:00:02', timeout, 'railgun'),
    ]);
    const { exit, target, facts } = await logs(['--journal-dir', directory]);
    expect({ exit, target }).toEqual({ exit: 1, target: `journal of ${directory}` });
    expect(facts).toMatchObject({ lines: 2, recognised: 2, ofOthers: 0, forms: { journald: 2 } });
    expect(facts.files).toEqual([{ path: `journal of ${directory}`, lines: 2 }]);
    expect(facts.causes.map(({ id }) => id)).toContain('connection-timeout');
  });

  it('of a time has no more than was asked for', async () => {
    const directory = journal([entry('09:00:00'), entry('11:30:00', timeout), entry('11:59:00')]);
    const { facts } = await logs(['--journal-dir', directory, '--since', '1h', '--until', '5m']);
    expect(facts).toMatchObject({ lines: 1, considered: 1, first: '2026-11-20T11:30:00.000Z' });
  });

  it('in which only others wrote is well where a time was asked for, and else unknown', async () => {
    const directory = journal([entry('10:00:00'), entry('11:59:00', 'hello', 'sshd')]);
    const quiet = await logs(['--journal-dir', directory, '--since', '1h']);
    expect(quiet).toMatchObject({ exit: 0, findings: {}, facts: { lines: 1, ofOthers: 1 } });
    const others = await logs(['--journal-dir', journal([entry('11:59:00', 'hello', 'sshd')])]);
    expect(others).toMatchObject({ exit: 3, findings: { 'logs/recognised': 'broken no-value' } });
  });

  it('in which nobody wrote is unknown', async () => {
    const empty = await logs(['--journal-dir', newFolder()]);
    expect(empty).toMatchObject({ exit: 3, findings: { 'logs/recognised': 'broken no-value' }, facts: { lines: 0 } });
    const before = await logs(['--journal-dir', journal([entry('10:00:00')]), '--since', '1h']);
    expect(before).toMatchObject({ exit: 3, facts: { lines: 0 } });
  });

  it('and files are one log, in the order of their times', async () => {
    const folder = newFolder();
    const [early, late] = ['early', 'late'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(early, '2026-11-20T08:00:00Z www rg-listener: memcached: connection failed\n');
    writeFileSync(late, '2026-11-20T11:00:00Z www rg-listener: memcached: connection failed\n');
    const directory = journal([entry('10:00:00')]);
    const { facts, target } = await logs([late, early, '--journal-dir', directory]);
    expect(facts.files.map(({ path }) => path)).toEqual([early, `journal of ${directory}`, late]);
    expect(facts).toMatchObject({ recognised: 3, first: '2026-11-20T08:00:00.000Z', last: '2026-11-20T11:00:00.000Z' });
    expect(target).toBe(`journal of ${directory}, ${late}, ${early}`);
  });

  it('that cannot be read is a failure of its own, and does not stop the files', async () => {
    const folder = newFolder();
    const nowhere = await logs(['--journal-dir', join(folder, 'nowhere')]);
    expect(nowhere).toMatchObject({ exit: 3, findings: { 'logs/readable': 'broken file-not-found' } });
    const file = join(folder, 'journal');
    writeFileSync(file, '2026-11-20T08:00:00Z www rg-listener: memcached: connection failed\n');
    const without = await logs(['--journal', 'journal'], { cwd: folder, env: { PATH: noJournalctl() } });
    expect(without.findings).toMatchObject({ 'logs/readable': 'broken program-not-found' });
    expect(without.facts.files).toMatchObject([
      { path: './journal', lines: 1 },
      { path: 'journal', lines: 0, failure: { code: 'program-not-found' } },
    ]);
    expect(without.remedies).toContain('journalctl');
  });

  it('that may not be read is a failure', async () => {
    const directory = journal([entry('10:00:00')]);
    for (let folder = directory; folder !== root; folder = dirname(folder)) chmodSync(folder, 0o755);
    chmodSync(join(directory, 'system.journal'), 0o600);
    // Root may read everything.
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) chmodSync(join(directory, 'system.journal'), 0o000);
    const { stdout } = spawnSync(program, ['logs', '--journal-dir', directory, '--json'], {
      encoding: 'utf8',
      ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
    });
    const [report] = (JSON.parse(stdout) as Envelope<LogsFacts>).reports;
    expect(report?.verdict).toBe('unknown');
    expect(report?.facts.files).toMatchObject([{ lines: 0, failure: { code: 'permission-denied' } }]);
  });

  it('that is never at its end is left at the deadline, and what came by then is counted', async () => {
    const { findings, facts } = await logs(['--journal', '--timeout', '1'], {
      env: { PATH: `${hinting('', 'exec sleep 1000')}:${process.env['PATH']}` },
    });
    expect(findings).toMatchObject({ 'logs/finished': 'fail timeout' });
    expect(facts.files).toEqual([{ path: 'journal', lines: 1 }]);
  });

  it('that not everybody may read says so, and what could be read is counted', async () => {
    const hint = 'Hint: You are currently not seeing messages from other users and the system.';
    const { exit, findings, facts, remedies } = await logs(['--journal'], {
      env: { PATH: `${hinting(hint)}:${process.env['PATH']}` },
    });
    expect(exit).toBe(3);
    expect(findings).toMatchObject({ 'logs/readable': 'broken permission-denied' });
    expect(facts.files).toMatchObject([{ path: 'journal', lines: 1, failure: { code: 'permission-denied' } }]);
    expect(remedies).toContain('systemd-journal');
  });
});

/** A PATH with node, which the program is run by, and nothing else. */
function noJournalctl(): string {
  const folder = newFolder();
  const node = join(folder, 'node');
  writeFileSync(node, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  chmodSync(node, 0o755);
  return folder;
}

/** A PATH with a journalctl that prints one entry of rg-listener and a hint, as a real one does on another machine. */
function hinting(hint: string, then = ''): string {
  const folder = newFolder();
  const line =
    '{"__REALTIME_TIMESTAMP":"1795168800000000","SYSLOG_IDENTIFIER":"railgun","MESSAGE":"memcached: connection failed"}';
  writeFileSync(join(folder, 'journalctl'), `#!/bin/sh\necho '${line}'; echo '${hint}' >&2\n${then}\n`);
  chmodSync(join(folder, 'journalctl'), 0o755);
  return folder;
}
