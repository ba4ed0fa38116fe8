import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { program, rgDiag } from '../../cli/run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A PATH with Node and these programs of shell, which are what a broken installation or an attacker may have put there. */
function pathOf(programs: Readonly<Record<string, string>>): { env: { PATH: string }; path: string } {
  const path = mkdtempSync(join(folder, 'path-'));
  symlinkSync(process.execPath, join(path, 'node'));
  symlinkSync('/usr/bin/env', join(path, 'env'));
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(path, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${body}\n`);
    chmodSync(join(path, name), 0o755);
  }
  return { env: { PATH: path }, path };
}

const mtr = (body: string) => `[ "$1" = --version ] && { echo mtr 0.95; exit; }\n${body}`;

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const facts = (stdout: string) => JSON.parse(stdout).reports[0].facts;

it.each([
  ['is silent', 'while :; do sleep 1; done'],
  ['ignores that it should end', 'trap "" TERM\nwhile :; do sleep 1; done'],
  ['floods', 'trap "" TERM\nwhile :; do echo "x 0 1"; done'],
])('a program that never ends and %s is ended in time, with what it started', async (_, body) => {
  const note = join(mkdtempSync(join(folder, 'note-')), 'pids');
  const start = `sh -c 'trap "" TERM; while :; do sleep 1; done' &\necho $! $$ > ${note}\n${body}`;
  const { env } = pathOf({ mtr: mtr(start) });
  const started = performance.now();
  const { stdout, stderr, exit } = await rgDiag(['route', '127.0.0.1', '--json', '--timeout', '2'], { env });
  expect(performance.now() - started).toBeLessThan(2000 + 2000);
  expect(stderr).toBe('');
  expect(exit).toBeGreaterThan(0);
  expect(JSON.parse(stdout).reports).toHaveLength(1);
  const pids = readFileSync(note, 'utf8').trim().split(' ').map(Number);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

it('Ctrl-C ends the program too, and what it had printed counts', async () => {
  const note = join(mkdtempSync(join(folder, 'note-')), 'pid');
  const { env } = pathOf({
    mtr: mtr(`printf 'x 0 1\\nh 0 192.0.2.1\\np 0 50 1\\n'\necho $$ > ${note}\nexec sleep 30`),
  });
  const child = spawn(program, ['route', '127.0.0.1', '--json'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const ended = once(child, 'close');
  await expect.poll(() => existsSync(note) && readFileSync(note, 'utf8') !== '', { timeout: 10_000 }).toBe(true);
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(facts(stdout)).toMatchObject({ kind: 'route', hops: [{ ttl: 1 }], cut: { code: 'interrupted' } });
  const pid = Number(readFileSync(note, 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it('a program that hangs when it is asked for its version is used all the same', async () => {
  const { env } = pathOf({
    mtr: '[ "$1" = --version ] && exec sleep 30\nprintf "x 0 1\\nh 0 127.0.0.1\\np 0 50 1\\n"',
  });
  const { stdout, exit } = await rgDiag(['route', '127.0.0.1', '--json'], { env });
  expect(facts(stdout)).toMatchObject({ reached: true, tool: { name: 'mtr' } });
  expect(facts(stdout).tool).not.toHaveProperty('version');
  expect(exit).toBe(0);
});

it('a program that prints something else is not believed, and the next one is used', async () => {
  const { env } = pathOf({
    mtr: mtr('echo "mtr: this is something else"'),
    traceroute: 'echo "traceroute to here"; echo " 1  127.0.0.1  0.05 ms"',
  });
  const { stdout, exit } = await rgDiag(['route', '127.0.0.1', '--json', '--protocol', 'udp'], { env });
  expect(facts(stdout)).toMatchObject({ reached: true, tool: { name: 'traceroute' }, tried: [] });
  expect(exit).toBe(0);
  const auto = await rgDiag(['route', '127.0.0.1', '--json'], { env });
  expect(facts(auto.stdout).tried).toMatchObject([
    { tool: 'mtr', protocol: 'tcp', failure: { code: 'malformed', step: 'decode' } },
    { tool: 'traceroute', protocol: 'tcp', failure: { code: 'protocol-unavailable' } },
    { tool: 'mtr', protocol: 'icmp', failure: { code: 'malformed' } },
  ]);
});

it('a program that fails says why, and nothing is known of the way', async () => {
  const { env, path } = pathOf({ mtr: mtr('echo "mtr: out of order" >&2; exit 1') });
  const { stdout, exit } = await rgDiag(['route', '127.0.0.1', '--json', '--tool', 'mtr', '--protocol', 'tcp'], {
    env,
  });
  expect(facts(stdout)).toMatchObject({
    kind: 'failed',
    failure: { code: 'program-failed', detail: `${path}/mtr ended with status 1: mtr: out of order` },
  });
  expect(exit).toBe(3);
});

it('nothing that a program prints reaches a terminal as it is', async () => {
  const name = 'evil\\033[31m\\342\\200\\256name';
  const { env } = pathOf({ mtr: mtr(`printf 'x 0 1\\nh 0 127.0.0.1\\nd 0 ${name}\\np 0 50 1\\n'`) });
  const words = ['route', '127.0.0.1', '--names', '--verbose', '--ticket', '--color', 'never'];
  const { stdout } = await rgDiag(words, { env });
  expect(stdout).toContain('evil\\x1b[31m\\u202ename');
  for (const unsafe of ['\u001b', '\u202e']) expect(stdout).not.toContain(unsafe);
});

it('a program is not told to do anything else by the environment', async () => {
  const { env } = pathOf({ mtr: mtr('echo "$MTR_OPTIONS $LC_ALL" >&2; exit 1') });
  const options = { env: { ...env, MTR_OPTIONS: '--report', LC_ALL: 'de_DE.UTF-8' } };
  const { stdout } = await rgDiag(['route', '127.0.0.1', '--json', '--protocol', 'tcp'], options);
  expect(facts(stdout).tried[0].failure.detail).toMatch(/status 1: C$/);
});

it('a file of targets is looked at line by line, and what is no target is said', async () => {
  const { env } = pathOf({ mtr: mtr('printf "x 0 1\\nh 0 127.0.0.1\\np 0 50 1\\n"') });
  const { stdout, exit } = await rgDiag(['route', '--targets', '-', '--json'], { env, input: '127.0.0.1:80\n-x\n' });
  expect(
    JSON.parse(stdout).reports.map(({ target, verdict }: { target: string; verdict: string }) => [target, verdict]),
  ).toEqual([
    ['-x', 'unknown'],
    ['127.0.0.1:80', 'ok'],
  ]);
  expect(exit).toBe(3);
});

it('its numbers are metrics in base units', async () => {
  const { env } = pathOf({ mtr: mtr('printf "x 0 1\\nh 0 127.0.0.1\\np 0 50 1\\nx 0 2\\n"') });
  const { stdout } = await rgDiag(['route', '127.0.0.1', '-f', 'prometheus'], { env });
  expect(stdout).toMatch(/^rg_diag_route_loss_ratio\{.*\} 0\.5$/m);
  expect(stdout).toMatch(/^rg_diag_route_rtt_seconds\{.*statistic="best".*\} (0\.00005|5e-05)$/m);
  expect(stdout).toMatch(/^rg_diag_route_hops\{.*\} 1$/m);
});
