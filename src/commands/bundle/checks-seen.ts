import type { FinishedRun, RefusedRun } from '../command.js';

/** A check that doctor would make, as far as a plan needs it. */
export interface CheckSeen {
  /** Of the catalogue: `origin`. */
  readonly command: string;
  /** How it is called: `origin of www.example.com`. */
  readonly name: string;
  /** The line to type for it; nothing secret is in it. */
  readonly line: string;
  /** What it is about, for the name of a file: a host, an address; empty where there is only one of it. */
  readonly subject: string;
  readonly host?: string;
}

/** Checks that are listed at most; one more would be no folder that a person looks through. */
const mostChecks = 100;

/** The checks that a dry run of doctor lists, or why there is none. Its facts are those of another command: nothing of them is taken for granted. */
export function checksSeen(ran: FinishedRun | RefusedRun): { checks: CheckSeen[] } | { problem: string } {
  if (ran.kind === 'refused') return { problem: ran.hint === undefined ? ran.problem : `${ran.problem} (${ran.hint})` };
  const all = ran.reports.flatMap(({ report }) => listOf(recordOf(report.facts)['checks']));
  const checks = all.flatMap((value): CheckSeen[] => {
    const { command, name, line, subject, outcome } = recordOf(value);
    if (typeof command !== 'string' || typeof line !== 'string') return [];
    if (recordOf(outcome)['state'] === 'skipped') return [];
    const { host, destination } = recordOf(subject);
    const about = [host, destination].find((text) => typeof text === 'string');
    return [
      {
        command,
        line,
        name: typeof name === 'string' ? name : command,
        subject: typeof about === 'string' ? about : '',
        ...(typeof host === 'string' && { host }),
      },
    ];
  });
  return { checks: checks.slice(0, mostChecks) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
