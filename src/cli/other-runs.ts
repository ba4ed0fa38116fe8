import type { FinishedRun, RefusedRun, RunLimits, SaidReport } from '../commands/command.js';
import { createDeadline, type Deadline } from '../io/deadline.js';
import type { Run } from '../model/report.js';
import { formats } from '../reporters/index.js';
import { commandLineIn } from './command-line.js';
import { UsageError } from './crash.js';
import { measureTargets } from './measuring.js';
import { askedOf, secondsOf } from './pipeline.js';
import { ReportStream } from './report-stream.js';
import type { Settings } from './settings.js';
import { nowhere } from './sink.js';

/** The run that runs another. */
interface Outer {
  readonly settings: Settings;
  readonly deadline: Deadline;
}

/**
 * Runs a command line within another run, as a user would have typed it, and keeps what it says. It ends with the outer run at
 * the latest, and judges as of the same instant. A bug in it is no bug of the outer run: it is a refusal that says so.
 */
export async function runOther(
  words: readonly string[],
  { seconds, signal, progress }: RunLimits = {},
  outer: Outer,
): Promise<FinishedRun | RefusedRun> {
  let deadline: Deadline | undefined;
  try {
    const { command, given, settings: own } = await commandLineIn(words);
    const settings = inherited(own, outer.settings);
    const limit = settings.timeout ?? seconds ?? (await secondsOf(command, given, settings));
    deadline = withinOuter(createDeadline(limit, signal ?? outer.deadline.signal), outer.deadline);
    const asked = await askedOf(command, { ...given, targets: [] }, settings, undefined);
    const reports: SaidReport[] = [];
    let run: Run | undefined;
    const reporter = {
      report: () => '',
      end(ended: Run) {
        run = ended;
        return '';
      },
    };
    const stream = new ReportStream({
      command: command.name,
      reporter,
      sink: nowhere,
      ticket: settings.ticket,
      complains: [],
    });
    await measureTargets(command, asked, settings, deadline, {
      async report(target, started, ended, facts, explanation) {
        const report = await stream.report(target, started, ended, facts, explanation);
        reports.push({ report, blocks: explanation.blocks, signals: explanation.signals });
      },
      records: async () => undefined,
      tell: progress ?? (() => undefined),
      pause: () => undefined,
    });
    await stream.end();
    if (run === undefined) throw new Error('the run has no end');
    return { kind: 'finished', run, reports };
  } catch (error) {
    if (error instanceof UsageError) {
      return { kind: 'refused', problem: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
    }
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', problem: `this is a bug in rg-diag: ${message}`, isBug: true };
  } finally {
    deadline?.close();
  }
}

/** It has no more time left than the outer run. */
function withinOuter(deadline: Deadline, outer: Deadline): Deadline {
  const secondsLeft = () => {
    const left = [deadline.secondsLeft(), outer.secondsLeft()].filter((seconds) => seconds !== undefined);
    return left.length === 0 ? undefined : Math.min(...left);
  };
  return { ...deadline, secondsLeft };
}

function inherited(own: Settings, { now, timeoutResult }: Settings): Settings {
  return { ...own, now: own.now ?? now, timeoutResult: own.timeoutResult ?? timeoutResult };
}

/** A finished run as a format prints it, without colours and 80 columns wide. */
export async function renderRun(format: string, { run, reports }: FinishedRun): Promise<string> {
  const row = formats.find((candidate) => candidate.format === format);
  if (row === undefined) throw new Error(`no reporter for the format ${format}`);
  const create = await row.load({ colour: false });
  const reporter = create(run.command, { colour: false, width: 80, verbose: false });
  const drawn = reports.map(({ report, blocks }) => reporter.report(report, blocks));
  return [...drawn, reporter.end(run)].join('');
}
