import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { BundleFacts, PartFacts } from '../../../src/commands/bundle/facts.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Envelope } from '../../../src/model/report.js';
import { rgDiag } from '../../cli/run.js';

/** A folder that is gone after the tests, and files in it. */
export function folder(): { path: string; write(name: string, text: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'rg-diag-bundle-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
  };
}

/** What one dry run said. */
export interface Planned {
  readonly exit: number | string | null;
  readonly facts: BundleFacts;
  readonly findings: readonly Finding[];
  part(file: string): PartFacts;
  /** Those that would be there. */
  readonly files: readonly string[];
}

/** `rg-diag bundle … --dry-run --json`: exactly one report, and nothing on standard error. */
export async function plan(args: readonly string[]): Promise<Planned> {
  const { stdout, stderr, exit } = await rgDiag(['bundle', ...args, '--dry-run', '--json']);
  expect(stderr).toBe('');
  const { reports } = JSON.parse(stdout) as Envelope<BundleFacts>;
  const [{ facts, findings } = expect.fail('no report')] = reports;
  expect(reports.length).toBe(1);
  return {
    exit,
    facts,
    findings,
    part: (file) => facts.parts.find((part) => part.file === file) ?? expect.fail(`no part ${file}`),
    files: facts.parts.filter(({ state }) => state.state === 'planned').map(({ file }) => file),
  };
}
