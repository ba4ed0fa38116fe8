import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { validateLines, validateRun } from '../schema.js';
import { rgDiag } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-json-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const value = '151df128a1 2.05 0.009465 0031 5360';
const log = `"${value}"\n"direct (internal error)"\n"4fd1682b12 0.06 oops"\n`;

const cases: readonly (readonly [what: string, args: readonly string[], exit: number])[] = [
  ['compressed', [value], 0],
  ['compressed, without a version', ['f1cb3b9f7d 0.02 0.008966 30'], 0],
  ['stream', ['e95b1c46e0 stream 0.037872 0010 9878'], 0],
  ['normal', ['e95b1c46e0 normal 0.037872 0000 9878'], 0],
  ['direct', ['direct (starting new WAN connection)'], 0],
  ['direct without a reason', ['direct'], 0],
  ['direct by an internal error', ['direct (internal error)'], 1],
  ['origin', ['e95b1c46e0 origin'], 0],
  ['flags', ['0031'], 0],
  ['unknown flags', ['01b0'], 0],
  ['a ray', ['230b030023ae2822-SJC'], 0],
  ['malformed', ['rubbish'], 3],
  ['malformed at its end', ['151df128a1 2.05 oops 0031'], 3],
  ['malformed and hostile', ['151df128a1 \u001b[31m\u202e"\\'], 3],
  ['an empty value', [''], 3],
  ['not what was expected', [value, '--expect', 'stream'], 2],
  ['several values, with a ticket', [value, 'direct (internal error)', '--ticket'], 1],
  ['a log', ['-i', file('good.log', log)], 1],
  ['an empty log', ['-i', file('empty.log', '')], 3],
  ['a truncated log', ['-i', file('cut.gz', gzipSync(log.repeat(1000)).subarray(0, 100))], 3],
  ['unread', ['-i', join(folder, 'missing.log'), '-i', folder], 3],
  ['a list of targets that is not there', ['--targets', join(folder, 'none')], 3],
];

describe('the JSON of', () => {
  it.each(cases)('%s keeps to its schemas', async (_, args, exit) => {
    const ran = await rgDiag(['decode', '--json', ...args]);
    expect(ran).toMatchObject({ stderr: '', exit });
    const run = JSON.parse(ran.stdout);
    expect(validateRun(run)).toEqual([]);
    expect(run.exitCode).toBe(exit);
  });
});

describe('the NDJSON of', () => {
  it.each(cases)('%s keeps to its schemas, with records and without', async (_, args, exit) => {
    for (const each of [[], ['--each']]) {
      const ran = await rgDiag(['decode', '-f', 'ndjson', ...each, ...args]);
      expect(ran).toMatchObject({ stderr: '', exit });
      expect(validateLines(ran.stdout)).toEqual([]);
    }
  });
});

it('the JSON of the historic spelling keeps to its schemas', async () => {
  const ran = await rgDiag(['-decode', value, '--format', 'json']);
  expect(ran).toMatchObject({ stderr: '', exit: 0 });
  expect(validateRun(JSON.parse(ran.stdout))).toEqual([]);
});
