import type { CommandSpec, OptionSpec, ValueSpec } from '../command.js';
import { fishQuoted as quote } from './quoting.js';
import { pairsOf, spellingsOf, vocabularyOf, type Word } from './vocabulary.js';

/** A completion script for fish 3.1 and later. */
export function fishScript(catalogue: readonly CommandSpec[]): string {
  const { commands, first: words, families, leading, historic } = vocabularyOf(catalogue);
  const first = `-n ${quote('__rg_diag_first')}`;
  return `# fish completion for rg-diag, written by: rg-diag completion fish

# Whether a command, or an option in its place, comes next.
function __rg_diag_first
    test (count (commandline -opc)) -eq 1
end

# Whether the second word of a command comes next whose first one is $argv[1].
function __rg_diag_second
    set -l words (commandline -opc)
    test (count $words) -eq 2; and test "$words[2]" = "$argv[1]"
end

# Whether the command is $argv[1].
function __rg_diag_command
    set -l words (commandline -opc)
    test (count $words) -gt 1; or return 1
    set -l command "$words[2]"
    if test (count $words) -gt 2
        switch "$words[2] $words[3]"
            case ${pairsOf(families)
              .map((pair) => quote(`${pair.text}${pair.isWhole ? '' : '*'}`))
              .join(' ')}
                set command "$words[2] $words[3]"
        end
    end
    test "$command" = "$argv[1]"
end

# Whether the argument number $argv[2] of the command $argv[1] comes next, or where $argv[3] is "more", a later one. The
# rest of $argv are the options of the command that take a value.
function __rg_diag_argument
    __rg_diag_command $argv[1]; or return 1
    set -l words (commandline -opc)
    set -l position 1
    set -l waits 0
    set -l ended 0
    # Its name is one word or two.
    set -l begin (count $words[1] (string split ' ' -- $argv[1]))
    for word in $words[(math $begin + 1)..-1]
        if test $waits = 1
            set waits 0
        else if test $ended = 1; or not string match -qr -- '^-.' $word
            set position (math $position + 1)
        else if test "$word" = --
            set ended 1
        else if string match -q -- '--*' $word
            contains -- $word $argv[4..-1]; and set waits 1
        else
            # Short options may stand together; the first that takes a value takes what follows it.
            for letter in (string split '' -- (string sub -s 2 -- $word))
                set word (string sub -s 2 -- $word)
                if contains -- -$letter $argv[4..-1]
                    test (string length -- $word) = 1; and set waits 1
                    break
                end
            end
        end
    end
    test $position -eq $argv[2]; or begin
        test $argv[3] = more; and test $position -gt $argv[2]
    end
end

complete -c rg-diag -f
${[
  ...words.map((each) => `complete -c rg-diag ${first} ${wordFlags(each)}`),
  ...leading.map((option) => `complete -c rg-diag ${first} ${optionFlags(option)}`),
  ...historic.map((flag) => {
    const value = flag.takesValue ? ' -x' : '';
    return `complete -c rg-diag ${first} -o ${quote(flag.name)}${value} -d ${quote(flag.says)}`;
  }),
  ...families.flatMap(({ word, seconds }) => {
    const second = `-n ${quote(`__rg_diag_second ${quote(word)}`)}`;
    return [
      '',
      `# ${word}: the second word`,
      ...seconds.map((each) => `complete -c rg-diag ${second} ${wordFlags(each)}`),
    ];
  }),
  ...commands.flatMap(commandLines),
].join('\n')}
`;
}

function commandLines(spec: CommandSpec): string[] {
  const inCommand = `-n ${quote(`__rg_diag_command ${quote(spec.name)}`)}`;
  const valued = spec.options.filter((option) => option.value !== undefined).flatMap(spellingsOf);
  return [
    '',
    `# ${spec.name}`,
    ...spec.options.map((option) => `complete -c rg-diag ${inCommand} ${optionFlags(option)}`),
    ...spec.arguments.flatMap((argument, index) => {
      const completed = argumentFlags(argument.value);
      if (completed === undefined) return [];
      const test = ['__rg_diag_argument', quote(spec.name), index + 1, argument.repeats ? 'more' : 'one', ...valued];
      return [`complete -c rg-diag -n ${quote(test.join(' '))} ${completed} -d ${quote(argument.value.name)}`];
    }),
  ];
}

function optionFlags(option: OptionSpec): string {
  const spellings = [
    ...(option.short === undefined ? [] : [`-s ${quote(option.short)}`]),
    ...(option.long === undefined ? [] : [`-l ${quote(option.long)}`]),
  ];
  return `${spellings.join(' ')}${valueFlags(option.value)} -d ${quote(option.says)}`;
}

function valueFlags(value: ValueSpec | undefined): string {
  if (value === undefined) return '';
  if (value.kind === 'file') return ' -r -F';
  return value.kind === 'choice' ? ` -x -a ${choices(value)}` : ' -x';
}

function argumentFlags(value: ValueSpec): string | undefined {
  if (value.kind === 'file') return '-F';
  return value.kind === 'choice' ? `-a ${choices(value)}` : undefined;
}

function wordFlags({ word, says }: Word): string {
  return `-a ${quote(quote(word))} -d ${quote(says)}`;
}

/** Quoted twice: fish evaluates the list of words each time that it completes. */
function choices(value: ValueSpec): string {
  return quote((value.choices ?? []).map(quote).join(' '));
}
