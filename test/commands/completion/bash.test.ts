import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awkward, awkwardChoices } from './catalogue.js';
import { bashOffers, bashWords, type Room, roomFor } from './shells.js';

describe('completion in bash', () => {
  let room: Room;
  beforeAll(async () => {
    room = await roomFor('bash');
  });
  afterAll(() => room.close());

  const offered = async (line: string) => (await bashOffers(room, line)).map(({ word }) => word);

  it('shows commands with their summaries, whatever is in them', async () => {
    expect(await bashOffers(room, 'rg-diag ')).toEqual([
      { word: 'inspect', says: awkward },
      { word: 'install', says: 'put it where it belongs' },
      { word: 'help', says: 'print help on a command' },
    ]);
  });

  it('inserts the rest of a command', async () => {
    expect(await bashWords(room, 'rg-diag insp')).toEqual(['inspect']);
    expect(await bashWords(room, 'rg-diag "insp')).toEqual(['inspect']);
  });

  it('inserts what two commands have in common, and no description', async () => {
    expect(await bashWords(room, 'rg-diag i')).toEqual(['ins']);
  });

  it('offers the historic spelling in the place of a command', async () => {
    const first = ['--help', '-h', '--version', '-V', '-decode', '-version', '-help'];
    expect(await offered('rg-diag -')).toEqual(first);
    expect(await bashWords(room, 'rg-diag -d')).toEqual(['-decode']);
    expect(await offered('rg-diag -decode ')).toEqual([]);
  });

  it('completes help with the commands', async () => {
    expect(await offered('rg-diag help ')).toEqual(['inspect', 'install']);
  });

  it('shows the options of a command with their descriptions', async () => {
    const offers = await bashOffers(room, 'rg-diag inspect --');
    expect(offers).toContainEqual({ word: '--format', says: awkward });
    expect(offers).toContainEqual({ word: '--quiet', says: 'print nothing' });
    expect(await offered('rg-diag install -')).toEqual([
      ...['--mode', '-m', '--quiet', '-q', '--help', '-h', '--version', '-V'],
    ]);
  });

  it.each([
    ['rg-diag inspect --format ', ['text', 'json', 'ndjson']],
    ['rg-diag inspect -q --format j', ['json']],
    ['rg-diag inspect --format=', ['text', 'json', 'ndjson']],
    ['rg-diag inspect --format=n', ['ndjson']],
    ['rg-diag inspect -f ', ['text', 'json', 'ndjson']],
    ['rg-diag inspect -qvf j', ['json']],
    ['rg-diag inspect -fj', ['-fjson']],
  ])('completes the value of a choice: %s', async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });

  it('leaves what stands before "=" in place', async () => {
    expect(await bashWords(room, 'rg-diag inspect --format=j')).toEqual(['inspect', '--format=json']);
  });

  it('also where "=" does not break words', async () => {
    const line = 'COMP_WORDBREAKS=" "\nrg-diag inspect --format=j';
    expect(await bashWords(room, line)).toEqual(['inspect', '--format=json']);
  });

  it('inserts awkward values so that they reach rg-diag as they are', async () => {
    const words = await bashWords(room, 'rg-diag inspect --pick ', 'all');
    expect(words.slice(2).sort()).toEqual([...awkwardChoices].sort());
  });

  it('completes files where an option or an argument takes one', async () => {
    const files = ['notes one.txt', 'notes.log'];
    expect(await bashWords(room, 'rg-diag inspect -i not', 'all')).toEqual(['inspect', '-i', ...files]);
    expect(await bashWords(room, 'rg-diag inspect --input "notes o')).toEqual(['inspect', '--input', 'notes one.txt']);
    expect(await bashWords(room, 'rg-diag inspect --input=notes.')).toEqual(['inspect', '--input=notes.log']);
    expect(await bashWords(room, 'rg-diag install check notes.')).toEqual(['install', 'check', 'notes.log']);
  });

  it('offers no file where text is wanted', async () => {
    expect(await bashWords(room, 'rg-diag inspect notes.')).toEqual(['inspect', 'notes.']);
    expect(await bashWords(room, 'rg-diag inspect --expect notes.')).toEqual(['inspect', '--expect', 'notes.']);
  });

  it('counts arguments without the values of options', async () => {
    expect(await offered('rg-diag install ')).toEqual(['check', 'change']);
    expect(await offered('rg-diag install -m check ')).toEqual(['check', 'change']);
    expect(await offered('rg-diag install --mode check ')).toEqual(['check', 'change']);
    expect(await offered('rg-diag install --mode=check -qm x --quiet ch')).toEqual(['check', 'change']);
    expect(await offered('rg-diag install check ')).toEqual([]);
  });

  it('offers no options after --', async () => {
    expect(await offered('rg-diag inspect -- -')).toEqual([]);
    expect(await offered('rg-diag install -- ch')).toEqual(['check', 'change']);
  });

  it('looks at the line only up to the cursor', async () => {
    const back = '\u001b[D'.repeat('pect --quiet'.length);
    expect(await offered(`rg-diag inspect --quiet${back}`)).toEqual(['inspect', 'install']);
  });

  it('never evaluates what was typed', async () => {
    await bashOffers(room, 'rg-diag inspect $(touch pwned) `touch pwned` --expect "$(touch pwned)" --f');
    await bashOffers(room, 'rg-diag inspect --expect=$(touch pwned) a[$(touch pwned)] --f');
    expect(existsSync(join(room.directory, 'pwned'))).toBe(false);
  });

  it('says nothing about a command that it does not know', async () => {
    expect(await offered('rg-diag nonsense -')).toEqual([]);
  });
});
