import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awkward, awkwardChoices } from './catalogue.js';
import { fishOffers, type Room, roomFor } from './shells.js';

describe('completion in fish', () => {
  let room: Room;
  beforeAll(async () => {
    room = await roomFor('fish');
  });
  afterAll(() => room.close());

  const offered = async (line: string) => (await fishOffers(room, line)).map(({ word }) => word);

  it('shows commands with their summaries, whatever is in them', async () => {
    expect(await fishOffers(room, 'rg-diag ')).toEqual([
      { word: 'help', says: 'print help on a command' },
      { word: 'inspect', says: awkward },
      { word: 'install', says: 'put it where it belongs' },
    ]);
  });

  it('offers the historic spelling in the place of a command', async () => {
    const first = ['--help', '-h', '--version', '-V', '-decode', '-version', '-help'];
    expect((await offered('rg-diag -')).sort()).toEqual(first.sort());
    expect(await fishOffers(room, 'rg-diag -d')).toEqual([
      { word: '-decode', says: 'decode a value, historic spelling' },
    ]);
    expect(await offered('rg-diag -decode ')).toEqual([]);
  });

  it('completes help with the commands', async () => {
    expect(await offered('rg-diag help ')).toEqual(['inspect', 'install']);
  });

  it('shows the options of a command with their descriptions', async () => {
    const offers = await fishOffers(room, 'rg-diag inspect --');
    expect(offers).toContainEqual({ word: '--format', says: awkward });
    expect(offers).toContainEqual({ word: '--quiet', says: 'print nothing' });
    expect((await offered('rg-diag install -')).sort()).toEqual(
      ['--mode', '-m', '--quiet', '-q', '--help', '-h', '--version', '-V'].sort(),
    );
  });

  it.each([
    ['rg-diag inspect --format ', ['json', 'ndjson', 'text']],
    ['rg-diag inspect -q --format j', ['json']],
    ['rg-diag inspect --format=', ['--format=json', '--format=ndjson', '--format=text']],
    ['rg-diag inspect --format=n', ['--format=ndjson']],
    ['rg-diag inspect -f ', ['json', 'ndjson', 'text']],
    ['rg-diag inspect -qvf j', ['json']],
    ['rg-diag inspect -fj', ['-fjson']],
  ])('completes the value of a choice: %s', async (line, words) => {
    expect((await offered(line)).slice(0, words.length)).toEqual(words);
  });

  it('offers awkward values as they are', async () => {
    expect((await offered('rg-diag inspect --pick ')).sort()).toEqual([...awkwardChoices].sort());
  });

  it('completes files where an option or an argument takes one', async () => {
    const files = ['notes one.txt', 'notes.log'];
    expect(await offered('rg-diag inspect -i not')).toEqual(files);
    expect(await offered('rg-diag inspect --input=not')).toEqual(files.map((file) => `--input=${file}`));
    expect(await offered('rg-diag install check not')).toEqual(files);
  });

  it('offers no file where text is wanted', async () => {
    expect(await offered('rg-diag inspect not')).toEqual([]);
    expect(await offered('rg-diag inspect --expect not')).toEqual([]);
  });

  it('counts arguments without the values of options', async () => {
    expect(await offered('rg-diag install ')).toEqual(['change', 'check']);
    expect(await offered('rg-diag install -m check ')).toEqual(['change', 'check']);
    expect(await offered('rg-diag install --mode check ')).toEqual(['change', 'check']);
    expect(await offered('rg-diag install --mode=check -qm x --quiet ch')).toEqual(['change', 'check']);
  });

  it('offers no options after --', async () => {
    expect(await offered('rg-diag inspect -- -')).toEqual([]);
    expect(await offered('rg-diag install -- ch')).toEqual(['change', 'check']);
  });

  it('never evaluates what was typed or described', async () => {
    await fishOffers(room, 'rg-diag inspect (touch pwned) --expect "$(touch pwned)" --f');
    await fishOffers(room, 'rg-diag (touch pwned) --');
    expect(existsSync(join(room.directory, 'pwned'))).toBe(false);
  });

  it('says nothing about a command that it does not know', async () => {
    expect(await offered('rg-diag nonsense -')).toEqual([]);
  });
});
