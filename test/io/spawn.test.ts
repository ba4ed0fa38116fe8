import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createDeadline } from '../../src/io/deadline.js';
import { findProgram, type ProgramRun, runProgram } from '../../src/io/spawn.js';
import { bundled } from '../netns/bundled.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-spawn-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const never = new AbortController().signal;

/** A program of shell under a name of its own. */
function script(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const run = (path: string, options: Partial<ProgramRun> = {}) =>
  runProgram({ path, args: [], limits: { signal: never, seconds: 20 }, ...options });

/** Whether a process is there, and no mere entry that nobody has waited for. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a program', () => {
  it('gets its words as they are, an empty input, and the language C', async () => {
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
    vi.stubEnv('MTR_OPTIONS', '--report');
    const path = script('words', 'printf "%s|" "$@"; cat; echo "$LC_ALL"; env | grep MTR_; echo why >&2');
    const ran = await run(path, { args: ['a b', '$HOME', '*', ';id'], without: ['MTR_OPTIONS'] });
    expect(ran).toMatchObject({ ok: true, value: { stdout: 'a b|$HOME|*|;id|C\n', stderr: 'why\n' } });
  });

  it('that ends with another status than 0 says why in its first line of errors', async () => {
    const ran = await run(script('fails', 'echo part; echo >&2; echo "  first" >&2; echo second >&2; exit 7'));
    expect(ran).toMatchObject({
      ok: false,
      failure: {
        code: 'program-failed',
        step: 'spawn',
        blame: 'us',
        detail: `${folder}/fails ended with status 7: first`,
      },
      partial: { stdout: 'part\n' },
    });
  });

  it('that is ended by a signal is told from one that gave up, and called as the caller does', async () => {
    const ran = await run(script('crashes', 'kill -SEGV $$'), { name: 'crashing' });
    expect(ran).toMatchObject({ failure: { code: 'program-failed', detail: 'crashing ended by SIGSEGV' } });
  });

  it('that is not there', async () => {
    expect(await run(join(folder, 'nothing'))).toMatchObject({
      ok: false,
      failure: { code: 'program-not-found', step: 'spawn', blame: 'us' },
      partial: { stdout: '', stderr: '' },
    });
  });

  it('that may not be run', async () => {
    const path = join(folder, 'data');
    writeFileSync(path, 'data');
    expect(await run(path)).toMatchObject({ failure: { code: 'permission-denied', step: 'spawn', blame: 'us' } });
  });

  it('that prints bytes that are no UTF-8', async () => {
    const ran = await run(script('bytes', "printf 'a\\377b'"));
    expect(ran).toMatchObject({ value: { stdout: 'a\ufffdb' } });
  });
});

describe('a program that does not end', () => {
  it('is ended when its time is up, and what it had printed counts', async () => {
    const ran = await run(script('slow', 'echo begun; exec sleep 60'), { limits: { signal: never, seconds: 0.3 } });
    expect(ran).toMatchObject({
      ok: false,
      failure: { code: 'timeout', step: 'spawn', detail: `${folder}/slow did not end within 0.3 s` },
      partial: { stdout: 'begun\n' },
    });
    expect(ran).not.toHaveProperty('failure.byRun');
    expect(ran.ms).toBeLessThan(2000);
  });

  it('is ended with the run', async () => {
    const deadline = createDeadline(0.3);
    const ran = await run(script('slow', 'exec sleep 60'), { limits: { signal: deadline.signal, seconds: 20 } });
    deadline.close();
    expect(ran).toMatchObject({ failure: { code: 'timeout', byRun: true } });
    // The pipeline waits for 300 ms.
    expect(ran.ms).toBeLessThan(300 + 300);
  });

  it('is not even begun for long where the run has ended', async () => {
    const deadline = createDeadline(undefined);
    deadline.interrupt('interrupted by SIGINT');
    const ran = await run(script('slow', 'exec sleep 60'), { limits: { signal: deadline.signal } });
    expect(ran).toMatchObject({ failure: { code: 'interrupted', byRun: true } });
  });

  it('is made to end where it ignores that it should, with all that it started', async () => {
    const body =
      'trap "" TERM\nsh -c \'trap "" TERM; while :; do sleep 1; done\' &\necho $! $$\nwhile :; do sleep 1; done';
    const ran = await run(script('stubborn', body), { limits: { signal: never, seconds: 0.5 } });
    expect(ran).toMatchObject({ failure: { code: 'timeout' } });
    const pids = ran.partial.stdout.trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
    expect(ran.ms).toBeLessThan(2500);
  });

  it('is not waited for where something that left its group holds its output', async () => {
    const path = script('fork', 'setsid sleep 30 & echo $!; exec sleep 30');
    const ran = await run(path, { limits: { signal: never, seconds: 0.5 } });
    expect(ran).toMatchObject({ failure: { code: 'timeout' } });
    expect(ran.ms).toBeLessThan(2500);
    process.kill(Number(ran.partial.stdout), 'SIGKILL');
  });

  it('is ended when it prints too much', async () => {
    const ran = await run(script('flood', 'trap "" TERM; yes; yes'), { cap: 100_000 });
    expect(ran).toMatchObject({
      failure: { code: 'answer-too-long', detail: `${folder}/flood printed more than 100000 bytes` },
    });
    expect(ran.partial.stdout).toBe('y\n'.repeat(50_000));
    expect(ran.ms).toBeLessThan(5000);
  });

  it('may print as many errors as it wants: the first are kept', async () => {
    const ran = await run(script('errors', 'yes | head -c 5000000 >&2; echo done'));
    expect(ran).toMatchObject({ ok: true, value: { stdout: 'done\n' } });
    expect(ran.partial.stderr).toHaveLength(65_536);
  });

  it('ends with the process that runs it, however that ends', async () => {
    const source = await bundled('run-and-exit.ts');
    const path = script('left', 'echo $$ > "$1"; exec sleep 60');
    const note = join(folder, 'pid');
    const child = spawn(process.execPath, [source, path, note], { stdio: 'inherit' });
    await once(child, 'close');
    const pid = Number(readFileSync(note, 'utf8'));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describe('PATH', () => {
  const inner = join(folder, 'inner');
  mkdirSync(join(inner, 'tool-folder'), { recursive: true });
  writeFileSync(join(inner, 'not-executable'), '');
  writeFileSync(join(inner, 'tool'), '', { mode: 0o755 });

  it('is where programs are looked up, the first folder first', () => {
    vi.stubEnv('PATH', `/nowhere:${inner}:/bin`);
    expect(findProgram('tool')).toBe(join(inner, 'tool'));
    expect(findProgram('sh')).toBe('/bin/sh');
  });

  it.each(['nothing', 'tool-folder', 'not-executable'])('has no program %s', (name) => {
    vi.stubEnv('PATH', inner);
    expect(findProgram(name)).toBeUndefined();
  });

  it.each(['.', '', 'bin'])(
    'names no folder with %j: whoever stands in another one would run another program',
    (entry) => {
      vi.stubEnv('PATH', entry);
      const before = process.cwd();
      process.chdir(inner);
      try {
        expect(findProgram('tool')).toBeUndefined();
      } finally {
        process.chdir(before);
      }
    },
  );
});
