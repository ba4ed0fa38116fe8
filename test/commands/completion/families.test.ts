import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awkward, families } from './catalogue.js';
import { bashOffers, bashWords, fishOffers, type Room, roomFor, zshOffers } from './shells.js';

describe.each([
  ['bash', bashOffers],
  ['zsh', zshOffers],
  ['fish', fishOffers],
] as const)('completion of commands of two words in %s', (shell, offers) => {
  let room: Room;
  beforeAll(async () => {
    room = await roomFor(shell, families);
  });
  afterAll(() => room.close());

  /** In the order of the alphabet: shells differ in theirs, and zsh quotes blanks. */
  const offered = async (line: string) =>
    (await offers(room, line)).map(({ word }) => word.replaceAll('\\ ', ' ')).sort();

  it('offers the first word once, with the second words or the summary of its command', async () => {
    const first = await offers(room, 'rg-diag ');
    expect(first.sort((a, b) => (a.word < b.word ? -1 : 1))).toEqual([
      { word: 'crate', says: 'pack it' },
      { word: 'help', says: 'print help on a command' },
      { word: 'label', says: 'write it' },
      { word: 'setup', says: 'check, resolve' },
      { word: 'start', says: 'begin' },
    ]);
  });

  it('offers second words with their summaries, whatever is in them', async () => {
    expect(await offers(room, 'rg-diag setup ')).toEqual([
      { word: 'check', says: awkward },
      { word: 'resolve', says: 'find out where' },
    ]);
  });

  it('offers second words beside the arguments of the first one', async () => {
    expect(await offered('rg-diag label ')).toEqual(['check', 'green', 'red']);
    expect(await offered('rg-diag label gr')).toEqual(['green']);
    expect(await offered('rg-diag crate ')).toEqual(expect.arrayContaining(['note', 'notes.log', 'notice', 'script']));
    expect(await offered('rg-diag crate not')).toEqual(['note', 'notes one.txt', 'notes.log', 'notice']);
    // Where nothing else matches, readline itself completes files, as a test below sees.
    expect(await offered('rg-diag crate notes')).toEqual(shell === 'bash' ? [] : ['notes one.txt', 'notes.log']);
  });

  it.each([
    ['rg-diag setup check ', ['files', 'rights']],
    ['rg-diag setup check ri', ['rights']],
    ['rg-diag setup check --mode strict ', ['files', 'rights']],
    ['rg-diag setup check -m strict --fix f', ['files']],
    ['rg-diag setup check --mode ', ['lax', 'strict']],
    ['rg-diag setup check -m l', ['lax']],
    ['rg-diag setup check --', ['--fix', '--help', '--mode', '--version']],
    ['rg-diag setup check -- fi', ['files']],
    ['rg-diag setup resolve ', []],
    ['rg-diag setup resolve --', ['--help', '--version']],
    ['rg-diag setup -', ['--help', '-h']],
    ['rg-diag crate --', ['--help', '--tight', '--version']],
    ['rg-diag crate note --', ['--help', '--version']],
    ['rg-diag label check --', ['--help', '--slowly', '--version']],
    ['rg-diag label check ', []],
    ['rg-diag label red ', ['green', 'red']],
    ['rg-diag label red --', ['--help', '--version']],
    ['rg-diag label -- ', ['green', 'red']],
  ])('goes on with that command: %s', async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });

  it('completes files behind two words', async () => {
    const line = 'rg-diag setup check files notes.';
    if (shell === 'bash') expect(await bashWords(room, line)).toEqual(['setup', 'check', 'files', 'notes.log']);
    else expect(await offered(line)).toEqual(['notes.log']);
  });

  it('completes help with the first words, then the second ones', async () => {
    expect(await offered('rg-diag help ')).toEqual(['crate', 'label', 'setup', 'start']);
    expect(await offers(room, 'rg-diag help s')).toContainEqual({ word: 'setup', says: 'check, resolve' });
    expect(await offered('rg-diag help setup ')).toEqual(['check', 'resolve']);
    expect(await offered('rg-diag help crate not')).toEqual(['note', 'notice']);
    expect(await offered('rg-diag help setup check ')).toEqual([]);
    expect(await offered('rg-diag help start ')).toEqual([]);
  });

  it('says nothing about a second word that it does not know', async () => {
    for (const line of ['setup nonsense ', 'setup nonsense --', 'setup --help ', 'check ', 'check --']) {
      expect(await offered(`rg-diag ${line}`)).toEqual([]);
    }
  });

  it('never evaluates what was typed', async () => {
    await offers(room, 'rg-diag setup $(touch pwned) --');
    await offers(room, 'rg-diag setup (touch pwned) --');
    await offers(room, 'rg-diag crate a[$(touch pwned)] --');
    expect(existsSync(join(room.directory, 'pwned'))).toBe(false);
  });
});

describe('what bash inserts of commands of two words', () => {
  let room: Room;
  beforeAll(async () => {
    room = await roomFor('bash', families);
  });
  afterAll(() => room.close());

  it.each([
    ['rg-diag setup ch', ['setup', 'check']],
    ['rg-diag help setup ch', ['help', 'setup', 'check']],
    ['rg-diag crate noti', ['crate', 'notice']],
    ['rg-diag crate notes.', ['crate', 'notes.log']],
    ['rg-diag crate "notes o', ['crate', 'notes one.txt']],
  ])('inserts the rest of a word: %s', async (line, words) => {
    expect(await bashWords(room, line)).toEqual(words);
  });

  it('inserts all that match so that each is one word', async () => {
    const words = await bashWords(room, 'rg-diag crate not', 'all');
    expect(words).toEqual(['crate', 'note', 'notes one.txt', 'notes.log', 'notice']);
  });
});
