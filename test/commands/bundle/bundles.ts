import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BundleFacts, PartFacts } from '../../../src/commands/bundle/facts.js';
import type { Envelope, Report } from '../../../src/model/report.js';
import { type Ran, rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';

export interface Manifest {
  readonly schema: string;
  readonly version: string;
  readonly at: string;
  readonly anonymised: boolean;
  readonly parts: readonly PartFacts[];
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
}

/** What support takes of the types that a bundle may have, and how large. */
const types = /\.(?:html|txt|json|har)$/;
const largest = 20_000_000;

/** The files of a bundle by name; fails unless it is what its manifest says, no more and no less, and for its owner only. */
export function wholeBundle(directory: string): {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Buffer>;
} {
  expect((lstatSync(directory).mode & 0o7777).toString(8)).toBe('700');
  const files = new Map<string, Buffer>();
  for (const file of readdirSync(directory)) {
    const stats = lstatSync(join(directory, file));
    expect([file, stats.isFile(), (stats.mode & 0o7777).toString(8)]).toEqual([file, true, '600']);
    expect(file).toMatch(types);
    expect(stats.size).toBeLessThan(largest);
    files.set(file, readFileSync(join(directory, file)));
  }
  const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '') as Manifest;
  expect(manifest.schema).toBe('rg-diag-bundle/1');
  const listed = manifest.files.map(({ file }) => file);
  expect([...listed, 'manifest.json'].sort()).toEqual([...files.keys()].sort());
  expect(listed.slice(0, 2)).toEqual(['REPORT.html', 'TICKET.txt']);
  for (const { file, bytes, sha256 } of manifest.files) {
    const content = files.get(file) ?? Buffer.alloc(0);
    expect([file, bytes, sha256]).toEqual([file, content.length, hashOf(content)]);
  }
  for (const { file, state } of manifest.parts) {
    expect([file, state.state]).toEqual([file, files.has(file) ? 'collected' : 'missing']);
    if (state.state === 'collected')
      expect([state.bytes, state.sha256]).toEqual([files.get(file)?.length, hashOf(files.get(file))]);
    if (state.state === 'missing') expect(state.why).not.toBe('');
  }
  return { manifest, files };
}

export function hashOf(content: Uint8Array = new Uint8Array(0)): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A folder for one case, and what was left in it. */
export interface CaseFolder {
  readonly path: string;
  /** Writes a file; returns where it is. */
  file(name: string, content: string | Uint8Array): string;
  /** All that is there, hidden or not. */
  names(): readonly string[];
  close(): void;
}

export function caseFolder(): CaseFolder {
  const path = mkdtempSync(join(tmpdir(), 'rg-diag-bundle-'));
  return {
    path,
    file(name, content) {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    names: () => readdirSync(path),
    close: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Waits that are short, so that nothing here takes long that is not there. */
export const shortWaits = ['--connect-timeout', '0.5', '--read-timeout', '0.5'] as const;

export interface Bundled extends Ran {
  readonly directory: string;
  readonly report: Report<BundleFacts>;
}

/** Makes a bundle with `--json`, and reads what it says of it. */
export async function bundle(
  folder: CaseFolder,
  args: readonly string[],
  run: (args: readonly string[]) => Promise<Ran> = (words) => rgDiag(words),
): Promise<Bundled> {
  const directory = join(folder.path, 'bundle');
  const ran = await run(['bundle', '--json', '--dir', directory, ...shortWaits, ...args]);
  if (ran.stdout === '') throw new Error(ran.stderr);
  const said = JSON.parse(ran.stdout) as Envelope<BundleFacts>;
  expect(validateRun(said)).toEqual([]);
  const [report] = said.reports;
  if (report === undefined) throw new Error('there is no report');
  return { ...ran, directory, report };
}

/** What became of a part, by the name of its file. */
export function partOf({ report }: Bundled, file: string): PartFacts['state'] {
  const part = report.facts.parts.find((candidate) => candidate.file === file);
  return part?.state ?? expect.fail(`no part ${file}`);
}

/** Nothing of a bundle is there, neither under its name nor beside it. */
export function expectNothingLeft({ path, names }: CaseFolder): void {
  expect(existsSync(join(path, 'bundle'))).toBe(false);
  expect(names().filter((name) => name.includes('.partial') || name.startsWith('bundle'))).toEqual([]);
}

/** A railgun.conf whose servers are not there. */
export function confText(more: Readonly<Record<string, string>> = {}): string {
  const settings = {
    'activation.token': '0123456789abcdef0123456789abcdef',
    'activation.railgun_host': '203.0.113.7',
    'wan.port': '1',
    'memcached.servers': '127.0.0.1:1',
    'stats.enabled': '0',
    ...more,
  };
  return `${Object.entries(settings)
    .map(([key, value]) => `${key} = ${value}`)
    .join('\n')}\n`;
}

/** A line of rg-listener, some minutes ago. */
export function logLine(minutes: number, text: string, host = 'www'): string {
  return `${new Date(Date.now() - minutes * 60_000).toISOString()} ${host} rg-listener: ${text}\n`;
}
