import { Argument, CommanderError, InvalidArgumentError, Option, Command as Parser } from 'commander';
import type { CommandRow, CommandSpec, OptionSpec, ValueSpec } from '../commands/command.js';
import { commandSlug } from '../model/command-slug.js';
import { familyOf, familyWords } from './command-words.js';
import { UsageError } from './crash.js';
import { optionsOf } from './options.js';

export type OptionValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** What a command line comes to: a command with what was given to it, or a text about rg-diag. */
export type Parsed =
  | { readonly kind: 'command'; readonly args: readonly string[]; readonly options: OptionValues }
  | { readonly kind: 'text'; readonly text: string };

const versionFlags = '-V, --version';

/**
 * Parses a command line. `spec` describes the command that is named in it, if it names one; of the others of the
 * catalogue only name and summary are needed, so that they need not be loaded. Throws a UsageError.
 */
export function parse(
  argv: readonly string[],
  catalogue: readonly CommandRow[],
  spec: CommandSpec | undefined,
  version: string,
): Parsed {
  const words = argv[0] === 'help' ? argv.slice(1) : argv;
  const [first] = words;
  // A mistake even where help is asked for.
  if (spec === undefined && first !== undefined && first !== 'help' && !first.startsWith('-')) {
    throw unknownCommand(words, catalogue);
  }
  let parsed: Parsed | undefined;
  const root = new Parser('rg-diag')
    .description('Diagnostics for origin servers behind Cloudflare.')
    .usage('<command> [options] [arguments]\n       rg-diag -decode=VALUE')
    .version(`rg-diag ${version}`, versionFlags, 'print the version')
    .helpOption('-h, --help', 'print help; rg-diag <command> --help tells more')
    .helpCommand('help [command]', 'print help on a command')
    // What stands after a command is the command's.
    .enablePositionalOptions()
    .addHelpText('after', rootEpilogue)
    // Answered before this parser is loaded; here for help, and for whoever misspells it.
    .addOption(new Option('--decode <VALUE>', 'decode a header as ever: prints its lines and nothing else'));
  for (const row of catalogue) {
    // Where one is named, nobody asks for the others.
    if (spec !== undefined && row.name !== spec.name) continue;
    // Not by its own way to make one, which takes what stands behind a blank for an argument.
    const parser = root.createCommand(row.name).copyInheritedSettings(root).summary(row.summary);
    root.addCommand(parser);
    if (spec === undefined) continue;
    addSpec(parser, spec, familyOf(spec.name, catalogue));
    // What is interactive keeps to the options of the program that it stands in for.
    if (spec.kind !== 'interactive') parser.version(`rg-diag ${version}`, versionFlags, 'print the version');
    parser.action((...given: unknown[]) => {
      const args = given.slice(0, spec.arguments.length).flat() as (string | undefined)[];
      const values = parser.opts<Record<string, OptionValues[string]>>();
      const options = Object.fromEntries(
        parser.options.map((option) => [option.long?.slice(2) ?? '', values[option.attributeName()]]),
      );
      const words = args.filter((arg) => arg !== undefined);
      const mistake = misspeltFurther(spec.name, words[0], familyOf(spec.name, catalogue));
      if (mistake !== undefined) throw mistake;
      parsed = { kind: 'command', args: words, options };
    });
  }
  const told = withTellingMistakes(argv, [root, ...root.commands]);
  const text = textOf(root, told, (error) => usageErrorOf(error, spec?.name));
  return parsed ?? { kind: 'text', text };
}

/**
 * Help on the commands of a family, the first word of which is `word`. Throws a UsageError where what stands behind that word
 * asks for something else: `chek`, which names the nearest command.
 */
export function familyHelp(word: string, rest: readonly string[], family: readonly CommandRow[]): string {
  const root = new Parser(`rg-diag ${word}`)
    .usage('<command> [options] [arguments]')
    .helpOption('-h, --help', `print help; rg-diag ${word} <command> --help tells more`)
    .helpCommand(false)
    .enablePositionalOptions();
  for (const { name, summary } of family) {
    root.addCommand(root.createCommand(name.slice(word.length + 1)).summary(summary));
  }
  const usage = `rg-diag ${word} <command> [options]`;
  const text = textOf(root, rest, (error) => {
    const { message, hint } = usageErrorOf(error, word);
    const isMisplaced = error.code === 'commander.unknownOption';
    const names = family.map(({ name }) => name).join(', ');
    return new UsageError(message, {
      command: word,
      hint: hint ?? (isMisplaced ? `Options stand after the command: ${usage}.` : `The commands are ${names}.`),
    });
  });
  // The name of a command, but not where it belongs: behind `--`.
  if (text === '') throw new UsageError('no command given', { command: word, hint: `It is ${usage}.` });
  return text;
}

/** Runs a parser, and gives what it printed. Throws what `refused` makes of a command line that it does not accept. */
function textOf(root: Parser, argv: readonly string[], refused: (error: CommanderError) => UsageError): string {
  let text = '';
  for (const parser of [root, ...root.commands]) {
    parser.exitOverride().configureOutput({
      writeOut: (words) => {
        text += words;
      },
      writeErr: () => undefined,
    });
  }
  try {
    root.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isAnswered = ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(error.code);
    if (!isAnswered || text === '') throw refused(error);
  }
  return text;
}

/** A command that is not there, with the nearest spelling of one that is; its name may have been meant to be two words. */
function unknownCommand([first = '', second]: readonly string[], catalogue: readonly CommandRow[]): UsageError {
  const names = catalogue.map(({ name }) => name);
  const pairs = names.filter((name) => name.includes(' '));
  if (pairs.length > 0 && second !== undefined && !second.startsWith('-')) {
    const ofTwo = mistakeIn(`${first} ${second}`, pairs);
    if (ofTwo.hint !== undefined) return ofTwo;
  }
  // Whoever left out the first word.
  const meant = pairs.filter((name) => name.endsWith(` ${first}`));
  if (meant.length > 0) {
    return new UsageError(`unknown command '${first}'`, { hint: `Did you mean ${meant.join(' or ')}?` });
  }
  return mistakeIn(first, [...names, ...familyWords(catalogue)]);
}

/** What is taken for an argument, a host say, and is nearly the second word of a further command: `bundle verfy`. */
function misspeltFurther(
  name: string,
  word: string | undefined,
  family: readonly CommandRow[],
): UsageError | undefined {
  if (family.length === 0 || word === undefined || !/^[a-z]+$/.test(word)) return undefined;
  const { message, hint } = mistakeIn(
    `${name} ${word}`,
    family.map((row) => row.name),
  );
  return hint === undefined
    ? undefined
    : new UsageError(message, { hint: `${hint} A host is written ${word}. or https://${word}/.` });
}

/** The parser's own word on a command that is none of `names`. */
function mistakeIn(name: string, names: readonly string[]): UsageError {
  const root = new Parser('rg-diag');
  for (const each of new Set(names)) root.addCommand(root.createCommand(each));
  try {
    textOf(root, [name], (error) => usageErrorOf(error, undefined));
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`the command ${name} is there, and was taken for a mistake`);
}

function addSpec(parser: Parser, spec: CommandSpec, family: readonly CommandRow[]): void {
  parser.description(spec.description.join('\n\n'));
  for (const { value, required, repeats, says } of spec.arguments) {
    const name = `${value.name}${repeats ? '...' : ''}`;
    const argument = new Argument(required ? `<${name}>` : `[${name}]`, says);
    if (value.choices !== undefined) argument.choices(value.choices);
    parser.addArgument(argument);
  }
  for (const option of optionsOf(spec)) parser.addOption(optionOf(option));
  const examples = spec.examples.map(({ command, says }) => `  ${says}\n    ${command}\n`).join('');
  parser.helpOption('-h, --help', 'print this help');
  const further = family.map(({ name, summary }) => `\n  rg-diag ${name}\n    ${summary}`).join('');
  if (further !== '') parser.addHelpText('after', `\nFurther commands:${further}`);
  parser.addHelpText('after', `\nExamples:\n${examples}\nThe manual: man rg-diag-${commandSlug(spec.name)}`);
}

function optionOf({ long, short, value, repeats, says }: OptionSpec): Option {
  const spellings = [...(short === undefined ? [] : [`-${short}`]), ...(long === undefined ? [] : [`--${long}`])];
  const dashes = spellings.join(', ');
  const option = new Option(value === undefined ? dashes : `${dashes} <${value.name}>`, withChoices(says, value));
  if (value === undefined) return option;
  const read = readerOf(value);
  if (repeats)
    return option.argParser((text, before: readonly unknown[] | undefined) => [...(before ?? []), read(text)]);
  return option.argParser(read);
}

/** What an option does, with all that it may be, where the words do not name that. */
function withChoices(says: string, value: ValueSpec | undefined): string {
  const choices = value?.choices ?? [];
  return choices.every((choice) => says.includes(choice)) ? says : `${says}: ${choices.join(', ')}`;
}

function readerOf(value: ValueSpec): (text: string) => string | number {
  if (value.choices !== undefined) return (text) => choiceOf(text, value.choices ?? []);
  if (value.kind === 'number') return (text) => numberOf(text, value);
  return value.kind === 'time' ? timeOf : (text) => text;
}

function choiceOf(text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
}

function numberOf(text: string, { min = 0, integer }: ValueSpec): number {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number) || number < min || (integer && !Number.isInteger(number))) {
    throw new InvalidArgumentError(`It must be a ${integer ? 'whole ' : ''}number of at least ${min}.`);
  }
  return number;
}

/** Milliseconds since the epoch. A time without a zone would mean something else on every machine: refused. */
function timeOf(text: string): number {
  const shape = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/i;
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  // Date.parse takes 30 February for 2 March.
  const isDay = day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  const time = isDay && shape.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('It must be a time such as 2026-11-20T12:00:00Z.');
  return time;
}

/**
 * Puts a command line so that the parser can name the nearest spelling of an option that it does not know: `-decoed=…`,
 * meant as the historic spelling, becomes `--decoed`, and a value behind `=` would only be in the way.
 */
function withTellingMistakes(argv: readonly string[], parsers: readonly Parser[]): string[] {
  const known = new Set(parsers.flatMap(({ options }) => options.map(({ long }) => long)));
  const end = argv.indexOf('--');
  const [first, second] = argv;
  const commands = parsers.map((parser) => parser.name());
  // `help --help`, `help help`: of what is no command, help would print that on everything, as if it were an error.
  if (first === 'help' && second !== undefined && !commands.includes(second)) return [second];
  return argv.map((word, index) => {
    if (end >= 0 && index >= end) return word;
    const spelled = index === 0 && /^-[a-z][a-z-]+(=|$)/.test(word) ? `-${word}` : word;
    const name = /^(--[^=]+)=/.exec(spelled)?.[1];
    return name === undefined || known.has(name) ? spelled : name;
  });
}

function usageErrorOf(error: CommanderError, command: string | undefined): UsageError {
  const [problem = '', ...hint] = error.message.replace(/^error: /, '').split('\n');
  const isMisplaced = command === undefined && error.code === 'commander.unknownOption' && hint.length === 0;
  if (isMisplaced) hint.push('Options stand after the command: rg-diag <command> [options].');
  const told = hint.join(' ').replace(/^\((.*)\)$/, '$1');
  return new UsageError(problem, { command, hint: told === '' ? undefined : told });
}

const rootEpilogue = `
Exit codes: 0 ok, 1 warning, 2 failed, 3 unknown, 64 usage error, 70 a bug in rg-diag.
The historic spelling: rg-diag -decode="151df128a1 2.05 0.009465 0031 5360"
The manual: man rg-diag`;
