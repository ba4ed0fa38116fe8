import { describe, expect, it } from 'vitest';
import { familyOf, familyWords, withCommandWord } from '../../src/cli/command-words.js';
import { UsageError } from '../../src/cli/crash.js';
import { familyHelp, parse } from '../../src/cli/parser.js';
import type { CommandRow, PrintCommand } from '../../src/commands/command.js';
import { rgDiag } from './run.js';

/** `crate` is a command beside `crate note`; `setup` is none. */
const names = ['start', 'setup check', 'setup resolve', 'crate', 'crate note', 'box check'];

const commandOf = (name: string): PrintCommand => ({
  kind: 'print',
  name,
  summary: `what ${name} does`,
  description: [],
  arguments: [{ value: { name: 'VALUE', kind: 'text' }, required: false, repeats: true, says: 'a value' }],
  options: [{ long: 'fix', says: 'repair it' }],
  takesTargets: false,
  examples: [],
  print: async () => '',
});

const catalogue: readonly CommandRow[] = names.map((name) => {
  const command = commandOf(name);
  return { name, summary: command.summary, load: async () => ({ command }) };
});

describe('the words of a command', () => {
  it.each([
    [
      ['setup', 'check', 'a', '--fix'],
      ['setup check', 'a', '--fix'],
    ],
    [
      ['setup', 'chek'],
      ['setup', 'chek'],
    ],
    [
      ['setup', '--fix', 'check'],
      ['setup', '--fix', 'check'],
    ],
    [['setup'], ['setup']],
    [['check'], ['check']],
    [
      ['start', 'setup', 'check'],
      ['start', 'setup', 'check'],
    ],
    [
      ['crate', 'a', 'note'],
      ['crate', 'a', 'note'],
    ],
    [
      ['crate', '--', 'note'],
      ['crate', '--', 'note'],
    ],
    [
      ['crate', 'note', 'note'],
      ['crate note', 'note'],
    ],
    [
      ['help', 'setup', 'check'],
      ['help', 'setup check'],
    ],
    [
      ['help', 'crate', 'x'],
      ['help', 'crate', 'x'],
    ],
    [['help'], ['help']],
    [[], []],
  ])('%j are read as %j', (argv, read) => {
    expect(withCommandWord(argv, catalogue)).toEqual(read);
  });

  it('of a family are those that begin with its word, and not its word alone', () => {
    expect(familyOf('setup', catalogue).map(({ name }) => name)).toEqual(['setup check', 'setup resolve']);
    expect(familyOf('crate', catalogue).map(({ name }) => name)).toEqual(['crate note']);
    for (const word of ['set', 'start', 'check', '']) expect(familyOf(word, catalogue)).toEqual([]);
    expect(familyWords(catalogue)).toEqual(['setup', 'crate', 'box']);
  });
});

function refusal(run: () => unknown): Pick<UsageError, 'message' | 'command' | 'hint'> {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return { message: error.message, command: error.command, hint: error.hint };
    throw error;
  }
  return expect.fail('it was accepted');
}

describe('a command that is not there', () => {
  it.each([
    [['setpu', 'check'], 'setpu check', 'Did you mean setup check?'],
    [['stepu', 'chekc', 'a'], 'stepu chekc', 'Did you mean setup check?'],
    [['help', 'setpu', 'check'], 'setpu check', 'Did you mean setup check?'],
    [['setpu', 'check', '--help'], 'setpu check', 'Did you mean setup check?'],
    [['setpu'], 'setpu', 'Did you mean setup?'],
    [['setpu', 'file'], 'setpu', 'Did you mean setup?'],
    [['setpu', '--fix'], 'setpu', 'Did you mean setup?'],
    [['setup-check'], 'setup-check', 'Did you mean setup check?'],
    [['strat', 'check'], 'strat', 'Did you mean start?'],
    [['crat'], 'crat', 'Did you mean crate?'],
    [['resolve', 'example.com'], 'resolve', 'Did you mean setup resolve?'],
    [['check'], 'check', 'Did you mean setup check or box check?'],
    [['nonsense', 'of', 'mine'], 'nonsense', undefined],
    [['help', 'nonsense'], 'nonsense', undefined],
    [[''], '', undefined],
  ])('%j gets the nearest one named', (argv, name, hint) => {
    expect(refusal(() => parse(argv, catalogue, undefined, '1'))).toEqual({
      message: `unknown command '${name}'`,
      command: undefined,
      hint,
    });
  });

  it('is refused also where no command has two words', () => {
    const start = catalogue.slice(0, 1);
    expect(refusal(() => parse(['strat', 'x'], start, undefined, '1')).hint).toBe('Did you mean start?');
  });
});

describe('a command of two words', () => {
  it('is parsed as any other', () => {
    expect(parse(['setup check', 'a', '--fix', 'b'], catalogue, commandOf('setup check'), '1')).toMatchObject({
      kind: 'command',
      args: ['a', 'b'],
      options: { fix: true },
    });
    expect(refusal(() => parse(['setup check', '--fxi'], catalogue, commandOf('setup check'), '1'))).toEqual({
      message: "unknown option '--fxi'",
      command: 'setup check',
      hint: 'Did you mean --fix?',
    });
  });

  it.each([[['setup check', '--help']], [['help', 'setup check']]])('has help of its own: %j', (argv) => {
    const parsed = parse(argv, catalogue, commandOf('setup check'), '1');
    const text = parsed.kind === 'text' ? parsed.text : expect.fail('no text');
    expect(text).toMatch(/^Usage: rg-diag setup check \[options\] \[VALUE\.\.\.\]/);
    expect(text).toContain('The manual: man rg-diag-setup-check');
    expect(text).not.toContain('Further commands');
  });

  it('is named in the help of the command that is its first word', () => {
    const parsed = parse(['crate', '--help'], catalogue, commandOf('crate'), '1');
    expect(parsed).toHaveProperty('text', expect.stringContaining('rg-diag crate note\n    what crate note does'));
  });
});

describe('the first word of commands', () => {
  const setup = familyOf('setup', catalogue);

  it.each([[['--help']], [['-h']]])('answers %j with what they are', (rest) => {
    const text = familyHelp('setup', rest, setup);
    expect(text).toMatch(/^Usage: rg-diag setup <command> \[options\] \[arguments\]\n/);
    expect(text).toMatch(/^ {2}check +what setup check does\n {2}resolve +what setup resolve does$/m);
  });

  it.each([
    [['chek'], "unknown command 'chek'", 'Did you mean check?'],
    [['nonsense'], "unknown command 'nonsense'", 'The commands are setup check, setup resolve.'],
    [[''], "unknown command ''", 'The commands are setup check, setup resolve.'],
    [['--hlep'], "unknown option '--hlep'", 'Did you mean --help?'],
    [['--fix', 'check'], "unknown option '--fix'", /^Options stand after the command: rg-diag setup <command>/],
    [['--', 'check'], 'no command given', /rg-diag setup <command>/],
  ])('refuses %j', (rest, message, hint) => {
    const refused = refusal(() => familyHelp('setup', rest, setup));
    expect(refused).toMatchObject({ message, command: 'setup' });
    expect(refused.hint).toMatch(hint);
  });
});

describe('config check, as it is typed', () => {
  it.each([
    [
      ['config'],
      /^rg-diag config: no command given\nCommands:\n {2}config check .*\nTry 'rg-diag config --help'\.\n$/s,
    ],
    [['config', 'chek'], /^rg-diag config: unknown command 'chek'\nDid you mean check\?\n/],
    [['help', 'config', 'chek'], /^rg-diag config: unknown command 'chek'\nDid you mean check\?\n/],
    [['confg', 'check'], /^rg-diag: unknown command 'confg check'\nDid you mean config check\?\n/],
    [['confg', 'check', '--help'], /^rg-diag: unknown command 'confg check'\nDid you mean config check\?\n/],
    [['confg'], /^rg-diag: unknown command 'confg'\nDid you mean config\?\n/],
    [['config', '--json', 'check'], /^rg-diag config: unknown option '--json'\nOptions stand after the command/],
    [['config', 'check', '--formt'], /^rg-diag config check: unknown option '--formt'\nDid you mean --format\?\n/],
  ])('%j is 64', async (args, message) => {
    const ran = await rgDiag(args);
    expect(ran).toMatchObject({ stdout: '', exit: 64 });
    expect(ran.stderr).toMatch(message);
  });

  it.each([
    [['config', '--help'], /^Usage: rg-diag config <command> .*^ {2}check /ms],
    [['help', 'config'], /^Usage: rg-diag config <command> .*^ {2}check /ms],
    [['config', 'check', '--help'], /^Usage: rg-diag config check \[options\]/],
    [['help', 'config', 'check'], /^Usage: rg-diag config check \[options\]/],
  ])('%j is help', async (args, text) => {
    const ran = await rgDiag(args);
    expect(ran).toMatchObject({ stderr: '', exit: 0 });
    expect(ran.stdout).toMatch(text);
  });

  it('is a status line for a scheduler', async () => {
    const ran = await rgDiag(['config', 'chek', '-f', 'nagios']);
    expect(ran).toMatchObject({ stdout: "RG-DIAG CONFIG UNKNOWN - unknown command 'chek'\n", stderr: '', exit: 3 });
  });
});
