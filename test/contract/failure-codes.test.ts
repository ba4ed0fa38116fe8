import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../src/model/failure.js';

function textOf(folders: readonly string[], isWanted: (path: string) => boolean): string {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
    .filter((path) => path.endsWith('.ts') && isWanted(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

const sources = textOf(['src'], (path) => path !== 'src/model/failure.ts');

/**
 * The tests that meet real files, servers and networks, or bytes as these send them. Facts and findings that are made up
 * (fixtures, test/model, test/reporters) show how a code is reported, and not that anything brings it about.
 */
const tests = textOf(['test/io', 'test/netns', 'test/cli', 'test/commands', 'test/decoders'], (path) =>
  path.endsWith('.test.ts'),
);

describe('the failure code', () => {
  it.each(failureCodes)('%s is given somewhere, and a test provokes it', (code) => {
    // In a test it may end a sentence: 'warn memory-too-small'.
    expect({ given: sources.includes(`'${code}'`), provoked: new RegExp(`[' ]${code}'`).test(tests) }).toEqual({
      given: true,
      provoked: true,
    });
  });

  it('unclassified is what no test of a network comes to', () => {
    const networks = textOf(['test/netns', 'test/commands'], (path) => path.endsWith('.test.ts'));
    expect(networks.match(/code: 'unclassified'/g)).toBeNull();
  });
});
