import { type Anonymiser, createAnonymiser } from '../../decoders/anonymised.js';
import type { ListedPart } from '../../decoders/bundle-manifest.js';
import { hostsInEvidence } from '../../decoders/evidence-hosts.js';
import { evidenceKindOf } from '../../decoders/evidence-kind.js';
import { redactSet } from '../../decoders/evidence-set.js';
import { utf16View } from '../../decoders/evidence-utf16.js';
import { maskedByValue } from '../../decoders/evidence-values.js';
import { createSecretSearch, type SecretSearch } from '../../decoders/secret-search.js';
import { encodeText } from '../../decoders/text-encoding.js';
import type { LeftOut } from './facts.js';
import type { KnownSecrets } from './known-secrets.js';
import type { ReadFile, ReadFolder } from './read-folder.js';

/** A file as it is to be written. */
export interface MaskedFile {
  readonly file: string;
  readonly bytes: Uint8Array;
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
}

/** The words of the old manifest stand in a file of their own for as long as they are masked. */
const wordsFile = 'manifest-words.json';

/** Masks all files of a folder together, their names included, and what the old manifest says of them. */
export function maskFolder(
  { files, leftOut, manifest }: ReadFolder,
  { secrets, listed, ordinary }: KnownSecrets,
  anonymise: boolean,
): MaskedFolder {
  const words = { file: wordsFile, kind: 'json' as const, text: JSON.stringify(manifest?.parts ?? [], undefined, 1) };
  const evidence = files.map(({ file, content: { text } }) => ({ file, text, kind: evidenceKindOf(file, text) }));
  const set = redactSet([...evidence, words], secrets);
  const list = createSecretSearch(listed);
  const anonymiser = anonymise
    ? createAnonymiser({ names: evidence.flatMap(({ kind, text }) => hostsInEvidence(kind, viewed(text))) })
    : undefined;
  const redacted = set.files.map(({ text, masked }, index) => {
    const shown = maskedByValue(evidence[index]?.kind ?? words.kind, text, list);
    const count = masked + Number(shown !== text);
    return { text: anonymiser === undefined ? shown : withView(shown, anonymiser.text), count };
  });
  const nameOf = createNames((name) => {
    const shown = list.masked(set.search.masked(name));
    return anonymiser === undefined ? shown : anonymiser.text(shown);
  });
  const parts = partsOf(redacted.at(-1)?.text ?? '[]', manifest?.parts ?? []);
  return {
    files: files.map((file, index) => maskedFile(file, redacted[index], nameOf, parts)),
    leftOut: leftOut.map(({ file, why }) => ({ file: nameOf(file), why })),
    searches: [set.search, list],
    searched: set.searched + listed.size,
    notSearched: set.notSearched + ordinary.size,
    ...(anonymiser !== undefined && { anonymiser }),
  };
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

function withView(text: string, change: (text: string) => string): string {
  const wide = utf16View(text);
  if (wide === undefined) return change(text);
  const changed = change(wide.text);
  return changed === wide.text ? text : wide.written(changed);
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
