import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The built program, as a user runs it. */
export const program = join(import.meta.dirname, '../../bin/rg-diag');

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the signal's name where one ended it. */
  readonly exit: number | string | null;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Variables that would change what is printed. */
const neutral = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TZ: 'UTC' };

/** Runs `bin/rg-diag` with arguments; standard input is empty unless given, and never a terminal. */
export function rgDiag(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run(program, args, options);
}

/** Runs a line of shell with `rg-diag` on the path. */
export function shell(line: string, options: RunOptions = {}): Promise<Ran> {
  const path = `${join(program, '..')}:${neutral.PATH}`;
  // Where its input is a socket, as here, bash takes itself for a remote shell and reads ~/.bashrc.
  return run('bash', ['--norc', '-c', line], { ...options, env: { PATH: path, ...options.env } });
}

async function run(command: string, args: readonly string[], { input, env, cwd }: RunOptions): Promise<Ran> {
  const child = spawn(command, args, { env: { ...neutral, ...env }, cwd, stdio: 'pipe' });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program that does not read its input closes the pipe: that is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return {
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
    exit: signal ?? code,
  };
}
