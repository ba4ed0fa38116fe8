import { printable } from '../model/printable.js';
import { shortened } from '../model/shortened.js';
import { statusText } from '../reporters/nagios/status-text.js';

/** What the user asked for cannot be done as asked: an apology with a way out, never a stack trace. */
export class UsageError extends Error {
  /** The command that was being asked for, if it is known: its help is pointed to. */
  readonly command: string | undefined;
  readonly hint: string | undefined;

  constructor(problem: string, { command, hint }: { command?: string | undefined; hint?: string | undefined } = {}) {
    super(problem);
    this.command = command;
    this.hint = hint;
  }
}

/** The output could not be written (a full disk, say): what was found is lost, so the run is unknown at best. */
export class WriteFailed extends Error {}

export interface Farewell {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * The last words of a run that could not report: a usage error (64), output that could not be written (3) or a bug
 * (70). With `--format nagios` all are a status line on standard output and 3, so that a scheduler shows them instead
 * of a stale or critical service.
 */
export function farewell(error: unknown, argv: readonly string[]): Farewell {
  const usage = error instanceof UsageError ? error : undefined;
  const expected = usage !== undefined || error instanceof WriteFailed;
  const name = ['rg-diag', usage?.command].filter((part) => part !== undefined).join(' ');
  const message = error instanceof Error ? error.message : String(error);
  const problem = printable(expected ? message : `this is a bug in rg-diag: ${message}`);
  if (asksForNagios(argv)) {
    const line = `${name.toUpperCase()} UNKNOWN - ${shortened(statusText(problem), 200)}\n`;
    // A status line that cannot be written either is not the only word.
    return { stdout: line, stderr: error instanceof WriteFailed ? `${name}: ${problem}\n` : '', exitCode: 3 };
  }
  if (usage !== undefined) {
    const hint = usage.hint === undefined ? '' : `${usage.hint.split('\n').map(printable).join('\n')}\n`;
    return { stdout: '', stderr: `${name}: ${problem}\n${hint}Try '${name} --help'.\n`, exitCode: 64 };
  }
  if (expected) return { stdout: '', stderr: `${name}: ${problem}\n`, exitCode: 3 };
  const stack =
    error instanceof Error && error.stack !== undefined ? `${error.stack.split('\n').map(printable).join('\n')}\n` : '';
  const plea = 'Please report it with the lines above and the output of rg-diag --version.\n';
  return { stdout: '', stderr: `${name}: ${problem}\n${stack}${plea}`, exitCode: 70 };
}

/** Read from the raw arguments, because the error may be that they could not be parsed. */
function asksForNagios(argv: readonly string[]): boolean {
  return argv.some(
    (word, index) =>
      /^(--?format=|-[a-z]*f=?)nagios$/.test(word) ||
      (word === 'nagios' && /^(--?format|-[a-z]*f)$/.test(argv[index - 1] ?? '')),
  );
}
