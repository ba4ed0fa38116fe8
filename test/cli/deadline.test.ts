import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validateRun } from '../schema.js';
import { shell } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-deadline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const value = '151df128a1 2.05 0.009465 0031 5360';

/** A FIFO whose writer has written one line and says nothing more; `timeout` is there to fail, not to hang. */
const silent = (command: string) =>
  shell(`rm -f log; mkfifo log; exec 3<>log; echo '${value}' >&3; timeout 25 ${command}; echo exit $?`, {
    cwd: folder,
  });

function parsed(stdout: string) {
  const [document, exit] = stdout.split(/(?<=\n)(?=exit \d+\n$)/);
  const run = JSON.parse(document ?? '');
  expect(validateRun(run)).toEqual([]);
  return { run, exit: exit?.trim() };
}

describe('--timeout', () => {
  it.each([
    ['', 'fail', 2],
    ['--timeout-result ok', 'ok', 0],
    ['--timeout-result warn', 'warn', 1],
    ['--timeout-result unknown', 'unknown', 3],
  ])('ends a silent input, reports what was found by then, and counts as asked (%s)', async (option, verdict, code) => {
    const { run, exit } = parsed((await silent(`rg-diag decode -i log --json -t 1 ${option}`)).stdout);
    expect(exit).toBe(`exit ${code}`);
    expect(run).toMatchObject({ verdict, exitCode: code });
    expect(run.reports[0]).toMatchObject({ verdict, facts: { values: 1, lines: 1 } });
    expect(run.reports[0].findings[0]).toMatchObject({ rule: 'decode/finished', code: 'timeout' });
  });

  it('reports what it did not reach as unknown', async () => {
    const { run } = parsed(
      (await silent(`rg-diag decode -i log -i /etc/hostname --json -t 1 --timeout-result ok`)).stdout,
    );
    expect(run.verdict).toBe('unknown');
    expect(run.reports[1]).toMatchObject({
      target: '/etc/hostname',
      verdict: 'unknown',
      facts: { failure: { code: 'timeout' } },
    });
  });

  it('ends a FIFO that nobody opens for writing', async () => {
    const { stdout } = await shell('mkfifo nobody; timeout 25 rg-diag decode -i nobody --json -t 1; echo exit $?', {
      cwd: folder,
    });
    const { run, exit } = parsed(stdout);
    expect(exit).toBe('exit 2');
    expect(run.reports[0].findings[0]).toMatchObject({ rule: 'decode/finished', status: 'fail', code: 'timeout' });
  });

  it('ends standard input that says nothing', async () => {
    const { stdout } = await shell(`mkfifo in; exec 3<>in; timeout 25 rg-diag decode -i - -t 1 -q <in; echo exit $?`, {
      cwd: folder,
    });
    expect(stdout).toBe('exit 2\n');
  });
});

describe('an interrupt', () => {
  it.each([
    ['INT', 130],
    ['TERM', 143],
  ])('by SIG%s still reports what was found, as valid JSON', async (signal, code) => {
    const { stdout } = await shell(
      `rm -f log; mkfifo log; exec 3<>log; echo '${value}' >&3
       timeout 25 rg-diag decode --each -f ndjson -i log >answer & run=$!
       until grep -q record answer; do :; done
       kill -${signal} $run; wait $run; echo exit $?; cat answer`,
      { cwd: folder },
    );
    const [exit, ...lines] = stdout.trimEnd().split('\n');
    expect(exit).toBe(`exit ${code}`);
    const objects = lines.map((line) => JSON.parse(line));
    expect(objects.map(({ kind }) => kind)).toEqual(['record', 'report', 'run']);
    expect(objects[2]).toMatchObject({ verdict: 'unknown', exitCode: code });
  });
});
