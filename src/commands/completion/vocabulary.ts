import type { CommandSpec, OptionSpec } from '../command.js';

/** What every shell is told: commands in order, and what may stand where a command stands. */
interface Vocabulary {
  /** By their whole names. The first word of a family is among them, with `--help` alone where it is no command itself. */
  readonly commands: readonly CommandSpec[];
  /** What a command line can begin with: a family once. */
  readonly first: readonly Word[];
  readonly families: readonly Family[];
  /** `-h`, `--version` and the like. */
  readonly leading: readonly OptionSpec[];
  /** The spelling of Railgun's own rg-diag: one dash, without it in `name`. */
  readonly historic: readonly HistoricFlag[];
}

export interface Word {
  readonly word: string;
  readonly says: string;
}

/** The commands with names of two words that have the first one in common: `config check`, `config resolve`. */
export interface Family {
  readonly word: string;
  readonly seconds: readonly Word[];
  /** Whether the first word alone is a command too: what stands behind it may then be an argument. */
  readonly isCommand: boolean;
}

/** Two words, with a blank between, that together are the name of a command; or only the beginning of any such pair. */
export interface Pair {
  readonly text: string;
  readonly isWhole: boolean;
}

interface HistoricFlag {
  readonly name: string;
  readonly says: string;
  readonly takesValue: boolean;
}

const help: OptionSpec = { long: 'help', short: 'h', says: 'print help' };

/** Answered by the parser itself, wherever they stand, and so in no command's list. */
const parserOptions: readonly OptionSpec[] = [help, { long: 'version', short: 'V', says: 'print the version' }];

/** All that rg-diag itself answers for a command with a command line of its own. */
const helpAlone: OptionSpec = { long: 'help', says: 'print help' };

const historic: readonly HistoricFlag[] = [
  { name: 'decode', says: 'decode a value, historic spelling', takesValue: true },
  { name: 'version', says: 'print the version, historic spelling', takesValue: false },
  { name: 'help', says: 'print help, historic spelling', takesValue: false },
];

/** The vocabulary of a catalogue whose commands list all of their options, common ones included. */
export function vocabularyOf(catalogue: readonly CommandSpec[]): Vocabulary {
  const own = catalogue.map((spec) => ({
    ...spec,
    options: spec.kind === 'interactive' ? [...spec.options, helpAlone] : withParserOptions(spec.options),
  }));
  const named = [...own, ...helpOn(own)];
  const families = familiesOf(named);
  const alone = families.filter(({ isCommand }) => !isCommand);
  return {
    commands: [...named, ...alone.map(familyAlone)],
    first: firstWords(named, families),
    families,
    leading: parserOptions,
    historic,
  };
}

/**
 * `rg-diag help COMMAND`, which the parser answers as well. Help on a command of two words is one of a family of its own:
 * `help config`, of which `check` is an argument.
 */
function helpOn(commands: readonly CommandSpec[]): CommandSpec[] {
  const says = 'print help on a command';
  const on = (name: string, summary: string, choices: readonly string[]): CommandSpec => ({
    ...textCommand(name, summary),
    arguments: [{ value: { name: 'COMMAND', kind: 'choice', choices }, required: false, repeats: false, says }],
  });
  const families = familiesOf(commands);
  const others = commands
    .map(({ name }) => name)
    .filter((name) => !name.includes(' ') && !families.some(({ word }) => word === name));
  return [
    on('help', says, others),
    ...families.map((family) =>
      on(
        `help ${family.word}`,
        listOf(family),
        family.seconds.map(({ word }) => word),
      ),
    ),
  ];
}

/** The first word of a family that is no command: its argument is the second word, which `families` tells. */
function familyAlone(family: Family): CommandSpec {
  const value = { name: 'COMMAND', kind: 'text' } as const;
  const second = { value, required: true, repeats: false, says: listOf(family) };
  return { ...textCommand(family.word, listOf(family)), arguments: [second], options: [help] };
}

/** A command that is answered with text, and has no definition of its own. */
function textCommand(name: string, summary: string): CommandSpec {
  const nothing = { description: [], arguments: [], options: [], takesTargets: false, examples: [] };
  return { kind: 'print', name, summary, ...nothing };
}

function familiesOf(commands: readonly CommandSpec[]): Family[] {
  const seconds = new Map<string, Word[]>();
  for (const { name, summary } of commands) {
    const [word = '', second] = name.split(' ');
    if (second !== undefined) seconds.set(word, [...(seconds.get(word) ?? []), { word: second, says: summary }]);
  }
  return [...seconds].map(([word, each]) => {
    return { word, seconds: each, isCommand: commands.some(({ name }) => name === word) };
  });
}

/** In the order of the catalogue; a family stands where the first of its commands does. */
function firstWords(commands: readonly CommandSpec[], families: readonly Family[]): Word[] {
  const says = new Map<string, string>();
  for (const { name, summary } of commands) {
    const [word = name] = name.split(' ');
    const family = families.find((each) => each.word === word && !each.isCommand);
    if (family !== undefined) says.set(word, listOf(family));
    else if (word === name) says.set(word, summary);
  }
  return [...says].map(([word, words]) => ({ word, says: words }));
}

/** Says what a family is: `check, resolve`. */
function listOf({ seconds }: Family): string {
  return seconds.map(({ word }) => word).join(', ');
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

/** Behind the word of a family every word is part of a command's name, known or not, unless it could be an argument. */
export function pairsOf(families: readonly Family[]): Pair[] {
  return families.flatMap(({ word, seconds, isCommand }): Pair[] => {
    if (!isCommand) return [{ text: `${word} `, isWhole: false }];
    return seconds.map((second) => ({ text: `${word} ${second.word}`, isWhole: true }));
  });
}
