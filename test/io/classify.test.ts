import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { classify } from '../../src/io/classify.js';
import { openInput } from '../../src/io/input.js';
import { replaceFile } from '../../src/io/replace-file.js';
import type { Failure } from '../../src/model/failure.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-classify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const never = new AbortController().signal;

async function inputFailure(path: string): Promise<Failure | undefined> {
  const outcome = await openInput(path);
  return outcome.ok ? undefined : outcome.failure;
}

/** The real error of a real call, as a step would meet it. */
function failureOf(work: () => void): Failure | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return classify(error, 'output');
  }
}

describe('a path', () => {
  symlinkSync('loop', join(folder, 'loop'));

  it.each([
    ['that leads nowhere', join(folder, 'nothing'), 'file-not-found'],
    ['through a file', '/etc/passwd/nothing', 'file-not-found'],
    ['with a name that is too long', join(folder, 'n'.repeat(256)), 'invalid-path'],
    ['that leads in circles', join(folder, 'loop'), 'invalid-path'],
    ['with a NUL', join(folder, 'nul\0'), 'invalid-path'],
  ])('%s', async (_, path, code) => {
    expect(await inputFailure(path)).toMatchObject({ code, step: 'input', blame: 'us' });
  });

  it.each([
    ['into a folder that is not there', join(folder, 'nothing/file'), 'file-not-found'],
    ['that names a folder', folder, 'not-a-file'],
    ['with a name that is too long', join(folder, 'n'.repeat(256)), 'invalid-path'],
    ['that leads in circles', join(folder, 'loop'), 'invalid-path'],
  ])('for output, %s', async (_, path, code) => {
    const file = await replaceFile(path, never);
    expect(file).toMatchObject({ code, step: 'output', blame: 'us' });
  });
});

it('permission-denied', async () => {
  // Nothing is denied to root.
  const user = process.geteuid?.();
  if (user === 0) process.seteuid?.(65_534);
  const input = await inputFailure('/etc/shadow');
  const output = await replaceFile('/etc/file', never);
  if (user === 0) process.seteuid?.(0);
  expect(input).toMatchObject({ code: 'permission-denied', step: 'input', blame: 'us' });
  expect(output).toMatchObject({ code: 'permission-denied', step: 'output', blame: 'us' });
});

it('no-space', async () => {
  const file = await replaceFile('/dev/full', never);
  if ('code' in file) throw new Error(file.detail);
  expect(await file.write('x')).toMatchObject({ code: 'no-space', step: 'output', blame: 'us' });
  await file.discard();
});

it('read-only', async () => {
  const mount = join(folder, 'mount');
  mkdirSync(mount);
  const child = spawn('unshare', ['-m', '-r', 'sh', '-c', `mount -t tmpfs -o ro none ${mount} && echo && exec cat`]);
  await once(child.stdout, 'data');
  const path = `/proc/${child.pid}/root${mount}/file`;
  expect(await replaceFile(path, never)).toMatchObject({ code: 'read-only', step: 'output' });
  child.stdin.end();
  await once(child, 'close');
});

it('busy: a program that runs cannot be written to', async () => {
  const program = join(folder, 'cat');
  copyFileSync('/bin/cat', program);
  const child = spawn(program);
  await once(child, 'spawn');
  expect(failureOf(() => openSync(program, 'r+'))).toMatchObject({ code: 'busy', step: 'output' });
  child.stdin.end();
  await once(child, 'close');
});

it('too-many-open-files', async () => {
  const limit = (soft: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${soft}:`]);
  const before = execFileSync('prlimit', ['--pid', String(process.pid), '--nofile', '-o', 'SOFT', '--noheadings']);
  limit(String(Math.max(...readdirSync('/proc/self/fd').map(Number)) + 40));
  const filling: number[] = [];
  const refused = failureOf(() => {
    for (;;) filling.push(openSync('/dev/null', constants.O_RDONLY));
  });
  const input = await inputFailure('/dev/null');
  for (const descriptor of filling) closeSync(descriptor);
  limit(before.toString().trim());
  expect(refused).toMatchObject({ code: 'too-many-open-files', step: 'output' });
  expect(input).toMatchObject({ code: 'too-many-open-files', step: 'input' });
});

describe('the same error of a descriptor', () => {
  it.each([
    ['input', 'read-failed'],
    ['output', 'write-failed'],
  ] as const)('is for %s %s', (step, code) => {
    const descriptor = openSync('/dev/null', 'r');
    closeSync(descriptor);
    try {
      closeSync(descriptor);
      expect.unreachable();
    } catch (error) {
      expect(classify(error, step)).toMatchObject({ code, step });
    }
  });
});

it.each([
  ['text', 'text'],
  [new Error('no code'), 'no code'],
  [Object.assign(new Error('a new one'), { code: 'EUNHEARDOF' }), 'a new one'],
])('what nobody has heard of is unclassified, and shown: %s', (error, detail) => {
  expect(classify(error, 'input')).toEqual({ code: 'unclassified', step: 'input', blame: 'us', detail });
});
