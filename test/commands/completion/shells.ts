import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bashScript } from '../../../src/commands/completion/bash.js';
import { fishScript } from '../../../src/commands/completion/fish.js';
import { zshScript } from '../../../src/commands/completion/zsh.js';
import { catalogue } from './catalogue.js';

/** A directory of its own for a shell to stand in: the script under test, and two files to complete. */
export interface Room {
  readonly directory: string;
  close(): Promise<void>;
}

interface Offer {
  readonly word: string;
  readonly says: string;
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Holds `script`, `notes.log` and `notes one.txt`. */
export async function roomFor(shell: keyof typeof scripts, specs = catalogue): Promise<Room> {
  const directory = await mkdtemp(join(tmpdir(), `rg-diag-${shell}-`));
  await writeFile(join(directory, 'script'), scripts[shell](specs));
  await writeFile(join(directory, 'notes.log'), '');
  await writeFile(join(directory, 'notes one.txt'), '');
  return { directory, close: () => rm(directory, { recursive: true }) };
}

/**
 * What bash gets to choose from at the second TAB after `line`: readline itself, reading from a pipe, splits the line
 * and calls the function; a function in between writes its reply down.
 */
export async function bashOffers(room: Room, line: string): Promise<Offer[]> {
  // The line is then erased (C-u) so that nothing on it is run.
  await typeIntoBash(room, line, '\u001b?\u0015');
  const reply = await readFile(join(room.directory, 'reply'), 'utf8');
  return reply
    .split('\n')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, word = '', says = ''] = /^(.*?)(?: +\((.*))?$/.exec(entry) ?? [];
      return { word, says: says.replace(/\)$/, '') };
    });
}

/** The words that a command gets after one TAB, or with `all` after every match was inserted (M-*). */
export async function bashWords(room: Room, line: string, key: 'tab' | 'all' = 'tab'): Promise<string[]> {
  await typeIntoBash(room, line, key === 'tab' ? '\t' : '\u001b*');
  return (await readFile(join(room.directory, 'words'), 'utf8')).split('\n').slice(0, -1);
}

async function typeIntoBash(room: Room, line: string, key: string): Promise<void> {
  const setUp = [
    'COLUMNS=400',
    'source ./script',
    `observe() { _rg_diag "$@"; printf '%s\\n' "\${COMPREPLY[@]}" >reply; }`,
    'complete -F observe rg-diag',
    // The words that reach the command say what the inserted text means to bash.
    `rg-diag() { printf '%s\\n' "$@" >words; }`,
  ];
  await run(room, 'bash', ['--norc', '--noprofile', '-i'], `${setUp.join('\n')}\n${line}${key}\nexit\n`);
}

/** What fish offers, with its descriptions. */
export async function fishOffers(room: Room, line: string): Promise<Offer[]> {
  const ask = 'source ./script; complete -C "$ASKED"';
  const text = await run(room, 'fish', ['--no-config', '-c', ask], '', { ASKED: line });
  return text
    .split('\n')
    .slice(0, -1)
    .map((entry) => {
      const [word = '', says = ''] = entry.split('\t');
      return { word, says };
    });
}

/** What zsh offers: its line editor runs on a pseudo-terminal of its own (zpty), and `compadd` writes matches down. */
export async function zshOffers(
  room: Room,
  line: string,
  loaded: 'sourced' | 'autoloaded' = 'sourced',
): Promise<Offer[]> {
  await writeFile(join(room.directory, 'inner'), zshInner(loaded === 'sourced'));
  await run(room, 'zsh', ['-f', '-c', zshOuter], '', { ASKED: line });
  const reply = await readFile(join(room.directory, 'reply'), 'utf8');
  return reply
    .split('\n')
    .slice(0, -1)
    .map((entry) => {
      const [word = '', shown = ''] = entry.split('\t');
      return { word, says: shown.replace(/^.*? *-- /, '') };
    });
}

const zshOuter = `
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner 'source ./inner'
while zpty -r inner line; do [[ $line == *ready-to-type* ]] && break; done
zpty -w -n inner "$ASKED"$'\\t'
while zpty -r inner line; do :; done
`;

/** `compadd` hands out the words that match (-A) and what would be shown for them (-D takes out of an array). */
function zshInner(sourced: boolean): string {
  return `
PROMPT=
stty cols 400
autoload -Uz compinit
${sourced ? 'compinit -u -d ./dump; source ./script' : 'cp script _rg-diag; fpath=($PWD $fpath); compinit -u -D'}
zstyle ':completion:*' insert-tab false
bindkey '^I' complete-word
: >reply
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits shown
  local i=\${@[(i)-*d]}
  if (( i < \${@[(i)(-|--)]} )); then
    local name=\${@[i+1]}
    [[ $name == \\(* ]] && eval "shown=$name" || shown=("\${(@P)name}")
  fi
  builtin compadd -A hits -D shown "$@"
  for (( i = 1; i <= $#hits; i++ )); do print -r -- "\${hits[i]}"$'\\t'"\${shown[i]}" >>reply; done
  builtin compadd "$@"
}
comppostfuncs=(exit)
print ready-to-type
`;
}

function run(
  room: Room,
  program: string,
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: room.directory,
      env: { PATH: process.env['PATH'], HOME: room.directory, LC_ALL: 'C.UTF-8', TERM: 'dumb', ...env },
      timeout: 20_000,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.on('error', reject).on('close', () => resolve(stdout));
    // A shell that is done before it has read everything closes the pipe: that is its right.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
