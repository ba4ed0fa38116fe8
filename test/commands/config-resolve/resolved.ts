import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { ConfigResolveFacts, DestinationFacts } from '../../../src/commands/config-resolve/facts.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Report } from '../../../src/model/report.js';
import { type Ran, type RunOptions, rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';

export interface Resolved {
  readonly exit: Ran['exit'];
  readonly reports: readonly Report<ConfigResolveFacts>[];
  /** Of the first report. */
  readonly facts: DestinationFacts;
  /** What counts against the first report: `warn config-resolve/port missing-setting`. */
  readonly bad: readonly string[];
  readonly findings: readonly Finding[];
}

/** Runs `rg-diag config resolve … --json`. */
export async function resolveBy(args: readonly string[], options?: RunOptions): Promise<Resolved> {
  const { stdout, stderr, exit } = await rgDiag(['config', 'resolve', ...args, '--json'], options);
  expect(stderr).toBe('');
  const document = JSON.parse(stdout);
  expect(validateRun(document)).toEqual([]);
  const reports: Report<ConfigResolveFacts>[] = document.reports;
  const [first = expect.fail('no report')] = reports;
  const bad = first.findings.filter(({ status }) => status === 'warn' || status === 'fail' || status === 'broken');
  return {
    exit,
    reports,
    facts: first.facts as DestinationFacts,
    bad: bad.map(({ rule, status, code }) => `${status} ${rule} ${code}`),
    findings: first.findings,
  };
}

/** Makes folders with a railgun.conf and, where there is one, its map; gone after the tests. Returns the path of the first. */
export function configurations(): (map?: string, conf?: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'rg-diag-resolve-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let count = 0;
  return (map, conf = '') => {
    count += 1;
    const folder = join(root, String(count));
    mkdirSync(folder);
    const named = map === undefined ? '' : `map.file = ${folder}/railgun-nat.conf\n`;
    if (map !== undefined) writeFileSync(join(folder, 'railgun-nat.conf'), map);
    writeFileSync(join(folder, 'railgun.conf'), `wan.port = 2408\n${named}${conf}`);
    return join(folder, 'railgun.conf');
  };
}
