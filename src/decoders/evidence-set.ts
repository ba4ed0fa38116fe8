import type { EvidenceKind } from './evidence-kind.js';
import { keepTelling, redactEvidence, redactEvidenceOnce } from './evidence-redacted.js';
import { maskedByValue, placesMasked } from './evidence-values.js';
import { createSecretSearch, type SecretSearch } from './secret-search.js';

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
  /** Different values that were masked and are too short or too ordinary to be looked for. */
  readonly notSearched: number;
}

interface Working {
  readonly file: string;
  readonly kind: EvidenceKind;
  text: string;
  masked: number;
}

/** What is masked by value may bring a shape about that was none before; nothing brings about so many. */
const mostRounds = 4;

/**
 * All files of a bundle: each by name and shape, then every secret that any of them had, or that is known (secret → what it is
 * called), masked in all of them, in every form. Given again, they stay as they are. What `listed` finds is masked first, whatever it
 * looks like.
 *
 * What is not found: a secret that no file names and that has no shape of one; one that is compressed or encrypted; and one that is
 * too short or too ordinary to be looked for (`notSearched`), where nothing names it.
 */
export function redactSet(
  files: readonly EvidenceFile[],
  known: ReadonlyMap<string, string>,
  listed: SecretSearch = createSecretSearch(new Map()),
): RedactedSet {
  const secrets = new Map<string, string>();
  const ordinary = new Set<string>();
  for (const [secret, name] of known) keepTelling(secret, name, secrets, ordinary);
  const all = files.map(({ file, kind, text }): Working => ({ file, kind, text, masked: 0 }));
  let search = createSecretSearch(named(secrets));
  // What is known goes first, and as a whole: a name or a shape may have but a part of it.
  for (const one of all) {
    const { text } = one;
    const isMasked = [search, listed].map((first) => byValue(one, first)).includes(true);
    // What stood beside it may be secret too, and stand elsewhere.
    if (isMasked) learn(redactEvidenceOnce(one.kind, text), secrets, ordinary);
  }
  let pending: readonly Working[] = all;
  for (let round = 0; round < mostRounds && pending.length > 0; round += 1) {
    const before = secrets.size;
    for (const one of pending) byNameAndShape(one, secrets, ordinary);
    if (round === 0 || secrets.size > before) search = createSecretSearch(named(secrets));
    const changed = new Set<Working>();
    for (const one of all) {
      if (byValue(one, search)) changed.add(one);
    }
    pending = [...changed];
  }
  return {
    files: all.map(({ file, text, masked }) => ({ file, text, masked })),
    secrets,
    search,
    searched: secrets.size,
    notSearched: ordinary.size,
  };
}

/** Whether anything was masked. */
function byValue(one: Working, search: SecretSearch): boolean {
  const text = maskedByValue(one.kind, one.text, search);
  if (text === one.text) return false;
  one.masked += placesMasked(one.text, text);
  one.text = text;
  return true;
}

function byNameAndShape(one: Working, secrets: Map<string, string>, ordinary: Set<string>): void {
  const redacted = redactEvidenceOnce(one.kind, one.text);
  one.text = redacted.text;
  one.masked += redacted.masked;
  learn(redacted, secrets, ordinary);
}

function learn(
  from: Pick<ReturnType<typeof redactEvidenceOnce>, 'secrets' | 'ordinary'>,
  secrets: Map<string, string>,
  ordinary: Set<string>,
): void {
  for (const [secret, name] of from.secrets) if (!secrets.has(secret)) secrets.set(secret, name);
  for (const value of from.ordinary) ordinary.add(value);
}

/** No secret is called by another one. */
function named(secrets: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const search = createSecretSearch(secrets);
  return new Map(
    [...secrets].map(([secret, name]) => [secret, search.find(`[${name} redacted]`) === undefined ? name : 'value']),
  );
}

/** Secrets of a railgun.conf and of files like it, by value → what it is called: the token, passwords in URLs, private keys. */
export function secretsOfConf(text: string): ReadonlyMap<string, string> {
  return redactEvidence('railgun-conf', text).secrets;
}
