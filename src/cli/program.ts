import type { AnyCommand, Given } from '../commands/command.js';
import { catalogue } from '../commands/index.js';
import { farewell, UsageError } from './crash.js';
import { optionsOf } from './options.js';
import { type OptionValues, parse } from './parser.js';
import { run, type Settings } from './pipeline.js';
import { openSink, ReaderGone } from './sink.js';
import { readTargets } from './targets.js';
import { version } from './version.js';

/** Runs a command line that is not historic, and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    process.exitCode = await runProgram(argv);
  } catch (error) {
    const { stdout, stderr, exitCode } = farewell(error, argv);
    process.exitCode = exitCode;
    process.stderr.write(stderr);
    if (stdout !== '') await say(stdout).catch(() => undefined);
  }
}

async function runProgram(argv: readonly string[]): Promise<number> {
  if (argv.length === 0) throw new UsageError('no command given', { hint: commandList() });
  const command = await commandIn(argv);
  const parsed = parse(argv, catalogue, command, version);
  if (parsed.kind === 'text') return say(parsed.text);
  // Without a command in it, the parser has either printed something or refused.
  if (command === undefined) throw new Error('a command line without a command was accepted');
  const { args, options } = parsed;
  if (command.kind === 'print') return print(command, args, options);
  const settings = settingsOf(options, command.name);
  const list = await readTargets(options['targets'] as string | undefined);
  const given: Given = {
    args,
    options,
    targets: list.targets,
    format: settings.format,
    stdinIsTerminal: () => process.stdin.isTTY === true,
  };
  return run(command, given, { ...settings, unreadTargets: list.unread });
}

/** The command that the words name, loaded: the first one that is not an option, or the one that help is wanted on. */
async function commandIn(argv: readonly string[]): Promise<AnyCommand | undefined> {
  const words = argv.filter((word) => !word.startsWith('-'));
  const name = words[0] === 'help' ? words[1] : words[0];
  const module = await catalogue.find((row) => row.name === name)?.load();
  return module?.command;
}

function settingsOf(options: OptionValues, command: string): Omit<Settings, 'unreadTargets'> {
  const format = options['format'] as string | undefined;
  if (options['json'] === true && format !== undefined && format !== 'json') {
    throw new UsageError(`--json and --format ${format} exclude each other`, { command });
  }
  const settings = {
    format: options['json'] === true ? 'json' : format,
    output: options['output'] as string | undefined,
    quiet: options['quiet'] === true,
    verbose: options['verbose'] === true,
    color: options['color'] as Settings['color'],
    timeout: options['timeout'] as number | undefined,
    timeoutResult: (options['timeout-result'] as Settings['timeoutResult'] | undefined) ?? 'fail',
    now: options['now'] as number | undefined,
    ticket: options['ticket'] === true,
    concurrency: options['concurrency'] as number | undefined,
  };
  if (settings.ticket && (settings.format === 'prometheus' || settings.format === 'csv')) {
    throw new UsageError(`the format ${settings.format} has no place for a ticket`, {
      command,
      hint: 'Use --ticket with text, json, ndjson or nagios.',
    });
  }
  return settings;
}

async function print(
  command: Extract<AnyCommand, { kind: 'print' }>,
  args: readonly string[],
  options: OptionValues,
): Promise<number> {
  const specs = await Promise.all(
    catalogue.map(async (row) => {
      const { command: spec } = await row.load();
      return { ...spec, options: optionsOf(spec) };
    }),
  );
  const given: Given = { args, options, targets: [], format: undefined, stdinIsTerminal: () => false };
  const answer = await command.print(given, specs);
  if (typeof answer !== 'string') throw new UsageError(answer.problem, { command: command.name, hint: answer.hint });
  return say(answer, options['output'] as string | undefined);
}

async function say(text: string, output?: string): Promise<number> {
  const sink = await openSink(output, false, () => undefined);
  try {
    await sink.write(text);
    await sink.finish();
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
  return 0;
}

function commandList(): string {
  const width = Math.max(...catalogue.map(({ name }) => name.length));
  const lines = catalogue.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['Commands:', ...lines, '  -decode=VALUE, as rg-diag has always been called, is understood too'].join('\n');
}
