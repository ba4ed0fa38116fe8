import type { ArgumentSpec, CommandSpec, OptionSpec, ValueSpec } from '../../src/commands/command.js';
import { definitions, escaped, literal } from './mdoc.js';
import { type Marks, prose, sentence } from './prose.js';

/** Answered by the parser itself on every command line. */
export const parserOptions: readonly OptionSpec[] = [
  { long: 'help', short: 'h', says: 'print help' },
  { long: 'version', short: 'V', says: 'print the version' },
];

/** The list of options with what each does. */
export function optionList(options: readonly OptionSpec[], marks: Marks): string[] {
  return definitions(options.map((option) => [optionTerm(option), optionBody(option, marks)]));
}

/** The list of arguments with what each is. */
export function argumentList(specs: readonly ArgumentSpec[], marks: Marks): string[] {
  return definitions(
    specs.map(({ value, says }) => [
      `Ar ${escaped(value.name)}`,
      prose(`${sentence(says)}${choicesOf(value, says)}`, marks),
    ]),
  );
}

/** `[-i FILE]... [--each] [VALUE ...]`, one part a line. */
export function synopsisLines(spec: CommandSpec): string[] {
  const options = spec.options.map((option) => {
    const flag = option.short === undefined ? `Fl ${literal(`-${option.long}`)}` : `Fl ${literal(option.short)}`;
    const separator = option.short === undefined ? ' Ns = Ns ' : ' ';
    const value = option.value === undefined ? '' : `${separator}Ar ${escaped(option.value.name)}`;
    return option.repeats ? `.Oo ${flag}${value} Oc Ns ...` : `.Op ${flag}${value}`;
  });
  const operands = spec.arguments.map(({ value, required, repeats }) => {
    const operand = `Ar ${escaped(value.name)}${repeats ? ' ...' : ''}`;
    return required ? `.${operand}` : `.Op ${operand}`;
  });
  return [...options, ...operands];
}

/** The names of values that occur in these options and arguments: marked wherever the page mentions them. */
export function valueNamesOf(options: readonly OptionSpec[], operands: readonly ArgumentSpec[] = []): string[] {
  return [...options, ...operands].flatMap(({ value }) => (value === undefined ? [] : [value.name]));
}

/** The spellings that the choices of a page have: words that are not to be hyphenated. */
export function choicesIn(options: readonly OptionSpec[], operands: readonly ArgumentSpec[] = []): string[] {
  return [...options, ...operands].flatMap(({ value }) => value?.choices ?? []);
}

/** `-f FORMAT, --format=FORMAT` */
function optionTerm({ long, short, value }: OptionSpec): string {
  const shortest =
    short === undefined ? [] : [`Fl ${literal(short)}${value === undefined ? '' : ` Ar ${escaped(value.name)}`}`];
  const longest =
    long === undefined
      ? []
      : [`Fl ${literal(`-${long}`)}${value === undefined ? '' : ` Ns = Ns Ar ${escaped(value.name)}`}`];
  return [...shortest, ...longest].join(' , ');
}

function optionBody({ value, says, more, repeats }: OptionSpec, marks: Marks): string[] {
  const repeated = repeats ? ' May be given more than once.' : '';
  return prose(`${sentence(says)}${choicesOf(value, says)}${more === undefined ? '' : ` ${more}`}${repeated}`, marks);
}

/** The spellings of a choice, where the text does not name them all. */
function choicesOf(value: ValueSpec | undefined, says: string): string {
  const choices = value?.choices ?? [];
  return choices.every((choice) => new RegExp(`\\b${choice}\\b`).test(says)) ? '' : ` One of ${choices.join(', ')}.`;
}
