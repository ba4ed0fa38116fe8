import type { AnyCommand, CommandRow, Given } from '../commands/command.js';
import { catalogue } from '../commands/index.js';
import { createDeadline } from '../io/deadline.js';
import { commandIn, commandLineOf } from './command-line.js';
import { familyOf, withCommandWord } from './command-words.js';
import { farewell, UsageError } from './crash.js';
import { optionsOf } from './options.js';
import { familyHelp, type OptionValues, parse } from './parser.js';
import { run } from './pipeline.js';
import { openSink, ReaderGone } from './sink.js';
import { version } from './version.js';
import { writeNow } from './write.js';

/** Runs a command line that is not historic, and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<never> {
  // A bug must never look like a result, wherever it comes up.
  process.on('uncaughtException', (error) => end(error, argv));
  process.on('unhandledRejection', (error) => end(error, argv));
  try {
    // What is written is written; whatever is still open (an input that was given up, say) is not waited for.
    process.exit(await runProgram(argv));
  } catch (error) {
    end(error, argv);
  }
}

/** Ends the process with a usage error that was found before the command line was parsed. */
export function refuse(problem: string, argv: readonly string[]): never {
  return end(new UsageError(problem), argv);
}

function end(error: unknown, argv: readonly string[]): never {
  const { stdout, stderr, exitCode } = farewell(error, argv);
  writeNow(2, stderr);
  // A status line that cannot be written is not lost where somebody can still see it.
  if (writeNow(1, stdout) !== undefined) writeNow(2, stdout);
  process.exit(exitCode);
}

async function runProgram(words: readonly string[]): Promise<number> {
  if (words.length === 0) throw new UsageError('no command given', { hint: commandList(catalogue) });
  const argv = withCommandWord(words, catalogue);
  const command = await commandIn(argv);
  // Its command line is that of the program it stands in for: not for this parser, but for --help.
  if (command?.kind === 'interactive' && argv[0] === command.name && argv[1] !== '--help') {
    const { interact } = await command.interact();
    return interact(argv.slice(1), process);
  }
  const told = ofFamily(argv, command !== undefined);
  if (told !== undefined) return say(told);
  const parsed = parse(argv, catalogue, command, version);
  if (parsed.kind === 'text') return say(parsed.text);
  // Without a command in it, the parser has either printed something or refused.
  if (command === undefined) throw new Error('a command line without a command was accepted');
  const { args, options } = parsed;
  if (command.kind === 'interactive') throw new Error('an interactive command was parsed');
  if (command.kind === 'print') return print(command, args, options);
  const line = await commandLineOf(command, parsed, () => process.stdin.isTTY === true);
  return run(line.command, line.given, line.settings);
}

/** What there is to say where no command is named but the first word of some: help on them, or what is missing. */
function ofFamily(argv: readonly string[], isCommand: boolean): string | undefined {
  const asksForHelp = argv[0] === 'help';
  const [word = '', ...rest] = asksForHelp ? argv.slice(1) : argv;
  const family = familyOf(word, catalogue);
  // What stands behind a command is the command's, but behind help it can only be the name of another one.
  if (family.length === 0 || (isCommand && !(asksForHelp && rest[0]?.startsWith('-') === false))) return undefined;
  const hint = commandList(family);
  if (rest.length === 0 && !asksForHelp) throw new UsageError('no command given', { command: word, hint });
  return familyHelp(word, rest.length === 0 ? ['--help'] : rest, family);
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
  const given: Given = { args, options, targets: [], network: {}, format: undefined, stdinIsTerminal: () => false };
  const answer = await command.print(given, specs);
  if (typeof answer !== 'string') throw new UsageError(answer.problem, { command: command.name, hint: answer.hint });
  return say(answer, options['output'] as string | undefined);
}

/** Prints a text about rg-diag itself. */
async function say(text: string, output?: string): Promise<number> {
  const deadline = createDeadline(undefined);
  try {
    const sink = await openSink(output, false, deadline);
    await sink.write(text);
    await sink.finish();
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
  return 0;
}

function commandList(rows: readonly Pick<CommandRow, 'name' | 'summary'>[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  const ever = rows === catalogue ? ['  -decode=VALUE, as rg-diag has always been called, is understood too'] : [];
  return ['Commands:', ...lines, ...ever].join('\n');
}
