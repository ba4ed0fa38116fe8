import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awkward, awkwardChoices } from './catalogue.js';
import { type Room, roomFor, zshOffers } from './shells.js';

describe('completion in zsh', () => {
  let room: Room;
  beforeAll(async () => {
    room = await roomFor('zsh');
  });
  afterAll(() => room.close());

  const offered = async (line: string) => (await zshOffers(room, line)).map(({ word }) => word);

  const commands = [
    { word: 'inspect', says: awkward },
    { word: 'install', says: 'put it where it belongs' },
    { word: 'help', says: 'print help on a command' },
  ];

  it('shows commands with their summaries, whatever is in them', async () => {
    expect(await zshOffers(room, 'rg-diag ')).toEqual(expect.arrayContaining(commands));
  });

  it('works as an autoloaded function too', async () => {
    expect(await zshOffers(room, 'rg-diag ', 'autoloaded')).toEqual(expect.arrayContaining(commands));
  });

  it('offers the historic spelling in the place of a command', async () => {
    const first = ['--help', '-h', '--version', '-V', '-decode', '-version', '-help'];
    expect((await offered('rg-diag -')).sort()).toEqual(first.sort());
    expect(await zshOffers(room, 'rg-diag -d')).toEqual([
      { word: '-decode', says: 'decode a value, historic spelling' },
    ]);
    expect(await offered('rg-diag -decode ')).toEqual([]);
  });

  it('completes help with the commands', async () => {
    expect(await offered('rg-diag help ')).toEqual(['inspect', 'install']);
  });

  it('shows the options of a command with their descriptions', async () => {
    const offers = await zshOffers(room, 'rg-diag inspect --');
    expect(offers).toContainEqual({ word: '--format', says: awkward });
    expect(offers).toContainEqual({ word: '--quiet', says: 'print nothing' });
    expect((await offered('rg-diag install -')).sort()).toEqual(
      ['--mode', '-m', '--quiet', '-q', '--help', '-h', '--version', '-V'].sort(),
    );
  });

  it('offers an option again only where it repeats', async () => {
    const words = await offered('rg-diag inspect -q --format json --input a --');
    expect(words).not.toContain('--quiet');
    expect(words).not.toContain('--format');
    expect(words).toContain('--input');
  });

  it.each([
    ['rg-diag inspect --format ', ['text', 'json', 'ndjson']],
    ['rg-diag inspect -q --format j', ['json']],
    ['rg-diag inspect --format=', ['text', 'json', 'ndjson']],
    ['rg-diag inspect --format=n', ['ndjson']],
    ['rg-diag inspect -f ', ['text', 'json', 'ndjson']],
    ['rg-diag inspect -qvf j', ['json']],
    ['rg-diag inspect -fj', ['json']],
  ])('completes the value of a choice: %s', async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });

  it('inserts awkward values so that they reach rg-diag as they are', async () => {
    const words = (await offered('rg-diag inspect --pick ')).map((word) => word.replace(/\\(.)/g, '$1'));
    expect(words).toEqual(awkwardChoices);
  });

  it('completes files where an option or an argument takes one', async () => {
    const files = ['notes\\ one.txt', 'notes.log'];
    expect(await offered('rg-diag inspect -i not')).toEqual(files);
    expect(await offered('rg-diag inspect --input=not')).toEqual(files);
    expect(await offered('rg-diag install check not')).toEqual(files);
  });

  it('offers no file where text is wanted', async () => {
    expect(await offered('rg-diag inspect not')).toEqual([]);
    expect(await offered('rg-diag inspect --expect not')).toEqual([]);
  });

  it('counts arguments without the values of options', async () => {
    expect(await offered('rg-diag install ')).toEqual(['check', 'change']);
    expect(await offered('rg-diag install -m check ')).toEqual(['check', 'change']);
    expect(await offered('rg-diag install --mode=check -q ch')).toEqual(['check', 'change']);
    expect(await offered('rg-diag install -qm x ch')).toEqual(['check', 'change']);
  });

  it('offers no options after --', async () => {
    expect(await offered('rg-diag inspect -- -')).toEqual([]);
    expect(await offered('rg-diag install -- ch')).toEqual(['check', 'change']);
  });

  it('never evaluates what was typed or described', async () => {
    await zshOffers(room, 'rg-diag inspect $(touch pwned) `touch pwned` --expect "$(touch pwned)" --f');
    await zshOffers(room, 'rg-diag $(touch pwned) --');
    expect(existsSync(join(room.directory, 'pwned'))).toBe(false);
  });

  it('says nothing about a command that it does not know', async () => {
    expect(await offered('rg-diag nonsense -')).toEqual([]);
  });
});
