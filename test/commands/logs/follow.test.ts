import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { LogsFacts } from '../../../src/commands/logs/facts.js';
import type { Report, Run } from '../../../src/model/report.js';
import { program } from '../../cli/run.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-logs-follow-'));
afterAll(() => rmSync(root, { recursive: true }));

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

const newPath = () => join(mkdtempSync(join(root, 'case-')), 'syslog');
const line = (host: string) => `connection failed 192.0.2.7:443/${host}: dial tcp 192.0.2.7:443: i/o timeout\n`;
const other = 'Nov 20 10:00:00 www sshd[17]: Accepted publickey for root\n';

type Said = Report<LogsFacts> | Run;

/** A run that follows, and reports as soon as there is something. */
function following(...args: string[]) {
  const child = spawn(program, ['logs', '--follow', '--interval', '0.2', '-f', 'ndjson', ...args], {
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Said> => JSON.parse((await lines.next()).value) as Said;
  return {
    /** The facts of the next report. */
    async facts(): Promise<LogsFacts> {
      const said = await next();
      return 'facts' in said ? said.facts : expect.fail('the run has ended');
    },
    /** Reads on until so many hosts have been seen, and returns how often each. */
    async hosts(count: number): Promise<Record<string, number>> {
      const seen: Record<string, number> = {};
      while (Object.keys(seen).length < count) {
        for (const { hosts } of (await this.facts()).causes) {
          for (const [host, times] of Object.entries(hosts)) seen[host] = (seen[host] ?? 0) + times;
        }
      }
      return seen;
    },
    /** Ends it, and returns what the whole run came to. */
    async end(): Promise<{ exit: number | null; last: Said }> {
      child.kill('SIGINT');
      let last = await next();
      while ('facts' in last) last = await next();
      const [exit] = child.exitCode === null ? ((await once(child, 'close')) as [number]) : [child.exitCode];
      return { exit, last };
    },
    child,
    next,
  };
}

describe('a log that is followed', () => {
  it('is reported as it is, then each time something is added', async () => {
    const path = newPath();
    writeFileSync(path, other + line('a.example'));
    const run = following(path);
    const first = await run.facts();
    expect(first).toMatchObject({ followed: 'first', lines: 2, recognised: 1, ofOthers: 1 });
    appendFileSync(path, other);
    appendFileSync(path, line('b.example') + line('c.example'));
    const { 'b.example': b, 'c.example': c, ...rest } = await run.hosts(2);
    expect([b, c, rest]).toEqual([1, 1, {}]);
    appendFileSync(path, 'something new of nobody\n');
    const added = await run.facts();
    expect(added).toMatchObject({ followed: 'added', lines: 1, recognised: 0, unrecognised: 1 });
    // Counted from the beginning of the file.
    expect(added.unrecognisedSamples[0]?.line).toBe(6);
    const { exit, last } = await run.end();
    expect(exit).toBe(130);
    expect(last).toMatchObject({ kind: 'run' });
  });

  it('is followed when it is renamed and made anew, and when it is cut to nothing', async () => {
    const path = newPath();
    writeFileSync(path, line('a.example'));
    const run = following(path);
    expect(await run.hosts(1)).toEqual({ 'a.example': 1 });
    appendFileSync(path, line('b.example'));
    renameSync(path, `${path}.1`);
    writeFileSync(path, line('c.example'));
    expect(await run.hosts(2)).toEqual({ 'b.example': 1, 'c.example': 1 });
    copyFileSync(path, `${path}.2`);
    truncateSync(path);
    appendFileSync(path, line('d.example') + line('e.example'));
    expect(await run.hosts(2)).toEqual({ 'd.example': 1, 'e.example': 1 });
    await run.end();
  });

  it('may come later, and compressed ones are read once', async () => {
    const path = newPath();
    const old = `${path}.1.gz`;
    writeFileSync(old, gzipSync(line('a.example')));
    const run = following(path, old);
    const first = await run.facts();
    expect(first.causes[0]?.hosts).toEqual({ 'a.example': 1 });
    expect(first.files).toMatchObject([{ path, failure: { code: 'file-not-found' } }, { path: old }]);
    writeFileSync(path, line('b.example'));
    expect(await run.hosts(1)).toEqual({ 'b.example': 1 });
    await run.end();
  });

  it('has a request that hangs while it is followed', async () => {
    const path = newPath();
    const at = (second: number, text: string) =>
      `2026-11-20T10:00:${String(second).padStart(2, '0')}Z www railgun[199.27.130.135:2211]: ${text}\n`;
    writeFileSync(path, at(0, 'ab18927f79... Starting connection to LAN'));
    const run = following(path);
    expect((await run.facts()).requests).toMatchObject({ underWay: 1, silent: 0 });
    appendFileSync(path, at(40, 'Handling new WAN connection'));
    expect((await run.facts()).requests).toMatchObject({ underWay: 0, silent: 1, silentPhases: { connecting: 1 } });
    await run.end();
  });
});

describe('while rg-listener writes nothing', () => {
  const begun = (id: string) =>
    `2026-11-20T10:00:00Z www railgun[199.27.130.135:2211]: ${id}... Starting connection to LAN\n`;

  it.each([
    ['other programs do', other],
    ['nobody does', ''],
  ])('and %s, a request is said to hang, once', async (_, added) => {
    const path = newPath();
    writeFileSync(path, begun('ab18927f79'));
    const run = following('--lan-timeout', '1', path);
    const first = await run.facts();
    expect(first).toMatchObject({ asked: { lanTimeout: 1 }, requests: { underWay: 1, silent: 0 } });
    appendFileSync(path, added);
    const hung = await run.facts();
    expect(hung).toMatchObject({
      recognised: 0,
      requests: { underWay: 0, silent: 1, silentPhases: { connecting: 1 } },
    });
    appendFileSync(path, begun('cd18927f79'));
    expect((await run.facts()).requests).toMatchObject({ underWay: 1, silent: 0 });
    await run.end();
  });
});

describe('the end', () => {
  it('has what was written just before it', async () => {
    const path = newPath();
    writeFileSync(path, line('a.example'));
    const run = following(path);
    expect(await run.hosts(1)).toEqual({ 'a.example': 1 });
    appendFileSync(path, line('b.example'));
    run.child.kill('SIGINT');
    expect(await run.hosts(1)).toEqual({ 'b.example': 1 });
    expect(await run.next()).toMatchObject({ kind: 'run' });
  });

  it('at the deadline is no failure, and what is without a line end still counts', async () => {
    const path = newPath();
    writeFileSync(path, `${line('a.example')}${line('b.example').trimEnd()}`);
    const run = following(path, '--timeout', '3', '-w', '10');
    expect(await run.hosts(2)).toEqual({ 'a.example': 1, 'b.example': 1 });
    expect(await run.next()).toMatchObject({ kind: 'run', verdict: 'ok', exitCode: 0 });
  });

  it.each([
    ['a file that never comes', undefined],
    ['a log without a line of rg-listener', other],
  ])('of %s is unknown, never ok', async (_, content) => {
    const path = newPath();
    if (content !== undefined) writeFileSync(path, content);
    const run = following(path, '--timeout', '2');
    let said = await run.next();
    let last: LogsFacts | undefined;
    while ('facts' in said) {
      last = said.facts;
      said = await run.next();
    }
    expect(last).toMatchObject({ followed: 'end', recognised: 0 });
    expect(said).toMatchObject({ kind: 'run', verdict: 'unknown', exitCode: 3 });
  });
});
