import { describe, expect, it } from 'vitest';
import { takesColour } from '../../src/cli/colour.js';
import { rgDiag, shell } from './run.js';

const terminal = { option: undefined, isTerminal: true };
const pipe = { option: undefined, isTerminal: false };

describe('takesColour', () => {
  it.each([
    [{ ...terminal, env: {} }, true],
    [{ ...pipe, env: {} }, false],
    [{ ...terminal, env: { TERM: 'dumb' } }, false],
    [{ ...terminal, env: { NO_COLOR: '1' } }, false],
    [{ ...terminal, env: { NO_COLOR: '' } }, true],
    [{ ...terminal, env: { CLICOLOR: '0' } }, false],
    [{ ...pipe, env: { FORCE_COLOR: '1' } }, true],
    [{ ...terminal, env: { FORCE_COLOR: '0' } }, false],
    [{ ...pipe, env: { CLICOLOR_FORCE: '1' } }, true],
    [{ ...pipe, env: { CLICOLOR_FORCE: '0' } }, false],
    [{ ...pipe, env: { CLICOLOR: '1' } }, false],
    [{ ...pipe, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
    [{ ...terminal, option: 'never' as const, env: { FORCE_COLOR: '1' } }, false],
    [{ ...pipe, option: 'always' as const, env: { NO_COLOR: '1' } }, true],
    [{ ...pipe, option: 'auto' as const, env: { FORCE_COLOR: '1' } }, true],
  ])('%j is %s', (choice, expected) => {
    expect(takesColour(choice)).toBe(expected);
  });
});

const value = '151df128a1 2.05 0.009465 0031 5360';
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const coloured = /\u001b\[/;

describe('the output', () => {
  it('is plain in a pipe and coloured when that is asked for', async () => {
    expect((await rgDiag(['decode', value])).stdout).not.toMatch(coloured);
    expect((await rgDiag(['decode', value, '--color', 'always'])).stdout).toMatch(coloured);
    expect((await rgDiag(['decode', value], { env: { FORCE_COLOR: '3' } })).stdout).toMatch(coloured);
  });

  it('is coloured on a terminal, and says nothing on standard error even where the variables contradict', async () => {
    const onTerminal = (env: string) =>
      shell(`${env} script -qec "rg-diag decode '${value}' 2>err" /dev/null; cat err; rm err`, {
        env: { TERM: 'xterm' },
      });
    expect((await onTerminal('')).stdout).toMatch(coloured);
    expect((await onTerminal('NO_COLOR=1')).stdout).not.toMatch(coloured);
    expect((await onTerminal('NO_COLOR=1 FORCE_COLOR=1')).stdout).not.toMatch(/coloured|Warning/);
  });

  it.each(['json', 'ndjson', 'nagios', 'prometheus', 'csv'])('as %s is never coloured', async (format) => {
    const { stdout } = await rgDiag(['decode', value, '-f', format, '--color', 'always'], {
      env: { FORCE_COLOR: '3' },
    });
    expect(stdout).not.toMatch(coloured);
  });
});
