import {
  type Answer,
  type Command,
  type Explanation,
  type Given,
  type MeasureContext,
  type Observation,
  type Seen,
  usualAtOnce,
} from '../commands/command.js';
import { catalogue } from '../commands/index.js';
import { createDeadline, type StopReason, stopOf } from '../io/deadline.js';
import type { Failure } from '../model/failure.js';
import type { Status } from '../model/finding.js';
import { exitCodeOf, type Verdict } from '../model/report.js';
import { judgeUnmeasured, type UnmeasuredFacts } from '../model/stop.js';
import { formats } from '../reporters/index.js';
import { monotonic } from './clock.js';
import { takesColour } from './colour.js';
import { UsageError } from './crash.js';
import { eachOf, overdue } from './each-of.js';
import { interruptOnSignals } from './interrupt.js';
import { createProgress } from './progress.js';
import { ReportStream } from './report-stream.js';
import { openSink, ReaderGone, type Sink } from './sink.js';
import { readTargets } from './targets.js';
import { turns } from './turns.js';
import { version } from './version.js';

/** What the options of every command say about a run. */
export interface Settings {
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: 'auto' | 'always' | 'never' | undefined;
  /** Seconds; absent: the command's default. */
  readonly timeout: number | undefined;
  readonly timeoutResult: Verdict | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number | undefined;
  readonly ticket: boolean;
  readonly concurrency: number | undefined;
  /** The file of `--targets`. */
  readonly targets: string | undefined;
}

/** Targets → measure → explain → report → exit code: one run of one command, under one deadline. */
export async function run<Asked extends object, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  given: Omit<Given, 'targets'>,
  settings: Settings,
): Promise<number> {
  const deadline = createDeadline(await secondsOf(command, given, settings));
  const interruption = interruptOnSignals(deadline);
  const progress = createProgress(settings.quiet);
  let sink: Sink | undefined;
  try {
    const list = await readTargets(settings.targets, deadline.signal);
    const { asked, targets, unreadable } = await ask(
      command,
      { ...given, targets: list.targets },
      settings,
      list.failure,
    );
    sink = await openSink(settings.output, settings.quiet, deadline);
    const format = settings.format ?? command.defaultFormat?.(asked) ?? 'text';
    const stream = await createReportStream(command.name, format, settings, sink);
    for (const { label, failure } of unreadable ?? []) {
      const facts: UnmeasuredFacts = { kind: 'unmeasured', asked, begun: false, failure };
      const time = monotonic();
      await stream.report(label, time, time, facts, explainUnmeasured(command.name, facts));
    }
    const { measure } = await command.measure();
    const late = overdue(deadline.over);
    let turn: MeasureContext['turn'] | undefined;
    const context: MeasureContext = {
      signal: deadline.signal,
      now: () => settings.now ?? Date.now(),
      version,
      // Most runs have no use for these two.
      get concurrency() {
        return concurrencyOf(command, settings);
      },
      get turn() {
        turn ??= turns(this.concurrency);
        return turn;
      },
      judge: judgeAs,
      // Several at once would only talk over each other: then the pipeline says how many are done.
      progress: command.sharing === 'threads' || targets.length === 1 ? progress.tell : () => undefined,
      records: (batch) => {
        progress.pause();
        return stream.records(batch);
      },
    };
    let done = 0;
    await eachOf(targets, command.sharing === 'threads' ? 1 : context.concurrency, async (target) => {
      const label = command.label(target);
      const turn = monotonic();
      const unmeasured = async (begun: boolean) => {
        const facts: UnmeasuredFacts = {
          kind: 'unmeasured',
          asked,
          begun,
          failure: deadline.signal.reason as StopReason,
        };
        const started = begun ? turn : monotonic();
        await stream.report(label, started, monotonic(), facts, explainUnmeasured(command.name, facts));
      };
      if (stopOf(deadline.signal) !== undefined) return unmeasured(false);
      const seen = measure(target, asked, context)[Symbol.asyncIterator]();
      for (;;) {
        const next = await Promise.race([seen.next(), late]);
        if (next === 'overdue') return unmeasured(true);
        if (next.done) {
          if (targets.length > 1) progress.tell(`${++done} of ${targets.length} targets`);
          return;
        }
        const { label: own = label, startedAt } = next.value;
        // Observations count by another clock.
        const started = startedAt === undefined ? turn : monotonic() - (performance.now() - startedAt);
        const measured = await understood(command, next.value);
        const acting = await command.act?.(asked);
        const acted = acting && (await Promise.race([acting.act(target, measured, context), late]));
        if (acted === 'overdue') return unmeasured(true);
        const { facts, explanation } = acted === undefined ? measured : await understood(command, acted);
        progress.pause();
        await stream.report(own, started, monotonic(), facts, explanation);
      }
    });
    progress.stop();
    const exitCode = await stream.end(interruption.exitCode());
    const isWhole = interruption.exitCode() === undefined && stream.handsOver();
    await (isWhole ? sink.finish() : sink.discard());
    return exitCode;
  } catch (error) {
    deadline.interrupt('the run has failed');
    await sink?.discard();
    // Nobody reads any more, so nothing that was found counts: quietly unknown.
    if (error instanceof ReaderGone) return interruption.exitCode() ?? exitCodeOf('unknown');
    throw error;
  } finally {
    progress.stop();
    deadline.close();
    interruption.close();
  }
}

async function secondsOf<Asked extends object, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  given: Omit<Given, 'targets'>,
  { timeout }: Settings,
): Promise<number | undefined> {
  if (timeout !== undefined) return timeout;
  if (command.usualTimeout !== undefined) return command.usualTimeout(given);
  return typeof command.defaultTimeout === 'number' ? command.defaultTimeout : undefined;
}

/** What is asked, with what the options of every command add to it; or the usage error that is in the way. */
async function ask<Asked extends object, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  given: Given,
  { timeoutResult, now, targets: path }: Settings,
  unread: Failure | undefined,
): Promise<Answer<Asked, Target>> {
  const answer = await command.ask(given);
  const extra = {
    ...(timeoutResult && { timeoutResult }),
    ...(now !== undefined && { now: new Date(now).toISOString() }),
  };
  const unreadable = unread === undefined ? [] : [{ label: path ?? '', failure: unread }];
  if (!('problem' in answer)) {
    const { asked, targets, unreadable: lines = [] } = answer;
    return { asked: { ...asked, ...extra }, targets, unreadable: [...unreadable, ...lines] };
  }
  // Which targets were meant is not known: that is reported, and is no mistake of the command line.
  if (unread !== undefined) return { asked: extra as Asked, targets: [], unreadable };
  throw new UsageError(answer.problem, { command: command.name, hint: answer.hint });
}

function concurrencyOf(
  { sharing, atOnce }: { readonly sharing: 'targets' | 'attempts' | 'threads'; readonly atOnce?: number },
  { concurrency }: Settings,
): number {
  if (sharing !== 'threads') return concurrency ?? atOnce ?? usualAtOnce;
  // More threads than cores only get in each other's way.
  const cores = process.getBuiltinModule('node:os').availableParallelism();
  return Math.min(concurrency ?? cores, cores);
}

/** What was seen, with what it means. */
async function understood<Asked extends object, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  { facts, explanation }: Observation<Facts>,
): Promise<Seen<Facts>> {
  return { facts, explanation: explanation ?? (await command.explain()).explain(facts) };
}

/** What a command makes of facts that it did not measure just now: the way of `explain --report`. */
async function judgeAs(name: string, facts: unknown): Promise<Explanation | undefined> {
  const row = catalogue.find((candidate) => candidate.name === name);
  const { command } = (await row?.load()) ?? {};
  if (command?.kind !== 'diagnosis') return undefined;
  if ((facts as UnmeasuredFacts).kind === 'unmeasured') return explainUnmeasured(name, facts as UnmeasuredFacts);
  return (await command.explain()).explain(facts);
}

async function createReportStream(
  command: string,
  format: string,
  { output, color, verbose, quiet, ticket }: Settings,
  sink: Sink,
): Promise<ReportStream> {
  const row = formats.find((candidate) => candidate.format === format);
  if (row === undefined) throw new Error(`no reporter for the format ${format}`);
  // Only text is ever coloured or fitted to a width, and asking about a terminal is not for free.
  const isTerminal = format === 'text' && output === undefined && process.stdout.isTTY === true;
  const colour = format === 'text' && takesColour({ option: color, env: process.env, isTerminal });
  const create = await row.load({ colour });
  const reporter = create(command, {
    colour,
    width: isTerminal ? process.stdout.columns : 80,
    verbose,
  });
  return new ReportStream({ command, reporter, sink, ticket, complains: complaintsOf(row, quiet) });
}

/** Quiet is for results: that something could not be looked at is an error. */
function complaintsOf(
  { saysReports, isForContent }: { readonly saysReports: boolean; readonly isForContent?: true },
  quiet: boolean,
): readonly Status[] {
  if (quiet) return ['broken'];
  if (saysReports) return [];
  return isForContent === true ? ['broken', 'fail', 'warn', 'note', 'pass'] : ['broken', 'fail', 'warn'];
}

function explainUnmeasured(command: string, facts: UnmeasuredFacts): Explanation {
  return { findings: [judgeUnmeasured(command, facts)], metrics: [], blocks: [], signals: [] };
}
