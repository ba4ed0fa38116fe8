export interface GivenOption {
  readonly letter: string;
  /** Of an option that takes one. */
  readonly value?: string;
}

export interface Words {
  /** In the order in which they were typed, up to the problem if there is one. */
  readonly options: readonly GivenOption[];
  readonly operands: readonly string[];
  /** The first option that is none, or has no value: in the words of getopt(3), without the name of the program. */
  readonly problem?: string;
}

/**
 * Reads a command line as the C library's getopt(3) does: letters may be bundled, a value may be attached or be the next
 * word, options may follow operands, `--` ends them. `letters` lists what there is, each followed by `:` if it takes a
 * value.
 */
export function getopt(argv: readonly string[], letters: string): Words {
  const options: GivenOption[] = [];
  const operands: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') return { options, operands: [...operands, ...argv.slice(at + 1)] };
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word[index] ?? '';
      const place = letter === ':' ? -1 : letters.indexOf(letter);
      if (place < 0) return { options, operands, problem: `invalid option -- '${letter}'` };
      if (letters[place + 1] !== ':') {
        options.push({ letter });
        continue;
      }
      const attached = word.slice(index + 1);
      if (attached === '') at++;
      const value = attached === '' ? argv[at] : attached;
      if (value === undefined) return { options, operands, problem: `option requires an argument -- '${letter}'` };
      options.push({ letter, value });
      break;
    }
  }
  return { options, operands };
}
