import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateLines, validateRun } from '../schema.js';
import { shell } from './run.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-deadline-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A regular file that takes several seconds to stream value by value: far longer than the deadlines below. */
const big = join(root, 'big.log');
const bigValues = 1_200_000;

const value = '151df128a1 2.05 0.009465 0031 5360';

beforeAll(() => {
  const descriptor = openSync(big, 'w');
  const part = `${value}\n`.repeat(bigValues / 100);
  for (let index = 0; index < 100; index++) writeSync(descriptor, part);
  closeSync(descriptor);
});

/** `timeout` is there to fail, not to hang; in the foreground it passes a signal on once, not twice. */
const bounded = 'timeout --foreground -k 2 18 rg-diag';

/** Runs a line of shell in a folder of its own. */
const inFolder = (line: string) => shell(line, { cwd: mkdtempSync(join(root, 'case-')) });

/** A FIFO whose writer has written one line and says nothing more. */
const silentLog = `mkfifo log; exec 3<>log; echo '${value}' >&3`;

const silent = (args: string) => inFolder(`${silentLog}; ${bounded} ${args}; echo exit $?`);

/** Milliseconds that something takes. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

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
    const { run, exit } = parsed((await silent(`decode -i log --json -t 1 ${option}`)).stdout);
    expect(exit).toBe(`exit ${code}`);
    expect(run).toMatchObject({ verdict, exitCode: code });
    expect(run.reports[0]).toMatchObject({ verdict, facts: { values: 1, lines: 1 } });
    expect(run.reports[0].findings[0]).toMatchObject({ rule: 'decode/finished', code: 'timeout' });
  });

  it('reports what it did not reach as unknown', async () => {
    const { run } = parsed((await silent('decode -i log -i /etc/hostname --json -t 1 --timeout-result ok')).stdout);
    expect(run.verdict).toBe('unknown');
    expect(run.reports[1]).toMatchObject({
      target: '/etc/hostname',
      verdict: 'unknown',
      facts: { failure: { code: 'timeout' } },
    });
  });

  it('ends a FIFO that nobody opens for writing', async () => {
    const { stdout } = await inFolder(`mkfifo nobody; ${bounded} decode -i nobody --json -t 1; echo exit $?`);
    const { run, exit } = parsed(stdout);
    expect(exit).toBe('exit 2');
    expect(run.reports[0].findings[0]).toMatchObject({ rule: 'decode/finished', status: 'fail', code: 'timeout' });
  });

  it('ends standard input that says nothing', async () => {
    const { stdout } = await inFolder(`mkfifo in; exec 3<>in; ${bounded} decode -i - -t 1 -q <in; echo exit $?`);
    expect(stdout).toBe('exit 2\n');
  });

  it.each([['-o /dev/null'], ['>/dev/null'], ['-o records'], ['>records']])(
    'ends a regular file that is streamed value by value (%s)',
    async (output) => {
      const line = `${bounded} decode --each -i '${big}' -t 0.7 ${output}; echo exit $?`;
      expect((await inFolder(line)).stdout).toBe('exit 2\n');
    },
  );

  it('leaves what was streamed of a regular file valid', async () => {
    const { stdout } = await inFolder(
      `${bounded} decode --each -f ndjson -i '${big}' -t 0.7 | { head -n 1; tail -n 2; }; echo exit \${PIPESTATUS[0]}`,
    );
    const [exit, ...rest] = stdout.trimEnd().split('\n').reverse();
    expect(exit).toBe('exit 2');
    const lines = `${rest.reverse().join('\n')}\n`;
    expect(validateLines(lines)).toEqual([]);
    const [, report, run] = lines.split('\n').map((line) => (line === '' ? {} : JSON.parse(line)));
    expect(report.findings[0]).toMatchObject({ rule: 'decode/finished', code: 'timeout' });
    expect(report.facts.values).toBeLessThan(bigValues);
    expect(run).toMatchObject({ kind: 'run', verdict: 'fail', exitCode: 2 });
  });

  it('ends a list of targets that does not come', async () => {
    const { stdout } = await inFolder(
      `mkfifo list; exec 3<>list; ${bounded} decode --targets list --json -t 1; echo exit $?`,
    );
    const { run, exit } = parsed(stdout);
    expect(exit).toBe('exit 3');
    expect(run.reports[0].facts.failure).toMatchObject({ code: 'timeout' });
  });

  it('ends an output that nobody reads', async () => {
    const { result, ms } = await timed(() =>
      inFolder(`mkfifo out; ${bounded} decode '${value}' -o out -t 1; echo exit $?`),
    );
    expect(ms).toBeLessThan(15_000);
    // 124 would be that of timeout, which had to end it.
    expect(result.stdout).toMatch(/^exit [23]\n$/);
    expect(result.stderr).toMatch(/out/);
  });

  it('does not hold up a usage error', async () => {
    const { result, ms } = await timed(() => inFolder(`${bounded} decode --bad -t 15 2>/dev/null; echo exit $?`));
    expect(result.stdout).toBe('exit 64\n');
    expect(ms).toBeLessThan(10_000);
    const late = await timed(() =>
      inFolder(`${bounded} decode '${value}' -o none/report -t 15 2>/dev/null; echo exit $?`),
    );
    expect(late.result.stdout).toBe('exit 3\n');
    expect(late.ms).toBeLessThan(10_000);
  });
});

describe('an interrupt', () => {
  const signals = [
    ['INT', 130],
    ['TERM', 143],
  ] as const;

  it.each(signals)('by SIG%s still reports what was found, as valid NDJSON', async (signal, code) => {
    const { stdout } = await inFolder(
      `${silentLog}; mkfifo answer
       ${bounded} decode --each -f ndjson -i log >answer 3>&- & run=$!
       exec 4<answer; IFS= read -r first <&4
       kill -${signal} $run; printf '%s\\n' "$first"; cat <&4; wait $run; echo exit $?`,
    );
    const [lines = '', exit] = stdout.split(/(?<=\n)(?=exit \d+\n$)/);
    expect(exit).toBe(`exit ${code}\n`);
    expect(validateLines(lines)).toEqual([]);
    const objects = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(objects.map(({ kind }) => kind)).toEqual(['record', 'report', 'run']);
    expect(objects[2]).toMatchObject({ verdict: 'unknown', exitCode: code });
  });

  it.each(signals)('by SIG%s ends a regular file that is streamed', async (signal, code) => {
    const { stdout } = await inFolder(
      `mkfifo answer; ${bounded} decode --each -f ndjson -i '${big}' >answer & run=$!
       exec 4<answer; IFS= read -r first <&4
       kill -${signal} $run; printf '%s\\n' "$first"; tail -n 2 <&4; wait $run; echo exit $?`,
    );
    const [lines = '', exit] = stdout.split(/(?<=\n)(?=exit \d+\n$)/);
    expect(exit).toBe(`exit ${code}\n`);
    expect(validateLines(lines)).toEqual([]);
    const [, report, run] = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(report.facts.values).toBeLessThan(bigValues);
    expect(run).toMatchObject({ kind: 'run', verdict: 'unknown', exitCode: code });
  });

  it.each(signals)('by SIG%s leaves the report of a JSON document', async (signal, code) => {
    // The writer's end of the FIFO can be opened for writing only once the program reads.
    const { stdout } = await inFolder(
      `mkfifo log; ${bounded} decode --json -i log >answer & run=$!
       exec 3>log; echo '${value}' >&3
       sleep 0.3; kill -${signal} $run; wait $run; code=$?; cat answer; echo exit $code`,
    );
    const { run, exit } = parsed(stdout);
    expect(exit).toBe(`exit ${code}`);
    expect(run).toMatchObject({ verdict: 'unknown', exitCode: code });
    expect(run.reports[0].findings[0]).toMatchObject({ code: 'interrupted' });
  });

  it.each(signals)('by SIG%s, sent twice, ends at once what cannot be finished', async (signal, code) => {
    // The output is more than the FIFO takes, and nobody reads the rest.
    const { result, ms } = await timed(() =>
      inFolder(
        `mkfifo answer; ${bounded} decode --each -i '${big}' -o answer & run=$!
         exec 4<answer; IFS= read -r first <&4
         kill -${signal} $run; sleep 0.5; kill -${signal} $run; wait $run; echo exit $?`,
      ),
    );
    expect(result.stdout).toBe(`exit ${code}\n`);
    expect(ms).toBeLessThan(10_000);
  });
});
