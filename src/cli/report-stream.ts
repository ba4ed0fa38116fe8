import type { Explanation } from '../commands/command.js';
import type { StreamRecord } from '../model/record.js';
import { exitCodeOf, type Report, type Run, type Verdict, verdictOf, worstOf } from '../model/report.js';
import { type TicketPart, ticketText } from '../model/ticket.js';
import type { Reporter } from '../reporters/reporter.js';
import type { Sink } from './sink.js';
import { version } from './version.js';

export interface Observed {
  readonly target: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds. */
  readonly durationMs: number;
  readonly facts: unknown;
}

/** The finished reports of one run, on their way through the reporter to the sink, and what they add up to. */
export class ReportStream {
  readonly #command: string;
  readonly #at: number;
  readonly #started = performance.now();
  readonly #reporter: Reporter;
  readonly #sink: Sink;
  readonly #tickets: TicketPart[] | undefined;
  readonly #verdicts = new Set<Verdict>();

  constructor(command: string, at: number, reporter: Reporter, sink: Sink, ticket: boolean) {
    this.#command = command;
    this.#at = at;
    this.#reporter = reporter;
    this.#sink = sink;
    this.#tickets = ticket ? [] : undefined;
  }

  async records(batch: readonly StreamRecord[]): Promise<void> {
    await this.#sink.write(batch.map((record) => this.#reporter.record?.(record) ?? '').join(''));
  }

  async report({ target, at, durationMs, facts }: Observed, explanation: Explanation): Promise<void> {
    const { findings, metrics, blocks, signals } = explanation;
    const verdict = verdictOf(findings);
    const report: Report = { target, at: timeOf(at), durationMs: round(durationMs), verdict, facts, findings, metrics };
    this.#verdicts.add(verdict);
    this.#tickets?.push({ report, signals });
    await this.#sink.write(this.#reporter.report(report, blocks));
  }

  /** Writes what is left to say. `exitCode` is that of a signal, where one ended the run. Returns the exit code. */
  async end(exitCode?: number): Promise<number> {
    const verdict = worstOf([...this.#verdicts]);
    const run: Run = {
      schema: 'rg-diag/1',
      command: this.#command,
      version,
      at: timeOf(this.#at),
      verdict,
      exitCode: exitCode ?? exitCodeOf(verdict),
      durationMs: round(performance.now() - this.#started),
      ...(this.#tickets && { ticket: ticketText(this.#command, version, this.#tickets) }),
    };
    await this.#sink.write(this.#reporter.end(run));
    return run.exitCode;
  }
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** To the microsecond: more digits would only be noise. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
