import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { todaysOptions } from '../../src/cli/historic.js';
import { optionsOf } from '../../src/cli/options.js';
import { version } from '../../src/cli/version.js';
import { catalogue } from '../../src/commands/index.js';
import { commandSlug } from '../../src/model/command-slug.js';
import { formats } from '../../src/reporters/index.js';

const loaded = await Promise.all(catalogue.map(async (row) => ({ row, command: (await row.load()).command })));

describe('the catalogue of commands', () => {
  it('has a row for every folder', () => {
    const folders = readdirSync('src/commands', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(catalogue.map(({ name }) => commandSlug(name)).sort());
  });

  it.each(loaded)('$row.name says the same as its definition', ({ row, command }) => {
    expect({ name: command.name, summary: command.summary }).toEqual({ name: row.name, summary: row.summary });
  });

  it.each(loaded)('$row.name has no option twice', ({ command }) => {
    const options = optionsOf(command);
    const names = options.flatMap(({ long, short }) => [long ?? [], short ?? []].flat());
    expect(new Set(names).size).toBe(names.length);
    // Interactive commands answer it as the program does that they stand in for.
    if (command.kind !== 'interactive') expect(names).not.toContain('h');
  });

  it('knows in the historic spelling the options of decode, and which of them take a value', () => {
    const decode = loaded.find(({ row }) => row.name === 'decode');
    const options = optionsOf(decode?.command ?? expect.fail('no decode'));
    const names = options.flatMap(({ long, short, value }) =>
      [long ?? [], short ?? []].flat().map((name) => [name, value !== undefined]),
    );
    expect(todaysOptions).toEqual(Object.fromEntries(names));
  });
});

describe('the catalogue of formats', () => {
  it('has a row for every file', () => {
    const files = readdirSync('src/reporters').filter((name) => /(?<!^index|^reporter)\.ts$/.test(name));
    expect(formats.map(({ format }) => `${format}.ts`).sort()).toEqual(files.sort());
  });
});

it('the version is that of the package', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ version });
});
