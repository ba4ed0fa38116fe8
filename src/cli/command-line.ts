import type { AnyCommand, Given } from '../commands/command.js';
import { catalogue } from '../commands/index.js';
import { withCommandWord } from './command-words.js';
import { parse } from './parser.js';
import { type Settings, settingsOf } from './settings.js';
import { version } from './version.js';

type Diagnosis = Extract<AnyCommand, { kind: 'diagnosis' }>;

/** A command that diagnoses, with what was given to it. */
export interface CommandLine {
  readonly command: Diagnosis;
  readonly given: Omit<Given, 'targets'>;
  readonly settings: Settings;
}

/** The command that is named, loaded: by the first word, or by the one after `help`. */
export async function commandIn([first, second]: readonly string[]): Promise<AnyCommand | undefined> {
  const name = first === 'help' ? second : first;
  const module = await catalogue.find((row) => row.name === name)?.load();
  return module?.command;
}

/** What the parser made of the line of a command that diagnoses. Throws a UsageError. */
export async function commandLineOf(
  command: Diagnosis,
  { args, options }: Extract<ReturnType<typeof parse>, { kind: 'command' }>,
  stdinIsTerminal: () => boolean,
): Promise<CommandLine> {
  const settings = settingsOf(options, command.name);
  const network =
    command.network === true ? (await import('./network-options.js')).networkOptionsOf(options, command.name) : {};
  return { command, given: { args, options, network, format: settings.format, stdinIsTerminal }, settings };
}

/** The words of a command line that nobody typed. Throws a UsageError, also where they name no command that diagnoses. */
export async function commandLineIn(words: readonly string[]): Promise<CommandLine> {
  const argv = withCommandWord(words, catalogue);
  const command = await commandIn(argv);
  const parsed = parse(argv, catalogue, command, version);
  if (command?.kind !== 'diagnosis' || parsed.kind !== 'command') {
    throw new Error(`${words[0]} is no command that diagnoses`);
  }
  // What another command runs has no standard input.
  return commandLineOf(command, parsed, () => true);
}
