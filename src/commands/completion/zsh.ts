import type { ArgumentSpec, CommandSpec, OptionSpec, ValueSpec } from '../command.js';
import { posixQuoted as quote } from './quoting.js';
import { type Family, type Pair, pairsOf, spellingsOf, vocabularyOf } from './vocabulary.js';

/** A completion script for zsh: an autoloaded function that can be sourced as well. */
export function zshScript(catalogue: readonly CommandSpec[]): string {
  const { commands, first, families, leading, historic } = vocabularyOf(catalogue);
  const flags = [
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
      options=(${list(flags)})
      _describe -o -t options option options
    else
      commands=(${list(first.map(({ word, says }) => described(word, says)))})
      _describe -t commands command commands
    fi
    return
  fi

  local command=\${(Q)words[2]}
  shift words
  (( CURRENT-- ))

  # Behind a first word the second one may stand, and where that alone is a command, its arguments too.
  integer ret=1
  if (( CURRENT == 2 )); then
    commands=()
    case $command in${families.map(secondsBranch).join('')}
    esac
    (( $#commands )) && _describe -t commands command commands && ret=0
  else
    case "$command \${(Q)words[2]}" in${pairsOf(families).map(pairBranch).join('')}
    esac
  fi

  curcontext=\${curcontext%:*:*}:rg-diag-\${command// /-}:
  case $command in${commands.map(commandBranch).join('')}
    *) return 1 ;;
  esac
  return ret
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
      _arguments -s -S : \\${specs.map((each) => `\n        ${quote(each)}`).join(' \\')} && ret=0
      ;;`;
}

function secondsBranch({ word, seconds }: Family): string {
  return `
      ${quote(word)})
        commands=(${list(seconds.map((second) => described(second.word, second.says)))}) ;;`;
}

function pairBranch({ text, isWhole }: Pair): string {
  return `
      ${quote(text)}${isWhole ? '' : '*'}) command+=" \${(Q)words[2]}"; shift words; (( CURRENT-- )) ;;`;
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
