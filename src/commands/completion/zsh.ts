import type { ArgumentSpec, CommandSpec, OptionSpec, ValueSpec } from '../command.js';
import { posixQuoted as quote } from './quoting.js';
import { spellingsOf, vocabularyOf } from './vocabulary.js';

/** A completion script for zsh: an autoloaded function that can be sourced as well. */
export function zshScript(catalogue: readonly CommandSpec[]): string {
  const { commands, leading, historic } = vocabularyOf(catalogue);
  const first = [
    ...leading.flatMap((option) => spellingsOf(option).map((word) => described(word, option.says))),
    ...historic.map((flag) => described(`-${flag.name}`, flag.says)),
  ];
  return `#compdef rg-diag
# zsh completion for rg-diag, written by: rg-diag completion zsh

_rg-diag() {
  local curcontext=$curcontext
  local -a commands options

  if (( CURRENT == 2 )); then
    if [[ $PREFIX == -* ]]; then
      options=(${list(first)})
      _describe -o -t options option options
    else
      commands=(${list(commands.map((spec) => described(spec.name, spec.summary)))})
      _describe -t commands command commands
    fi
    return
  fi

  local command=\${(Q)words[2]}
  shift words
  (( CURRENT-- ))
  curcontext=\${curcontext%:*:*}:rg-diag-$command:
  case $command in${commands.map(commandBranch).join('')}
    *) return 1 ;;
  esac
}

# Loaded from $fpath, the file is the body of the function; sourced, it only defines it.
if [[ $funcstack[1] == _rg-diag ]]; then
  _rg-diag "$@"
else
  compdef _rg-diag rg-diag
fi
`;
}

function commandBranch(spec: CommandSpec): string {
  const specs = [...spec.options.flatMap(optionSpecs), ...spec.arguments.map(argumentSpec)];
  return `
    ${quote(spec.name)})
      _arguments -s -S : \\${specs.map((each) => `\n        ${quote(each)}`).join(' \\')}
      ;;`;
}

/** As `_arguments` wants them: `(-f --format)-f+[what it does]:FORMAT:(text json)`. */
function optionSpecs(option: OptionSpec): string[] {
  const spellings = spellingsOf(option);
  const once = option.repeats === true ? '*' : `(${spellings.join(' ')})`;
  return spellings.map((spelling) => {
    const says = `[${escaped(option.says, /[\\[\]:]/g)}]`;
    if (option.value === undefined) return `${once}${spelling}${says}`;
    // "=": the value may be the next word too; "+": it may also be the rest of this one.
    return `${once}${spelling}${spelling.startsWith('--') ? '=' : '+'}${says}${valuePart(option.value)}`;
  });
}

function argumentSpec(argument: ArgumentSpec, index: number): string {
  const position = argument.repeats ? '*' : `${index + 1}${argument.required ? '' : ':'}`;
  return `${position}${valuePart(argument.value)}`;
}

function valuePart(value: ValueSpec): string {
  return `:${escaped(value.name, /[\\:]/g)}:${action(value)}`;
}

function action(value: ValueSpec): string {
  if (value.kind === 'file') return '_files';
  if (value.kind !== 'choice') return ' ';
  // Evaluated by zsh as a list of words, after it took `\:` for `:` and left all other backslashes alone.
  return `(${(value.choices ?? []).map((choice) => escaped(quote(choice), /:/g)).join(' ')})`;
}

/** An entry of `_describe`. */
function described(word: string, says: string): string {
  return quote(`${escaped(word, /[\\:]/g)}:${escaped(says, /\\/g)}`);
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, '\\$&');
}

function list(entries: readonly string[]): string {
  return `${entries.map((entry) => `\n        ${entry}`).join('')}\n      `;
}
