import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { getopt } from '../../src/model/getopt.js';

const letters = 'ab:c:z4';

/** What the C library makes of it: util-linux' getopt(1) prints its options and then its operands. */
function byTheSystem(argv: readonly string[]): { words: string; problem?: string } {
  try {
    const words = execFileSync('getopt', ['-u', '-o', letters, '--', ...argv], { encoding: 'utf8', stdio: 'pipe' });
    return { words: words.trim() };
  } catch (error) {
    const [, problem = ''] = /^getopt: (.*)$/m.exec(String((error as { stderr: unknown }).stderr)) ?? [];
    return { words: '', problem };
  }
}

describe('getopt reads a command line as the C library does', () => {
  it.each([
    [[]],
    [['-a']],
    [['-az4', 'x']],
    [['-azb2', 'x']],
    [['-b', '2', 'x']],
    [['-b2', '-c', '-a', 'x']],
    [['x', '-a', 'y', '-b', 'z']],
    [['x', '--', '-a']],
    [['-b', '--', 'x']],
    [['--', '--', 'x']],
    [['-', '-a', '-']],
    [['-aQ']],
    [['-a', 'x', '-4:']],
    [['-ab']],
    [['x', '-c']],
  ])('%j', (argv: string[]) => {
    const { options, operands, problem } = getopt(argv, letters);
    const spelled = options.flatMap(({ letter, value }) => [`-${letter}`, ...(value === undefined ? [] : [value])]);
    const words = problem === undefined ? [...spelled, '--', ...operands].join(' ') : '';
    expect({ words, ...(problem !== undefined && { problem }) }).toEqual(byTheSystem(argv));
  });
});
