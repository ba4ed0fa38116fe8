import type { CommandSpec, ValueSpec } from '../command.js';
import { posixQuoted as quote } from './quoting.js';
import { pairsOf, spellingsOf, vocabularyOf } from './vocabulary.js';

/**
 * A completion script for bash 4.3 and later, without need of the package bash-completion. What was typed is only ever
 * compared, never evaluated: it may be a header that a stranger sent.
 */
export function bashScript(catalogue: readonly CommandSpec[]): string {
  const { commands, first, families, leading, historic } = vocabularyOf(catalogue);
  const flags = [
    ...leading.flatMap((option) => spellingsOf(option).map((word) => offer(word, option.says))),
    ...historic.map((flag) => offer(`-${flag.name}`, flag.says)),
  ];
  return `# bash completion for rg-diag, written by: rg-diag completion bash

_rg_diag_commands() {
  offers=(${list(first.map(({ word, says }) => offer(word, says)))})
}

_rg_diag_flags() {
  offers=(${list(flags)})
}

# The second words of the commands whose first one is $1.
_rg_diag_seconds() {
  offers=()
  case "$1" in${branches(families.map(({ word, seconds }) => offersBranch(word, seconds)))}
  esac
}

# Whether $1 and $2 together are the name of a command.
_rg_diag_pair() {
  case "$1 $2" in${branches(pairsOf(families).map((pair) => `${quote(pair.text)}${pair.isWhole ? '' : '*'}) return 0 ;;`))}
  esac
  return 1
}

# The options of the command $1.
_rg_diag_options() {
  offers=()
  case "$1" in${branches(commands.map(optionsBranch))}
  esac
}

# What the option $2 of the command $1 takes.
_rg_diag_value() {
  kind=switch choices=()
  case "$1:$2" in${branches(commands.flatMap(valueBranches))}
  esac
}

# What the argument number $2 of the command $1 can be.
_rg_diag_argument() {
  kind=text choices=()
  case "$1:$2" in${branches(commands.flatMap(argumentBranches))}
  esac
}

${machinery}
complete -F _rg_diag rg-diag
`;
}

function optionsBranch(spec: CommandSpec): string {
  const words = spec.options.flatMap((option) => spellingsOf(option).map((word) => ({ word, says: option.says })));
  return offersBranch(spec.name, words);
}

function offersBranch(pattern: string, words: readonly { readonly word: string; readonly says: string }[]): string {
  return `${quote(pattern)}) offers=(${words.map(({ word, says }) => `\n      ${offer(word, says)}`).join('')}\n    ) ;;`;
}

function valueBranches(spec: CommandSpec): string[] {
  return spec.options.flatMap((option) => {
    if (option.value === undefined) return [];
    const patterns = spellingsOf(option).map((word) => quote(`${spec.name}:${word}`));
    return [`${patterns.join(' | ')}) ${kindOf(option.value)} ;;`];
  });
}

function argumentBranches(spec: CommandSpec): string[] {
  return spec.arguments.map((argument, index) => {
    // Only the last argument of a command repeats, and the branches of those before it come first.
    const pattern = argument.repeats ? `${quote(`${spec.name}:`)}*` : quote(`${spec.name}:${index + 1}`);
    return `${pattern}) ${kindOf(argument.value)} ;;`;
  });
}

function kindOf(value: ValueSpec): string {
  if (value.kind === 'file') return 'kind=files';
  if (value.kind !== 'choice') return 'kind=text';
  return `kind=choice choices=(${(value.choices ?? []).map(quote).join(' ')})`;
}

function offer(word: string, says: string): string {
  return `${quote(word)} ${quote(says)}`;
}

function list(words: readonly string[]): string {
  return `${words.map((word) => `\n    ${word}`).join('')}\n  `;
}

function branches(each: readonly string[]): string {
  return each.map((branch) => `\n    ${branch}`).join('');
}

const machinery = `# Offers those of "offers" (word, description, word, …) that begin with $1, which was typed. Readline replaces only $2,
# the end of it: what stands before a "=" or ":" stays, and so is not part of the reply.
_rg_diag_offer() {
  local kept=\${1%"$2"} word width=0 i
  local -a descriptions=()
  for (( i = 0; i < \${#offers[@]}; i += 2 )); do
    word=\${offers[i]}
    [[ $word == "$1"* ]] || continue
    printf -v word %q "\${word#"$kept"}"
    COMPREPLY+=("$word")
    descriptions+=("\${offers[i + 1]}")
    (( \${#word} > width )) && width=\${#word}
  done
  # Descriptions only where bash lists the reply and inserts none of it: at the second TAB.
  if [[ $COMP_TYPE == 63 ]] && (( \${#COMPREPLY[@]} > 1 )); then
    for i in "\${!COMPREPLY[@]}"; do
      [[ -n \${descriptions[i]} ]] || continue
      printf -v word '%-*s  (%s' "$width" "\${COMPREPLY[i]}" "\${descriptions[i]}"
      COMPREPLY[i]="\${word:0:\${COLUMNS:-80} - 2})"
    done
  fi
}

# Offers values after the prefix $1, of "choices" or files, beside what is in "offers" already.
_rg_diag_offer_values() {
  local choice
  if [[ $kind == choice ]]; then
    for choice in "\${choices[@]}"; do offers+=("$1$choice" ''); done
  fi
  _rg_diag_offer "$2" "$3"
  [[ $kind == files ]] || return
  # Readline's own completion of files knows about quotes, blanks and tildes, but offers none beside anything else.
  compopt -o default 2>/dev/null
  (( \${#COMPREPLY[@]} )) || return
  local -a found=()
  mapfile -t found < <(compgen -f -- "$2")
  (( \${#found[@]} )) || return
  # Of descriptions it would show what stands behind their last slash. No second word has a blank in it.
  COMPREPLY=("\${COMPREPLY[@]%% *}" "\${found[@]}")
  compopt -o filenames 2>/dev/null
}

_rg_diag() {
  COMPREPLY=()
  local -a words=() offers=() choices=()
  local rest=$COMP_LINE trimmed word kind i j

  # Bash splits words also at "=" and ":". Here a word ends at a blank, as it does for rg-diag.
  for (( i = 0; i <= COMP_CWORD; i++ )); do
    word=\${COMP_WORDS[i]}
    trimmed=\${rest#"\${rest%%[![:space:]]*}"}
    # The last one counts up to the cursor, without the quote that begins it.
    (( i == COMP_CWORD )) && [[ $word != [=:]* ]] && word=$2
    if (( i > 0 )) && [[ $trimmed == "$rest" ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
    rest=\${trimmed#"\${COMP_WORDS[i]}"}
  done
  local typed=\${words[-1]} command=\${words[1]}

  if (( \${#words[@]} < 3 )); then
    if [[ $typed == -* ]]; then _rg_diag_flags; else _rg_diag_commands; fi
    _rg_diag_offer "$typed" "$2"
    return
  fi

  # Behind a first word the second one may stand, and where that alone is a command, its arguments too.
  local begin=2
  if (( \${#words[@]} > 3 )) && _rg_diag_pair "$command" "\${words[2]}"; then
    command+=" \${words[2]}" begin=3
  fi

  # Which option waits for a value, how many arguments came before, and whether "--" ended the options.
  local waits='' ended='' position=1
  for (( i = begin; i < \${#words[@]} - 1; i++ )); do
    word=\${words[i]}
    if [[ -n $waits ]]; then
      waits=
    elif [[ -n $ended || $word != -?* ]]; then
      (( position++ ))
    elif [[ $word == -- ]]; then
      ended=yes
    elif [[ $word == --* ]]; then
      [[ $word == *=* ]] && continue
      _rg_diag_value "$command" "$word"
      [[ $kind == switch ]] || waits=$word
    else
      for (( j = 1; j < \${#word}; j++ )); do
        _rg_diag_value "$command" "-\${word:j:1}"
        [[ $kind == switch ]] && continue
        (( j == \${#word} - 1 )) && waits=-\${word:j:1}
        break
      done
    fi
  done

  if [[ -n $waits ]]; then
    _rg_diag_value "$command" "$waits"
    _rg_diag_offer_values '' "$typed" "$2"
  elif [[ -z $ended && $typed == --*=* ]]; then
    _rg_diag_value "$command" "\${typed%%=*}"
    _rg_diag_offer_values "\${typed%%=*}=" "$typed" "$2"
  elif [[ -z $ended && $typed == -[!-]?* ]]; then
    _rg_diag_value "$command" "\${typed:0:2}"
    _rg_diag_offer_values "\${typed:0:2}" "$typed" "$2"
  elif [[ -z $ended && $typed == -* ]]; then
    _rg_diag_options "$command"
    _rg_diag_offer "$typed" "$2"
  else
    (( \${#words[@]} == 3 )) && _rg_diag_seconds "$command"
    _rg_diag_argument "$command" "$position"
    _rg_diag_offer_values '' "$typed" "$2"
  fi
}
`;
