import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Failure, Outcome } from '../model/failure.js';
import { shortened } from '../model/shortened.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';

/** What a program has printed, as UTF-8; other bytes are U+FFFD. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** What it had printed by then is there too where it failed. */
export type ProgramOutcome = Outcome<Printed> & { readonly partial: Printed };

export interface ProgramRun {
  /** Where it is, as `findProgram` says. */
  readonly path: string;
  /** What failures call it, where that is not its path. */
  readonly name?: string;
  /** Word by word: no shell reads them. */
  readonly args: readonly string[];
  readonly limits: Limits;
  /** Bytes of standard output that are too many: it is ended then. Default 1 MiB. */
  readonly cap?: number;
  /** Takes standard output as it comes: nothing of it is kept, and there is no such thing as too much. */
  readonly take?: (chunk: Uint8Array) => void;
  /** Variables of the environment that it is not to have. */
  readonly without?: readonly string[];
}

const usualCap = 1024 * 1024;

/** Bytes of standard error that are kept; the rest is read and dropped. */
const errorCap = 64 * 1024;

/** Milliseconds that a program has to end by itself when it is asked to, and those to wait for its output after that. */
const patience = { term: 100, kill: 50 } as const;

/** Where a program is, by the folders of PATH that are absolute; nothing where none of them has it. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a program to its end, with an empty input and in the language C, in a process group of its own. When its time is
 * up, the run ends or it prints too much, all of the group is asked to end, and shortly after made to. Fails with
 * `program-not-found`, `permission-denied`, `timeout`, `answer-too-long`, or `program-failed` where it ended with another
 * status than 0.
 */
export function runProgram({
  path,
  name = path,
  args,
  limits,
  cap = usualCap,
  take,
  without = [],
}: ProgramRun): Promise<ProgramOutcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const output = new Kept(cap);
    const errors = new Kept(errorCap);
    const left = new Set(['LC_ALL', 'LANGUAGE', ...without]);
    const inherited = Object.entries(process.env).filter(([variable]) => !left.has(variable));
    const child = spawn(path, args, {
      env: { ...Object.fromEntries(inherited), LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    keep(child);
    const timers: NodeJS.Timeout[] = [];
    let ending: Failure | undefined;
    let giveUp = (): void => undefined;
    const finish = (failure: Failure | undefined) => {
      giveUp();
      for (const timer of timers) clearTimeout(timer);
      release(child);
      const ms = performance.now() - started;
      const partial = { stdout: output.text(), stderr: errors.text() };
      resolve(failure === undefined ? { ok: true, value: partial, ms, partial } : { ok: false, failure, ms, partial });
    };
    const end = (failure: Failure) => {
      if (ending !== undefined) return;
      ending = failure;
      killGroup(child, 'SIGTERM');
      const kill = () => {
        killGroup(child, 'SIGKILL');
        timers.push(setTimeout(() => leave(child, () => finish(failure)), patience.kill));
      };
      timers.push(setTimeout(kill, patience.term));
    };
    giveUp = limit(limits, 'spawn', 'us', `${name} did not end`, end);
    child.once('error', (error) => {
      // A signal that cannot be delivered is an error too; only a program that was never begun has no number.
      if (child.pid === undefined) finish(startFailure(error, name));
    });
    // Where no descriptor was left there are no pipes.
    child.stdout?.on('data', (chunk: Buffer) => {
      if (take !== undefined) {
        if (ending === undefined) take(chunk);
        return;
      }
      if (output.add(chunk)) return;
      child.stdout?.pause();
      end({ code: 'answer-too-long', step: 'spawn', blame: 'us', detail: `${name} printed more than ${cap} bytes` });
    });
    child.stderr?.on('data', (chunk: Buffer) => errors.add(chunk));
    child.once('close', (status, signal) => {
      // What it started and left behind goes with it.
      if (ending !== undefined) killGroup(child, 'SIGKILL');
      finish(ending ?? endFailure(name, status, signal, errors.text()));
    });
  });
}

function startFailure(error: Error, name: string): Failure {
  const failure = classify(error, 'spawn');
  const code = failure.code === 'file-not-found' ? 'program-not-found' : failure.code;
  return { ...failure, code, detail: `${name}: ${failure.detail}` };
}

function endFailure(name: string, status: number | null, signal: string | null, stderr: string): Failure | undefined {
  if (status === 0) return undefined;
  const how = signal === null ? `with status ${status}` : `by ${signal}`;
  const line = stderr.split('\n').find((text) => text.trim() !== '');
  const said = line === undefined ? '' : `: ${shortened(line.trim(), 300)}`;
  return { code: 'program-failed', step: 'spawn', blame: 'us', detail: `${name} ended ${how}${said}` };
}

/** The first bytes of a stream. */
class Kept {
  readonly #chunks: Buffer[] = [];
  readonly #cap: number;
  #length = 0;

  constructor(cap: number) {
    this.#cap = cap;
  }

  /** Whether all of it was kept. */
  add(chunk: Buffer): boolean {
    const part = chunk.subarray(0, this.#cap - this.#length);
    if (part.length > 0) this.#chunks.push(part);
    this.#length += part.length;
    return part.length === chunk.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

const running = new Set<ChildProcess>();

/** A process that ends in whatever way takes its programs along. */
function keep(child: ChildProcess): void {
  if (running.size === 0) process.once('exit', endAll);
  running.add(child);
}

function release(child: ChildProcess): void {
  running.delete(child);
  if (running.size === 0) process.off('exit', endAll);
}

function endAll(): void {
  for (const child of running) killGroup(child, 'SIGKILL');
}

function killGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // There is nobody left in it, or it has become another user's.
  }
}

/** Whoever holds its output still, in a group of his own, is not waited for. */
function leave(child: ChildProcess, then: () => void): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.removeAllListeners('close');
  child.unref();
  then();
}
