import { type Anonymiser, createAnonymiser } from '../../decoders/anonymised.js';
import type { ListedPart } from '../../decoders/bundle-manifest.js';
import { hostsInEvidence, hostsInFileName } from '../../decoders/evidence-hosts.js';
import { evidenceKindOf } from '../../decoders/evidence-kind.js';
import { type EvidenceFile, redactSetInSteps } from '../../decoders/evidence-set.js';
import { utf16View } from '../../decoders/evidence-utf16.js';
import { maskedByValue, placesMasked } from '../../decoders/evidence-values.js';
import { createSecretSearch, type SecretSearch } from '../../decoders/secret-search.js';
import type { Steps } from '../../decoders/steps.js';
import { encodeText } from '../../decoders/text-encoding.js';
import type { LeftOut } from './facts.js';
import type { KnownSecrets } from './known-secrets.js';
import type { ReadFile, ReadFolder } from './read-folder.js';

/** A file as it is to be written. */
export interface MaskedFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Places at which a value was masked. */
  readonly masked: number;
  /** What the old manifest says of it. */
  readonly part?: Omit<ListedPart, 'file'>;
}

export interface MaskedFolder {
  readonly files: readonly MaskedFile[];
  readonly leftOut: readonly LeftOut[];
  /** Each finds secrets that were masked: those that were found, and those of the list. */
  readonly searches: readonly SecretSearch[];
  readonly searched: number;
  readonly notSearched: number;
  readonly anonymiser?: Anonymiser;
  /** Old name → new one, of every file that is called otherwise now. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** The words of the old manifest stand in a file of their own for as long as they are masked. */
const wordsFile = 'manifest-words.json';

/** Masks all files of a folder together, their names included, and what the old manifest says of them: in steps, with time between. */
export function* maskFolder(
  { files, leftOut, manifest }: ReadFolder,
  { secrets, listed, ordinary }: KnownSecrets,
  anonymise: boolean,
): Steps<MaskedFolder> {
  const words = { file: wordsFile, kind: 'json' as const, text: JSON.stringify(manifest?.parts ?? [], undefined, 1) };
  const evidence = files.map(({ file, content: { text } }) => ({ file, text, kind: evidenceKindOf(file, text) }));
  const list = createSecretSearch(listed);
  const set = yield* redactSetInSteps([...evidence, words], secrets, list);
  const anonymiser = anonymise ? createAnonymiser({ names: yield* namesIn(evidence, words.text) }) : undefined;
  const labelled = (text: string) => anonymiser?.text(text) ?? text;
  const shown: { readonly text: string; readonly count: number }[] = [];
  for (const [index, { text, masked }] of set.files.entries()) {
    const without = maskedByValue(evidence[index]?.kind ?? words.kind, text, list);
    yield;
    shown.push({ text: labelled(without), count: masked + placesMasked(text, without) });
    yield;
  }
  const masked = (name: string) => labelled(list.masked(set.search.masked(name)));
  // Labels are given in the order of the files, and their names come last.
  const own = createNames((name) => withoutPieces(masked(name), anonymiser));
  const names = new Map([...files, ...leftOut].map(({ file }) => [file, own(file)]));
  const nameOf = (file: string) => names.get(file) ?? file;
  const follow = createReferences([...names].map(([old, now]) => [masked(old), now]));
  const redacted = shown.map(({ text, count }) => ({ text: follow(text), count }));
  const parts = partsOf(redacted.at(-1)?.text ?? '[]', manifest?.parts ?? []);
  return {
    files: files.map((file, index) => maskedFile(file, redacted[index], nameOf, parts)),
    leftOut: leftOut.map(({ file, why }) => ({ file: nameOf(file), why })),
    searches: [set.search, list],
    searched: set.searched + listed.size,
    notSearched: set.notSearched + ordinary.size,
    renamed: new Map([...names].filter(([old, now]) => old !== now)),
    ...(anonymiser !== undefined && { anonymiser }),
  };
}

/** All names of hosts that any file has, or is called by. */
function* namesIn(evidence: readonly EvidenceFile[], words: string): Steps<readonly string[]> {
  const names: string[] = [];
  for (const { file, kind, text } of evidence) {
    for (const name of hostsInEvidence(kind, viewed(text))) names.push(name);
    names.push(...hostsInFileName(file));
    yield;
  }
  return [...names, ...hostsInEvidence('json', words)];
}

/** Names of files are cut off without a mark, and an address of IPv6 has hyphens in them. */
function withoutPieces(name: string, anonymiser: Anonymiser | undefined): string {
  if (anonymiser === undefined) return name;
  const [, stem = name, end = ''] = /^(.+?)(\.[^.]{1,10})?$/s.exec(name) ?? [];
  const cut = anonymiser.text(`${stem}…`).replace(/…$/, '');
  const hyphened = anonymiser
    .map()
    .filter(({ kind, original }) => kind === 'address' && original.includes(':'))
    .map(({ original, label }) => ({ label, word: original.replace(/:+/g, '-').replace(/^-|-$/g, '') }))
    .find(({ word }) => word.includes('-') && cut.endsWith(`-${word}`));
  const shown = hyphened === undefined ? cut : cut.slice(0, cut.length - hyphened.word.length) + hyphened.label;
  return shown + end;
}

/** Texts in which files are called what they are called now. */
function createReferences(names: readonly (readonly [before: string, now: string])[]): (text: string) => string {
  const changed = new Map(names.filter(([before, now]) => before !== now));
  if (changed.size === 0) return (text) => text;
  const alternatives = [...changed.keys()].sort((a, b) => b.length - a.length).map((name) => escaped(name));
  const anyOf = new RegExp(`(?<![\\w.-])(?:${alternatives.join('|')})(?![\\w-])`, 'g');
  // What stands in columns stays in them.
  return (text) =>
    text.replace(anyOf, (name, offset: number, whole: string) => {
      const now = changed.get(name) ?? name;
      return whole.startsWith('  ', offset + name.length) ? now.padEnd(name.length) : now;
    });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function maskedFile(
  { file, content: { text: before, encoding } }: ReadFile,
  redacted: { readonly text: string; readonly count: number } | undefined,
  nameOf: (name: string) => string,
  parts: ReadonlyMap<string, Omit<ListedPart, 'file'>>,
): MaskedFile {
  const { text, count } = redacted ?? { text: before, count: 0 };
  const part = parts.get(file);
  return {
    file: nameOf(file),
    bytes: encodeText({ text, encoding }) ?? Buffer.from(text, 'utf8'),
    masked: count,
    ...(part !== undefined && { part }),
  };
}

/** By the name that a file had: what masking has left of the words. */
function partsOf(text: string, before: readonly ListedPart[]): ReadonlyMap<string, Omit<ListedPart, 'file'>> {
  try {
    const after = JSON.parse(text) as readonly ListedPart[];
    return new Map(before.map(({ file }, index) => [file, partOf(after[index])]));
  } catch {
    return new Map();
  }
}

function partOf(part: ListedPart | undefined): Omit<ListedPart, 'file'> {
  return { kind: String(part?.kind ?? ''), what: String(part?.what ?? ''), how: String(part?.how ?? '') };
}

/** What UTF-16 says; anything else as it is. */
function viewed(text: string): string {
  return utf16View(text)?.text ?? text;
}

/** What files are called: each differently, whatever was masked in their names. */
function createNames(masked: (name: string) => string): (name: string) => string {
  const taken = new Set<string>(['manifest.json']);
  return (name) => {
    // A mask has blanks, which is awkward to type.
    const shown = masked(name).replaceAll(' redacted]', '-redacted]').replaceAll('/', '-');
    const [, stem = shown, end = ''] = /^(.+?)(\.[^.]{1,10})?$/s.exec(shown) ?? [];
    let own = shown;
    for (let next = 2; taken.has(own); next += 1) own = `${stem}-${next}${end}`;
    taken.add(own);
    return own;
  };
}
