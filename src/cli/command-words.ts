import type { CommandRow } from '../commands/command.js';

/**
 * A command line with the name of a command as its first word, also where that name is two words: `config check`. So is what
 * stands behind `help`.
 */
export function withCommandWord(argv: readonly string[], catalogue: readonly Pick<CommandRow, 'name'>[]): string[] {
  const [first = '', second, ...rest] = argv;
  if (first === 'help' && second !== undefined) return ['help', ...withCommandWord([second, ...rest], catalogue)];
  const name = `${first} ${second}`;
  return catalogue.some((row) => row.name === name) ? [name, ...rest] : [...argv];
}

/** The commands of a family: those whose names have two words, the first of which is this one. */
export function familyOf<Row extends Pick<CommandRow, 'name'>>(
  word: string,
  catalogue: readonly Row[],
): readonly Row[] {
  return catalogue.filter(({ name }) => name.startsWith(`${word} `));
}

/** The first words of the commands whose names have two, each once. */
export function familyWords(catalogue: readonly Pick<CommandRow, 'name'>[]): readonly string[] {
  return [...new Set(catalogue.flatMap(({ name }) => (name.includes(' ') ? name.split(' ', 1) : [])))];
}
