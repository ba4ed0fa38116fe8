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

  it.each([
    ['', true],
    ['NO_COLOR=1', false],
    ['FORCE_COLOR=0', false],
    ['NO_COLOR=1 FORCE_COLOR=1', false],
    ['NO_COLOR=1 FORCE_COLOR=1 CLICOLOR_FORCE=1', false],
  ])('on a terminal with «%s» is coloured: %s, and standard error stays empty', async (variables, expected) => {
    const onTerminal = (redirection: string) =>
      shell(`${variables} script -qec "rg-diag decode '${value}' ${redirection}" /dev/null`, {
        env: { TERM: 'xterm' },
      });
    const { stdout } = await onTerminal('2>/dev/null');
    expect(stdout).toContain('151df128a1');
    expect(coloured.test(stdout)).toBe(expected);
    // Both streams are a terminal, and of the two only standard error is shown: Node itself warns there of variables
    // that contradict each other.
    expect((await onTerminal('>/dev/null')).stdout).toBe('');
  });

  it.each(['json', 'ndjson', 'nagios', 'prometheus', 'html', 'csv'])('as %s is never coloured', async (format) => {
    const { stdout } = await rgDiag(['decode', value, '-f', format, '--color', 'always'], {
      env: { FORCE_COLOR: '3' },
    });
    expect(stdout).not.toMatch(coloured);
  });
});
