import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validateRun } from '../schema.js';
import { rgDiag, shell } from './run.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-streams-'));
afterAll(() => rmSync(root, { recursive: true }));

const newFolder = () => mkdtempSync(join(root, 'case-'));

const value = '151df128a1 2.05 0.009465 0031 5360';

describe('standard input', () => {
  it('can be the list of targets', async () => {
    const ran = await rgDiag(['decode', '--targets', '-', '--json'], { input: `${value}\n# no value\n\n0031\n` });
    expect(ran).toMatchObject({ stderr: '', exit: 0 });
    const run = JSON.parse(ran.stdout);
    expect(validateRun(run)).toEqual([]);
    expect(run.reports.map(({ target }: { target: string }) => target)).toEqual([value, '0031']);
  });

  it('is not what a line of the list names', async () => {
    const list = join(root, 'list');
    writeFileSync(list, `-\n${value}\n`);
    const ran = await rgDiag(['decode', '--targets', list, '--json'], { input: `${value}\n` });
    const run = JSON.parse(ran.stdout);
    expect(validateRun(run)).toEqual([]);
    expect(run.reports).toMatchObject([
      { target: '-', facts: { kind: 'malformed', value: '-' } },
      { target: value, facts: { kind: 'value' } },
    ]);
    expect(ran.exit).toBe(3);
  });

  it.each([[['--targets', '-', '-i', '-']], [['--targets', '-', '-']], [['-i', '-', '-i', '-']], [['-i', '-', '-']]])(
    'asked for twice is a usage error: %j',
    async (args) => {
      const ran = await rgDiag(['decode', ...args], { input: `${value}\n` });
      expect(ran).toMatchObject({ stdout: '', exit: 64 });
      expect(ran.stderr).toMatch(/standard input.*only once/);
    },
  );
});

describe('standard error', () => {
  const mistakes = ["decode --bad '0031'", 'decoed', '-decode', '-decoed=0031', 'help nosuch'];

  it.each(mistakes)('that is closed changes no exit code: rg-diag %s', async (args) => {
    const { stdout } = await shell(`rg-diag ${args} 2>&-; echo $?`);
    expect(stdout).toBe('64\n');
  });

  it.each(mistakes)('that nobody reads changes no exit code: rg-diag %s', async (args) => {
    // A pipe that has lost its only reader.
    const gone = await shell(`mkfifo gone; exec 4<>gone 5>gone 4>&-; rg-diag ${args} 2>&5; echo $?`, {
      cwd: newFolder(),
    });
    expect(gone.stdout).toBe('64\n');
    const { stdout } = await shell(`rg-diag ${args} 2>&1 | true; echo \${PIPESTATUS[0]}`);
    expect(stdout).toBe('64\n');
  });

  it('says with the name and the reason which file csv has no row of', async () => {
    const folder = newFolder();
    const missing = join(folder, 'missing.log');
    const ran = await rgDiag(['decode', '-f', 'csv', '-i', missing, value]);
    expect(ran.exit).toBe(3);
    expect(ran.stdout.split('\n')).toHaveLength(3);
    expect(ran.stderr).toContain(missing);
    expect(ran.stderr).toMatch(/no such file/i);
  });

  it('says that a status line could not be written', async () => {
    const { stdout } = await shell(`rg-diag decode '${value}' -f nagios 2>&1 >/dev/full; echo $?`);
    expect(stdout).toMatch(/cannot write.*no space[^\n]*\n3\n$/is);
    const usage = await shell('rg-diag decode --bad -f nagios 2>&1 >/dev/full; echo $?');
    expect(usage.stdout).toMatch(/unknown option[\s\S]*\n3\n$/);
  });
});

describe('progress', () => {
  /** A log whose writer takes its time after it was opened. */
  const slow = `mkfifo log; { sleep 2; echo '${value}'; } >log &`;
  const run = (line: string) => shell(line, { cwd: newFolder(), env: { TERM: 'xterm' } });

  it('is shown on a terminal where a run is long', async () => {
    const { stdout } = await run(
      `${slow} script -qec "stty cols 80 rows 24; rg-diag decode -i log >report" /dev/null; wait`,
    );
    expect(stdout).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what moves the cursor is no text
    expect(stdout.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, '')).toMatch(/\S/);
  });

  it('does not flood a terminal that does not know its width', async () => {
    // As `script` makes one where it has none itself: 0 columns, which a text fills infinitely many lines of.
    const { stdout } = await run(
      `${slow} script -qec "timeout --foreground -k 2 10 rg-diag decode -i log >report; echo exit \\$?" /dev/null | tail -c 2000; wait`,
    );
    expect(stdout).toMatch(/exit 0\s*$/);
  });

  it('is not shown where a run is short, or quiet', async () => {
    expect((await run(`script -qec "rg-diag decode '${value}' >report" /dev/null`)).stdout).toBe('');
    expect((await run(`${slow} script -qec "rg-diag decode -q -i log" /dev/null; wait`)).stdout).toBe('');
  });

  it('never gets into a pipe or a file', async () => {
    const piped = await run(`${slow} rg-diag decode -i log --json; wait`);
    expect(piped.stderr).toBe('');
    expect(validateRun(JSON.parse(piped.stdout))).toEqual([]);
    // On a terminal, with standard error elsewhere.
    const { stdout } = await run(`${slow} script -qec "rg-diag decode -i log >report 2>err" /dev/null; wait; cat err`);
    expect(stdout).toBe('');
  });
});

describe('prometheus', () => {
  const log = `"${value}"\n"direct (internal error)"\n"direct"\n"e95b1c46e0 stream 0.037872 0010 9878"\n`;

  it.each([
    ['a value', `'${value}'`, 0],
    ['several values', `'${value}' '230b030023ae2822-SJC' 'direct (internal error)'`, 1],
    ['a failed check', `'${value}' --expect stream`, 2],
    ['a log', '-i good.log', 1],
    ['a malformed value', "'rubbish \"\\\\'", 3],
    ['an unread file', '-i missing.log', 3],
    ['all at once', `'${value}' rubbish -i good.log -i missing.log`, 3],
  ])('of %s passes promtool', async (_, args, exit) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'good.log'), log);
    const ran = await shell(
      `rg-diag decode ${args} -f prometheus >metrics; echo rg-diag $?; promtool check metrics <metrics; echo promtool $?`,
      { cwd: folder },
    );
    expect(ran).toMatchObject({ stdout: `rg-diag ${exit}\npromtool 0\n`, stderr: '' });
  });
});
