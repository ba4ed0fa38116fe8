import { readdirSync } from 'node:fs';
import type { Failure, FailureCode } from '../model/failure.js';
import { shortened } from '../model/shortened.js';
import { findProgram, runProgram } from './spawn.js';

/** Which entries of systemd's journal. */
export interface JournalQuery {
  /** Where the files of the journal are; absent: those of this machine. */
  readonly directory?: string;
  /** Programs, by what they call themselves in syslog; absent: all. */
  readonly tags?: readonly string[];
  /** Milliseconds since the epoch. Entries less than a second before or behind may be among them. */
  readonly since?: number;
  readonly until?: number;
  /** Only so many, the last ones. */
  readonly last?: number;
  /** As lines of syslog with times in UTC, for people to read; absent: as JSON. */
  readonly asText?: true;
}

/** Where journald keeps what it has, from boot to boot or until the next one. */
const usualFolders = ['/var/log/journal', '/run/log/journal'] as const;

/** There are files of a journal on this machine, and the program that reads them; whether this user may is not asked. */
export function hasJournal(): boolean {
  return usualFolders.some(isNotEmpty) && findProgram('journalctl') !== undefined;
}

function isNotEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** Seconds since the epoch that journalctl takes: up to the end of the year 9999. */
const latest = 253_402_214_400;

/**
 * Hands over entries of the journal as journalctl prints them, the oldest first; JSON is a line each. Resolves with the failure
 * for which some of them or all are missing, or with nothing at the end and when `signal` is aborted. What is kept does not
 * grow with the journal.
 */
export async function readJournal(
  query: JournalQuery,
  take: (chunk: Uint8Array) => void,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const path = findProgram('journalctl');
  if (path === undefined) {
    return { code: 'program-not-found', step: 'spawn', blame: 'us', detail: 'there is no journalctl on the PATH' };
  }
  const outcome = await runProgram({
    path,
    name: 'journalctl',
    args: argsOf(query),
    limits: { signal },
    take,
    // They would keep what it has to say of files that it may not read from standard error.
    without: ['SYSTEMD_LOG_LEVEL', 'SYSTEMD_LOG_TARGET'],
  });
  if (signal.aborted) return undefined;
  return complaint(outcome.partial.stderr) ?? (outcome.ok ? undefined : outcome.failure);
}

function argsOf({ directory, tags = [], since, until, last, asText }: JournalQuery): string[] {
  // A span that ends before it begins would be refused; then it is for the one who reads to leave all out.
  const ends = until !== undefined && (since === undefined || since <= until);
  return [
    // Not --quiet: without being told, nobody would know of what is not to be seen.
    ...(asText === true ? ['--output=short-iso', '--utc'] : ['--output=json']),
    '--no-pager',
    ...(directory === undefined ? [] : [`--directory=${directory}`]),
    ...tags.map((tag) => `--identifier=${tag}`),
    ...(since === undefined ? [] : [`--since=${instantText(Math.floor(since / 1000))}`]),
    ...(ends ? [`--until=${instantText(Math.ceil(until / 1000))}`] : []),
    ...(last === undefined ? [] : [`--lines=${last}`]),
  ];
}

function instantText(seconds: number): string {
  return `@${Math.min(Math.max(seconds, 0), latest)}`;
}

/** What journalctl prints on standard error when entries are missing, some of it with the exit status 0. */
const complaints: readonly (readonly [RegExp, FailureCode])[] = [
  [/insufficient permissions|permission denied|not seeing messages from/i, 'permission-denied'],
  [/no such file or directory|no journal files were found/i, 'file-not-found'],
  [/not a directory/i, 'not-a-file'],
  [/is truncated|corrupted|unsupported feature|bad message/i, 'corrupt-input'],
  [/ignoring file|too many open files/i, 'read-failed'],
];

function complaint(stderr: string): Failure | undefined {
  const lines = stderr.split('\n').map((line) => line.trim());
  for (const [pattern, code] of complaints) {
    const line = lines.find((text) => pattern.test(text));
    if (line !== undefined) {
      return { code, step: 'input', blame: 'us', detail: `journalctl: ${shortened(line, 300)}` };
    }
  }
  return undefined;
}
