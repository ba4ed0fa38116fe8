import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';

const names = catalogue.map(({ name }) => name);

/** Every string of a source file, without its comments: what a user may come to read. */
function stringsOf(path: string): readonly string[] {
  const code = readFileSync(path, 'utf8').replaceAll(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '');
  return code.match(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g) ?? [];
}

/** What follows the name of the program where a text speaks of it, and of none of its commands. */
const prose = ['does', 'itself', 'prints', 'help', 'has', 'in', 'runs', 'makes', 'takes', 'as', 'command'];

const texts = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => stringsOf(join('src', path)).map((text) => [path, text] as const));

it('every command that a text names is one of the catalogue', () => {
  const named = texts.flatMap(([path, text]) =>
    [...text.matchAll(/\brg-diag ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g)].map(([, first = '', second]) => {
      const both = `${first} ${second}`;
      return { path, word: names.includes(both) ? both : first };
    }),
  );
  // Otherwise the strings were not found.
  expect(names.filter((name) => !named.some(({ word }) => word === name))).toEqual([]);
  expect(named.filter(({ word }) => !names.includes(word) && !prose.includes(word))).toEqual([]);
});
