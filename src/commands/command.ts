import type { Readable, Writable } from 'node:stream';
import type { Block } from '../model/block.js';
import type { Failure } from '../model/failure.js';
import type { Finding } from '../model/finding.js';
import type { Metric } from '../model/metric.js';
import type { NetworkOptions } from '../model/network.js';
import type { StreamRecord } from '../model/record.js';
import type { Report, Run } from '../model/report.js';
import type { AskedOfEveryCommand } from '../model/stop.js';

/** How many targets or attempts at once where neither `--concurrency` nor the command says. */
export const usualAtOnce = 16;

/** A row of the catalogue (`commands/index.ts`): all that `rg-diag --help` needs, and how to get the rest. */
export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ readonly command: AnyCommand }>;
}

/** The value of an option or argument: what it is called in help, and what a shell can complete it with. */
export interface ValueSpec {
  /** As in help and man pages, upper case: `FILE`, `SECONDS`. */
  readonly name: string;
  readonly kind: 'text' | 'number' | 'file' | 'time' | 'choice';
  /** For `number`: the least value that is accepted; 0 where it is absent. */
  readonly min?: number;
  /** For `number`: only whole numbers. */
  readonly integer?: true;
  /** For `choice`: every spelling that is accepted. */
  readonly choices?: readonly string[];
}

export type OptionSpec = Spelling & {
  /** Absent for a switch. */
  readonly value?: ValueSpec;
  /** May be given several times; the parsed value is then a list. */
  readonly repeats?: true;
  /** One sentence without a full stop, lower case: help, man page and completion show it. */
  readonly says: string;
  /** More, for the man page only: whole sentences. */
  readonly more?: string;
};

type Spelling =
  | {
      /** Without dashes: `expect`. The parsed value is found under this name in `Given.options`. */
      readonly long: string;
      /** One letter, without the dash. */
      readonly short?: string;
    }
  // Only interactive commands, which keep to the command line of the program that they stand in for.
  | { readonly long?: never; readonly short: string };

export interface ArgumentSpec {
  readonly value: ValueSpec;
  readonly required: boolean;
  readonly repeats: boolean;
  readonly says: string;
}

export interface Example {
  /** What to type, as one shell line that begins with or contains `rg-diag`. */
  readonly command: string;
  /** What it is for, one sentence. */
  readonly says: string;
}

/** What the user gave, after the parser checked spelling and shape. */
export interface Given {
  readonly args: readonly string[];
  /** By `OptionSpec.long`: string, true (a switch), number (kind `number`), or a list of strings where it repeats. */
  readonly options: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Lines of `--targets`, comments and blank lines removed. */
  readonly targets: readonly string[];
  /** How targets are to be reached: the options of every network command, read. */
  readonly network: NetworkOptions;
  /** The output format that was asked for, where one was. */
  readonly format: string | undefined;
  /** Whether standard input is a terminal: a command that would read it can say so instead of waiting. */
  stdinIsTerminal(): boolean;
}

/** What was asked for cannot be done as asked: a sentence for the user, exit 64. */
export interface UsageProblem {
  readonly problem: string;
  /** A spelling that would work, where there is one. */
  readonly hint?: string;
}

/** The description of a command that help, man page, completion and README are made from. */
export interface CommandSpec {
  /**
   * `diagnosis` measures and reports; `print` prints text about rg-diag itself; `interactive` connects standard input and
   * output with something, and has a command line and exit codes of its own.
   */
  readonly kind: 'diagnosis' | 'print' | 'interactive';
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for the man page and long help. */
  readonly description: readonly string[];
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Formats beyond those of every command. */
  readonly formats?: readonly string[];
  /** Takes `--targets`. */
  readonly takesTargets: boolean;
  /** Takes the options of every network command; `ask` finds them read in `Given.network`. */
  readonly network?: true;
  /** What `--connect-timeout` is where it is not given, where that is not what other commands have: for its line of help. */
  readonly usualConnectTimeout?: string;
  /** Takes `--ca-file` and `--add-ca`. */
  readonly trust?: true;
  /** What `--concurrency` bounds and its default, as its line of help; absent where the option makes no sense. */
  readonly concurrency?: string;
  /** How many at once unless `--concurrency` says so; absent: `usualAtOnce`. */
  readonly atOnce?: number;
  /** Seconds, or words for what `usualTimeout` makes of them; absent: no deadline unless `--timeout` is given. */
  readonly defaultTimeout?: number | string;
  readonly examples: readonly Example[];
  /** What an exit status means, where a command has codes of its own. */
  readonly exitStatus?: readonly { readonly code: string; readonly says: string }[];
  readonly files?: readonly { readonly path: string; readonly says: string }[];
  /** Further sections of the man page. */
  readonly notes?: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
}

/** What is asked, of which targets. */
export interface Answer<Asked, Target> {
  readonly asked: Asked;
  readonly targets: readonly Target[];
  /** Lines of `--targets` that are no targets, and why (`invalid-target`). */
  readonly unreadable?: readonly { readonly label: string; readonly failure: Failure }[];
}

/**
 * A command that diagnoses: what was asked, of which targets → measure → explain. The pipeline does the rest. `Asked`
 * is plain JSON: it is part of the facts, so that saved facts are judged by the same expectations.
 */
export interface Command<Asked extends AskedOfEveryCommand, Target, Facts> extends CommandSpec {
  readonly kind: 'diagnosis';
  /**
   * Turns what was given into what is asked, of which targets; or says what is wrong with it. A line of `--targets` that
   * cannot be understood is no reason to leave out the others: it is handed on as `unreadable`.
   */
  ask(given: Given): Answer<Asked, Target> | UsageProblem | Promise<Answer<Asked, Target> | UsageProblem>;
  /**
   * Seconds that a run may take which is asked for like this, where that is not always `defaultTimeout`; nothing: it has no
   * deadline of its own (it watches until it is stopped).
   */
  usualTimeout?(given: Pick<Given, 'options'>): number | undefined | Promise<number | undefined>;
  /** How a target is called in reports. */
  label(target: Target): string;
  /**
   * What `--concurrency` counts: targets measured at once; `attempts`, which measuring bounds itself with
   * `context.turn`; or threads (as many as there are cores, unless it is given) that each target is measured with in its
   * turn.
   */
  readonly sharing: 'targets' | 'attempts' | 'threads';
  /**
   * How a target is measured: one observation, or several where it turns out to be several (the addresses of a name,
   * say). Measuring heeds `context.signal`; what it does not finish by then, its facts say.
   */
  measure(): Promise<{
    measure(target: Target, asked: Asked, context: MeasureContext): AsyncIterable<Observation<Facts>>;
  }>;
  explain(): Promise<{ explain(facts: Facts): Explanation }>;
  /**
   * Of a command whose facts hold what other commands found: the same facts with what today's rules find in them. Asked before
   * saved facts are explained.
   */
  anew?(): Promise<{ anew(facts: Facts, judge: MeasureContext['judge']): Promise<Facts> }>;
  /**
   * What changes something (`--fix`) once it is known what things mean, where that is asked for. What it returns takes the place of what was
   * measured: the state after the change.
   */
  act?(asked: Asked):
    | undefined
    | Promise<{
        act(target: Target, seen: Seen<Facts>, context: MeasureContext): Promise<Observation<Facts>>;
      }>;
  /** The format that `asked` calls for where the user named none. */
  defaultFormat?(asked: Asked): string;
}

/** A command that prints text about rg-diag itself (`completion`): no targets, no reports. */
export interface PrintCommand extends CommandSpec {
  readonly kind: 'print';
  /** `catalogue`: every command in order, with all of its options, those of every command included. */
  print(given: Given, catalogue: readonly CommandSpec[]): Promise<string | UsageProblem>;
}

/**
 * A command that connects standard input and output with something (`nc`): its command line, its output and its exit
 * codes are those of the program that it stands in for. Its options are there for help, man page and completion.
 */
export interface InteractiveCommand extends CommandSpec {
  readonly kind: 'interactive';
  interact(): Promise<{ interact(argv: readonly string[], streams: Streams): Promise<number> }>;
}

/** The standard streams, lent by the command line. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

// The catalogue holds commands of all kinds of facts; the pipeline never looks inside them.
// biome-ignore lint/suspicious/noExplicitAny: a list of commands of different types has no better element type
export type AnyCommand = Command<any, any, any> | PrintCommand | InteractiveCommand;

/** What was seen of a target, for one report. */
export interface Observation<Facts> {
  readonly facts: Facts;
  /** What to call it, where one target gives several reports. */
  readonly label?: string;
  /** When it began, as `performance.now()`; absent: when the target had its turn. */
  readonly startedAt?: number;
  /** What it means, where another command has judged it (see `MeasureContext.judge`); absent: `explain` does. */
  readonly explanation?: Explanation;
}

/** What was measured, and what it means. */
export interface Seen<Facts> {
  readonly facts: Facts;
  readonly explanation: Explanation;
}

/** What the pipeline lends to measuring. */
export interface MeasureContext {
  /** Aborted at the deadline and on Ctrl-C: measuring then stops soon and yields what it has. */
  readonly signal: AbortSignal;
  /** The instant to judge as of, milliseconds since the epoch: the clock, or what `--now` names. */
  now(): number;
  /** The version of rg-diag: what it calls itself when it asks. */
  readonly version: string;
  /** How many threads, connections or targets at once. At least 1. */
  readonly concurrency: number;
  /** Runs `work` when fewer than `concurrency` of all that were handed over in this run are under way. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Seconds until the deadline of the run; nothing where it has none. */
  secondsLeft(): number | undefined;
  /**
   * Runs another command, as a user would: `words` are those behind `rg-diag`. It ends with this run at the latest, and is told
   * nothing on standard input.
   */
  run(words: readonly string[], limits?: RunLimits): Promise<FinishedRun | RefusedRun>;
  /** A finished run as a format prints it: text without colours. */
  render(format: string, finished: FinishedRun): Promise<string>;
  /** What another command makes of its facts; nothing where there is no such command. Throws for what are no facts of it. */
  judge(command: string, facts: unknown): Promise<Explanation | undefined>;
  /** Tells a person who waits how far it is. Cheap: call it often. */
  progress(message: string): void;
  /** Streams records (formats `ndjson` and `csv`), as many as there are at once; resolves when there is room for more. */
  records(batch: readonly StreamRecord[]): Promise<void>;
}

/** What bounds a run within another one. */
export interface RunLimits {
  /** Seconds, where `words` say nothing of a deadline; absent: as the command has it. */
  readonly seconds?: number;
  /** Ends it before the outer run ends. */
  readonly signal?: AbortSignal;
  /** Told how far it is. */
  progress?(message: string): void;
}

/** What a run of another command came to. */
export interface FinishedRun {
  readonly kind: 'finished';
  readonly run: Run;
  readonly reports: readonly SaidReport[];
}

/** A report, with what it says to a person and to a ticket. */
export interface SaidReport extends Pick<Explanation, 'blocks' | 'signals'> {
  readonly report: Report;
}

/** Another command could not be run as it was asked for. */
export interface RefusedRun extends UsageProblem {
  readonly kind: 'refused';
  /** It is no mistake in the words, but one in rg-diag. */
  readonly isBug?: true;
}

/** What facts mean: for the machine (findings, metrics), for a person (blocks) and for a ticket (signals). */
export interface Explanation {
  readonly findings: readonly Finding[];
  readonly metrics: readonly Metric[];
  readonly blocks: readonly Block[];
  /** Raw signals for a support ticket: label and value, nothing secret. */
  readonly signals: readonly (readonly [label: string, value: string])[];
}
