import type { CommandSpec, OptionSpec } from '../command.js';

/** What every shell is told: commands in order, and what may stand where a command stands. */
interface Vocabulary {
  readonly commands: readonly CommandSpec[];
  /** `-h`, `--version` and the like. */
  readonly leading: readonly OptionSpec[];
  /** The spelling of Railgun's own rg-diag: one dash, without it in `name`. */
  readonly historic: readonly HistoricFlag[];
}

interface HistoricFlag {
  readonly name: string;
  readonly says: string;
  readonly takesValue: boolean;
}

/** Answered by the parser itself, wherever they stand, and so in no command's list. */
const parserOptions: readonly OptionSpec[] = [
  { long: 'help', short: 'h', says: 'print help' },
  { long: 'version', short: 'V', says: 'print the version' },
];

/** All that rg-diag itself answers for a command with a command line of its own. */
const helpAlone: OptionSpec = { long: 'help', says: 'print help' };

const historic: readonly HistoricFlag[] = [
  { name: 'decode', says: 'decode a value, historic spelling', takesValue: true },
  { name: 'version', says: 'print the version, historic spelling', takesValue: false },
  { name: 'help', says: 'print help, historic spelling', takesValue: false },
];

/** The vocabulary of a catalogue whose commands list all of their options, common ones included. */
export function vocabularyOf(catalogue: readonly CommandSpec[]): Vocabulary {
  const commands = catalogue.map((spec) => ({
    ...spec,
    options: spec.kind === 'interactive' ? [...spec.options, helpAlone] : withParserOptions(spec.options),
  }));
  return { commands: [...commands, helpOn(commands)], leading: parserOptions, historic };
}

/** `rg-diag help COMMAND`, which the parser answers as well. */
function helpOn(commands: readonly CommandSpec[]): CommandSpec {
  const choices = commands.map((spec) => spec.name);
  const says = 'print help on a command';
  return {
    kind: 'print',
    name: 'help',
    summary: says,
    description: [],
    arguments: [{ value: { name: 'COMMAND', kind: 'choice', choices }, required: false, repeats: false, says }],
    options: [],
    takesTargets: false,
    examples: [],
  };
}

function withParserOptions(options: readonly OptionSpec[]): readonly OptionSpec[] {
  const missing = parserOptions.filter((own) => !options.some((option) => option.long === own.long));
  const taken = new Set(options.map((option) => option.short));
  return [
    ...options,
    ...missing.map((own) =>
      taken.has(own.short) && own.long !== undefined ? { long: own.long, says: own.says } : own,
    ),
  ];
}

/** How an option can be typed, long spelling first. */
export function spellingsOf(option: OptionSpec): readonly string[] {
  return [
    ...(option.long === undefined ? [] : [`--${option.long}`]),
    ...(option.short === undefined ? [] : [`-${option.short}`]),
  ];
}
