import { availableParallelism } from 'node:os';
import type { Command, Given, MeasureContext } from '../commands/command.js';
import { createDeadline, type StopReason } from '../io/deadline.js';
import type { Failure } from '../model/failure.js';
import { exitCodeOf, type Verdict } from '../model/report.js';
import { formats } from '../reporters/index.js';
import type { Reporter } from '../reporters/reporter.js';
import { takesColour } from './colour.js';
import { UsageError } from './crash.js';
import { interruptOnSignals } from './interrupt.js';
import { createProgress } from './progress.js';
import { ReportStream } from './report-stream.js';
import { openSink, ReaderGone } from './sink.js';
import { cutShort, unreached, unread } from './unmeasured.js';

/** Targets that are measured at once where `--concurrency` does not say. */
const targetsAtOnce = 16;

/** What the options of every command say about a run. */
export interface Settings {
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: 'auto' | 'always' | 'never' | undefined;
  /** Seconds; absent: the command's default. */
  readonly timeout: number | undefined;
  readonly timeoutResult: Verdict;
  /** Milliseconds since the epoch. */
  readonly now: number | undefined;
  readonly ticket: boolean;
  readonly concurrency: number | undefined;
  /** Why the file that `--targets` names could not be read. */
  readonly unreadTargets: { readonly path: string; readonly failure: Failure } | undefined;
}

/** Targets → measure → explain → report → exit code: one run of one command. */
export async function run<Asked, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  given: Given,
  settings: Settings,
): Promise<number> {
  const answer = command.ask(given);
  if ('problem' in answer) throw new UsageError(answer.problem, { command: command.name, hint: answer.hint });
  const { asked, targets } = answer;
  const deadline = createDeadline(settings.timeout ?? command.defaultTimeout);
  const interruption = interruptOnSignals(deadline);
  const progress = createProgress(settings.quiet);
  const now = () => settings.now ?? Date.now();
  const sink = await openSink(settings.output, settings.quiet, () => deadline.interrupt('nobody reads the output'));
  try {
    const reporter = await createReporter(
      settings.format ?? command.defaultFormat?.(asked) ?? 'text',
      command.name,
      settings,
    );
    const stream = new ReportStream(command.name, now(), reporter, sink, settings.ticket);
    const { measure } = await command.measure();
    const { explain } = await command.explain();
    const concurrency =
      settings.concurrency ?? (command.sharing === 'threads' ? availableParallelism() : targetsAtOnce);
    const context: MeasureContext = {
      signal: deadline.signal,
      now,
      concurrency,
      progress: progress.tell,
      records: (batch) => {
        progress.pause();
        return stream.records(batch);
      },
    };
    const stopped = () => (deadline.signal.aborted ? (deadline.signal.reason as StopReason) : undefined);

    if (settings.unreadTargets !== undefined) {
      const { path, failure } = settings.unreadTargets;
      await stream.report(
        { target: path, at: now(), durationMs: 0, facts: { asked, failure } },
        unread(command.name, failure),
      );
    }
    await eachOf(targets, command.sharing === 'targets' ? concurrency : 1, async (target) => {
      const observed = { target: command.label(target), at: now() };
      const failure = stopped();
      if (failure !== undefined) {
        await stream.report(
          { ...observed, durationMs: 0, facts: { asked, failure } },
          unreached(command.name, failure),
        );
        return;
      }
      const started = performance.now();
      for await (const facts of measure(target, asked, context)) {
        const explanation = cutShort(explain(facts), command.name, stopped(), settings.timeoutResult);
        progress.pause();
        await stream.report({ ...observed, durationMs: performance.now() - started, facts }, explanation);
      }
    });
    progress.stop();
    const exitCode = await stream.end(interruption.exitCode());
    await (interruption.exitCode() === undefined ? sink.finish() : sink.discard());
    return exitCode;
  } catch (error) {
    await sink.discard();
    // Nobody reads any more, so nothing that was found counts: quietly unknown.
    if (error instanceof ReaderGone) return exitCodeOf('unknown');
    throw error;
  } finally {
    progress.stop();
    deadline.close();
    interruption.close();
  }
}

async function createReporter(format: string, command: string, settings: Settings): Promise<Reporter> {
  const create = await formats.find((row) => row.format === format)?.load();
  if (create === undefined) throw new Error(`no reporter for the format ${format}`);
  // Only text is ever coloured or fitted to a width, and asking about a terminal is not for free.
  const isTerminal = format === 'text' && settings.output === undefined && process.stdout.isTTY === true;
  return create(command, {
    colour: format === 'text' && takesColour({ option: settings.color, env: process.env, isTerminal }),
    width: isTerminal ? process.stdout.columns : 80,
    verbose: settings.verbose,
  });
}

/** Runs `work` for each item, at most `limit` at once, in the order given. */
async function eachOf<Item>(items: readonly Item[], limit: number, work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const runner = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runner));
}
