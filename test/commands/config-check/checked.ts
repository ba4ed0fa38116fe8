import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { ConfigFacts } from '../../../src/commands/config-check/facts.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Envelope } from '../../../src/model/report.js';
import { program, type RunOptions, rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';

/** What one run of `config check` said. */
export interface Checked {
  readonly exit: number | string | null;
  readonly facts: ConfigFacts;
  readonly findings: readonly Finding[];
  /** What counts against the files: `fail config-check/zero invalid-value`. */
  readonly bad: readonly string[];
  /** Everything that was printed. */
  readonly printed: string;
}

/** Runs `rg-diag config check … --json`: exactly one report, by the schema. */
export async function check(args: readonly string[], options?: RunOptions): Promise<Checked> {
  const { stdout, stderr, exit } = await rgDiag(['config', 'check', ...args, '--json'], options);
  return checkedOf(stdout, stderr, exit);
}

/** The same as a user who is nobody. Only root can do that. */
export function checkAsNobody(args: readonly string[]): Checked {
  const { stdout, stderr, status } = spawnSync(program, ['config', 'check', ...args, '--json'], {
    uid: 65_534,
    gid: 65_534,
    cwd: '/',
    encoding: 'utf8',
  });
  return checkedOf(stdout, stderr, status);
}

/** Whether there is such a user to be: root runs this, and others can get at the program. */
export const canBeNobody =
  process.getuid?.() === 0 && spawnSync(program, ['--version'], { uid: 65_534, gid: 65_534, cwd: '/' }).status === 0;

function checkedOf(stdout: string, stderr: string, exit: Checked['exit']): Checked {
  expect(stderr).toBe('');
  const document = JSON.parse(stdout) as Envelope<ConfigFacts>;
  expect(validateRun(document)).toEqual([]);
  expect(document.reports.length).toBe(1);
  const [{ facts, findings } = expect.fail('no report')] = document.reports;
  const bad = findings.filter(({ status }) => status === 'warn' || status === 'fail' || status === 'broken');
  return {
    exit,
    facts,
    findings,
    bad: bad.map(({ rule, status, code }) => `${status} ${rule} ${code}`),
    printed: stdout + stderr,
  };
}

/** A folder of its own for each call, which everybody may read; gone after the tests. */
export function folders(): (files?: Readonly<Record<string, string | Uint8Array>>) => string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rg-diag-config-')));
  chmodSync(root, 0o755);
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let count = 0;
  return (files = {}) => {
    count += 1;
    const folder = join(root, String(count));
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return folder;
  };
}
