import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { HarSanitizeFacts } from '../../../src/commands/har-sanitize/facts.js';
import type { Report } from '../../../src/model/report.js';
import { type Ran, rgDiag } from '../../cli/run.js';
import { harSchemaProblems } from '../../har-schema.js';
import { validateRun } from '../../schema.js';

/** A folder that is gone after the tests, and files in it. */
export function files(): (content: string | Uint8Array | object) => string {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-har-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  return (content) => {
    count += 1;
    const path = join(folder, `${count}.har`);
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(path, isText ? content : JSON.stringify(content, undefined, 2));
    return path;
  };
}

/** The sanitised archive on standard output: valid by the schema of HAR 1.2, and with nothing left. */
export async function sanitized(
  path: string,
  ...options: readonly string[]
): Promise<{ text: string; document: object }> {
  const { stdout, stderr, exit } = await rgDiag(['har', 'sanitize', path, ...options]);
  expect(exit, stderr).toBe(0);
  const document = JSON.parse(stdout) as object;
  expect(harSchemaProblems(document)).toEqual([]);
  return { text: stdout, document };
}

/** The report alone: `har sanitize … --json`. */
export async function reported(path: string): Promise<{ report: Report<HarSanitizeFacts>; ran: Ran }> {
  const ran = await rgDiag(['har', 'sanitize', path, '--json']);
  const document = JSON.parse(ran.stdout);
  expect(validateRun(document)).toEqual([]);
  const [report = expect.fail('no report')] = document.reports as Report<HarSanitizeFacts>[];
  return { report, ran };
}

/** JSON pointers to all that is different. */
export function differences(before: unknown, after: unknown, pointer = ''): string[] {
  if (Object.is(before, after)) return [];
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return [pointer];
  const keys = Object.keys(before);
  if (keys.join('\n') !== Object.keys(after).join('\n')) return [pointer];
  return keys.flatMap((key) =>
    differences(
      Reflect.get(before, key),
      Reflect.get(after, key),
      `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    ),
  );
}
