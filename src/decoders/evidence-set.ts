import type { EvidenceKind } from './evidence-kind.js';
import { keepTelling, redactEvidence, redactEvidenceInSteps, type WithOrdinary } from './evidence-redacted.js';
import { maskedByValue, placesMasked } from './evidence-values.js';
import { createSecretSearch, mostSecretsFound, type SecretSearch } from './secret-search.js';
import { allSteps, type Steps } from './steps.js';

export interface EvidenceFile {
  readonly file: string;
  readonly kind: EvidenceKind;
  readonly text: string;
}

export interface RedactedFile {
  readonly file: string;
  readonly text: string;
  /** Places at which a value was masked. */
  readonly masked: number;
}

export interface RedactedSet {
  readonly files: readonly RedactedFile[];
  /** All that is looked for: secret → what it is called. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Finds every known secret in every form. */
  readonly search: SecretSearch;
  /** Different secrets that are looked for. */
  readonly searched: number;
  /** Different values that were masked and are too short or too ordinary to be looked for, or too many. */
  readonly notSearched: number;
}

interface Working {
  readonly file: string;
  readonly kind: EvidenceKind;
  text: string;
  masked: number;
  /** What has found nothing in the text as it is. */
  without?: SecretSearch;
}

/** What is learnt of secrets while files are masked. */
interface Learnt {
  /** Looked for. */
  readonly secrets: Map<string, string>;
  readonly ordinary: Set<string>;
  /** Telling enough, and too many. */
  readonly beyond: Set<string>;
}

/** What is masked by value may bring a shape about that was none before; nothing brings about so many. */
const mostRounds = 4;

/** By what they look for: who masks files again, with what a set had, needs no other search. */
const searches = new WeakMap<ReadonlyMap<string, string>, SecretSearch>();

/** Where there are too many secrets, those of settings and keys come first, and those of logs, of which each line may have one, last. */
const ranks: Readonly<Partial<Record<EvidenceKind, number>>> = { 'railgun-conf': 0, conf: 1, pem: 1, text: 3, log: 4 };
const usualRank = 2;

/**
 * All files of a bundle: each by name and shape, then every secret that any of them had, or that is known (secret → what it is
 * called), masked in all of them, in every form. Given again, they stay as they are. What `listed` finds is masked first, whatever it
 * looks like.
 *
 * What is not found: a secret that no file names and that has no shape of one; one that is compressed or encrypted; and one that is
 * too short or too ordinary to be looked for, or comes after the first `mostSecretsFound` (`notSearched`), where nothing names it.
 */
export function redactSet(
  files: readonly EvidenceFile[],
  known: ReadonlyMap<string, string>,
  listed?: SecretSearch,
): RedactedSet {
  return allSteps(redactSetInSteps(files, known, listed));
}

/** The same in steps, of a part of a file each, between which somebody may look at the clock, and leave off. */
export function* redactSetInSteps(
  files: readonly EvidenceFile[],
  known: ReadonlyMap<string, string>,
  listed: SecretSearch = createSecretSearch(new Map()),
): Steps<RedactedSet> {
  const learnt: Learnt = { secrets: new Map(), ordinary: new Set(), beyond: new Set() };
  for (const [secret, name] of known) keepTelling(secret, name, learnt.secrets, learnt.ordinary);
  const all = files.map(({ file, kind, text }): Working => ({ file, kind, text, masked: 0 }));
  const ranked = [...all].sort((a, b) => (ranks[a.kind] ?? usualRank) - (ranks[b.kind] ?? usualRank));
  let search = (learnt.secrets.size === known.size && searches.get(known)) || createSecretSearch(learnt.secrets);
  let sought = learnt.secrets.size;
  // What is known goes first, and as a whole: a name or a shape may have but a part of it.
  for (const one of ranked) {
    const { text } = one;
    const isMasked = [search, listed].map((first) => byValue(one, first)).includes(true);
    yield;
    // What stood beside it may be secret too, and stand elsewhere.
    if (isMasked) learn(yield* redactEvidenceInSteps(one.kind, text), learnt);
    yield;
  }
  let pending: readonly Working[] = ranked;
  for (let round = 0; round < mostRounds && pending.length > 0; round += 1) {
    for (const one of pending) {
      yield* byNameAndShape(one, learnt);
    }
    if (learnt.secrets.size > sought) {
      search = createSecretSearch(learnt.secrets);
      sought = learnt.secrets.size;
    }
    const changed: Working[] = [];
    for (const one of ranked) {
      if (byValue(one, search)) changed.push(one);
      yield;
    }
    pending = changed;
  }
  const { secrets, ordinary, beyond } = learnt;
  searches.set(secrets, search);
  return {
    files: all.map(({ file, text, masked }) => ({ file, text, masked })),
    secrets,
    search,
    searched: secrets.size,
    notSearched: ordinary.size + beyond.size,
  };
}

/** Whether anything was masked. */
function byValue(one: Working, search: SecretSearch): boolean {
  if (one.without === search) return false;
  const text = maskedByValue(one.kind, one.text, search);
  one.without = search;
  if (text === one.text) return false;
  one.masked += placesMasked(one.text, text);
  one.text = text;
  return true;
}

function* byNameAndShape(one: Working, learnt: Learnt): Steps<void> {
  const redacted = yield* redactEvidenceInSteps(one.kind, one.text);
  if (redacted.text !== one.text) delete one.without;
  one.text = redacted.text;
  one.masked += redacted.masked;
  learn(redacted, learnt);
}

function learn(from: Pick<WithOrdinary, 'secrets' | 'ordinary'>, { secrets, ordinary, beyond }: Learnt): void {
  for (const [secret, name] of from.secrets) {
    if (secrets.has(secret)) continue;
    if (secrets.size < mostSecretsFound) secrets.set(secret, name);
    else beyond.add(secret);
  }
  for (const value of from.ordinary) ordinary.add(value);
}

/** Secrets of a railgun.conf and of files like it, by value → what it is called: the token, passwords in URLs, private keys. */
export function secretsOfConf(text: string): ReadonlyMap<string, string> {
  return redactEvidence('railgun-conf', text).secrets;
}
