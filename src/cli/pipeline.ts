import type { Answer, Command, Given } from '../commands/command.js';
import { createDeadline } from '../io/deadline.js';
import type { Failure } from '../model/failure.js';
import type { Status } from '../model/finding.js';
import { exitCodeOf } from '../model/report.js';
import { formats } from '../reporters/index.js';
import { takesColour } from './colour.js';
import { UsageError } from './crash.js';
import { interruptOnSignals } from './interrupt.js';
import { measureTargets } from './measuring.js';
import { createProgress } from './progress.js';
import { ReportStream } from './report-stream.js';
import type { Settings } from './settings.js';
import { openSink, ReaderGone, type Sink } from './sink.js';
import { readTargets } from './targets.js';

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
    const answer = await askedOf(command, { ...given, targets: list.targets }, settings, list.failure);
    sink = await openSink(settings.output, settings.quiet, deadline);
    const format = settings.format ?? command.defaultFormat?.(answer.asked) ?? 'text';
    const stream = await createReportStream(command.name, format, settings, sink);
    await measureTargets(command, answer, settings, deadline, {
      report: (...report) => stream.report(...report),
      records: (batch) => stream.records(batch),
      tell: progress.tell,
      pause: progress.pause,
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

/** Seconds that a run may take; nothing: it has no deadline. */
export async function secondsOf<Asked extends object, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  given: Omit<Given, 'targets'>,
  { timeout }: Settings,
): Promise<number | undefined> {
  if (timeout !== undefined) return timeout;
  if (command.usualTimeout !== undefined) return command.usualTimeout(given);
  return typeof command.defaultTimeout === 'number' ? command.defaultTimeout : undefined;
}

/** What is asked, with what the options of every command add to it; or the usage error that is in the way. */
export async function askedOf<Asked extends object, Target, Facts>(
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
