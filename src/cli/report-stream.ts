import type { Explanation } from '../commands/command.js';
import { toMicrosecond } from '../model/duration.js';
import type { Status } from '../model/finding.js';
import { printable } from '../model/printable.js';
import type { StreamRecord } from '../model/record.js';
import { exitCodeOf, type Report, type Run, type Verdict, verdictOf, worstOf } from '../model/report.js';
import { type TicketPart, ticketText } from '../model/ticket.js';
import type { Reporter } from '../reporters/reporter.js';
import { monotonic } from './clock.js';
import type { Sink } from './sink.js';
import { version } from './version.js';
import { writeNow } from './write.js';

interface Way {
  readonly command: string;
  readonly reporter: Reporter;
  readonly sink: Sink;
  readonly ticket: boolean;
  /** What is to be said on standard error too, because the output does not say it. */
  readonly complains: readonly Status[];
}

/** The finished reports of one run, on their way through the reporter to the sink, and what they add up to. */
export class ReportStream {
  readonly #way: Way;
  readonly #at = Date.now();
  readonly #started = monotonic();
  readonly #tickets: TicketPart[] = [];
  readonly #verdicts = new Set<Verdict>();

  constructor(way: Way) {
    this.#way = way;
  }

  async records(batch: readonly StreamRecord[]): Promise<void> {
    const { reporter, sink } = this.#way;
    await sink.write(batch.map((record) => reporter.record?.(record) ?? '').join(''));
  }

  /** `started` and `ended` are times of the monotonic clock. */
  async report(
    target: string,
    started: number,
    ended: number,
    facts: unknown,
    { findings, metrics, blocks, signals }: Explanation,
  ): Promise<Report> {
    const { reporter, sink, ticket } = this.#way;
    const verdict = verdictOf(findings);
    const durationMs = toMicrosecond(ended - started);
    const report: Report = { target, at: this.#timeOf(started), durationMs, verdict, facts, findings, metrics };
    this.#verdicts.add(verdict);
    if (ticket) this.#tickets.push({ report, signals });
    this.#complain(report);
    await sink.write(reporter.report(report, blocks));
    return report;
  }

  #complain({ target, findings }: Report): void {
    for (const { status, says } of findings) {
      if (!this.#way.complains.includes(status)) continue;
      writeNow(2, `rg-diag ${this.#way.command}: ${printable(target)}: ${printable(says)}\n`);
    }
  }

  /** Writes what is left to say. `exitCode` is that of a signal, where one ended the run. Returns the exit code. */
  async end(exitCode?: number): Promise<number> {
    const verdict = worstOf([...this.#verdicts]);
    const { command, reporter, sink, ticket } = this.#way;
    const run: Run = {
      schema: 'rg-diag/1',
      command,
      version,
      at: this.#timeOf(this.#started),
      verdict,
      exitCode: exitCode ?? exitCodeOf(verdict),
      durationMs: toMicrosecond(monotonic() - this.#started),
      ...(ticket && { ticket: ticketText(command, version, this.#tickets) }),
    };
    await sink.write(reporter.end(run));
    return run.exitCode;
  }

  /** Whether the output is to take the place of what was there. */
  handsOver(): boolean {
    return this.#way.reporter.handsOver?.() ?? true;
  }

  /** RFC 3339 of a time of the monotonic clock. */
  #timeOf(milliseconds: number): string {
    return new Date(this.#at + milliseconds - this.#started).toISOString();
  }
}
