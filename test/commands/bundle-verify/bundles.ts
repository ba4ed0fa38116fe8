import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { rgDiag } from '../../cli/run.js';

export const token = '4a5b6c7d8e9f00112233445566778899';

/** What may be sent. */
export const harmless: Readonly<Record<string, string>> = {
  'railgun.conf.txt': 'wan.port = 2408\nactivation.railgun_host = railgun.example.net\n',
  'syslog.txt': 'Nov 20 03:00:01 web7 railgun[162.158.1.2:22114]: dial tcp 10.0.0.5:443: i/o timeout\nmore\nand more\n',
  'trace.json': '{"colo":"AMS"}\n',
};

/** New folders, which are gone after the tests. */
export function folders(prefix: string) {
  const root = mkdtempSync(join(tmpdir(), prefix));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let count = 0;
  const folder = (files: Readonly<Record<string, string | Uint8Array>> = {}): string => {
    count += 1;
    const path = join(root, `folder-${count}`);
    mkdirSync(path);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
    return path;
  };
  /** A bundle as rg-diag makes it. */
  const bundle = async (files: Readonly<Record<string, string | Uint8Array>> = harmless): Promise<string> => {
    const path = folder(files);
    const { exit, stderr } = await rgDiag(['bundle', 'redact', path, '--dir', `${path}-bundle`, '--json']);
    if (exit !== 0) throw new Error(`exit ${exit}: ${stderr}`);
    return `${path}-bundle`;
  };
  return { root, folder, bundle };
}

export interface Found {
  readonly rule: string;
  readonly status: string;
  readonly says: string;
  readonly code?: string;
}

/** What a command says of folders: exit code, everything that was printed, the findings that count, the first facts. */
export async function told(args: readonly string[], input?: string) {
  const { exit, stdout, stderr } = await rgDiag([...args, '--json'], input === undefined ? {} : { input });
  if (exit === 64 || exit === 70) throw new Error(stderr);
  const { reports } = JSON.parse(stdout);
  const findings: Found[] = reports.flatMap(({ findings }: { findings: Found[] }) => findings);
  const bad = findings.filter(({ status }) => ['warn', 'fail', 'broken'].includes(status));
  return {
    exit,
    stdout,
    bad: bad.map(({ rule, status, code }) => [rule.replace(/^[^/]*\//, ''), status, code]),
    says: bad.map(({ says }) => says),
    facts: reports[0].facts,
    verdicts: reports.map(({ verdict }: { verdict: string }) => verdict),
  };
}
