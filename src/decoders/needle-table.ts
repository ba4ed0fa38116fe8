import { type SecretForm, shortestSecret } from './secret-forms.js';

/** A text that is looked for. */
export interface Needle {
  /** At least `shortestSecret` units long. */
  readonly text: string;
  readonly form: SecretForm;
  /** What the secret is called. */
  readonly name: string;
}

/** What was found; a `beginning` counts only where the rest of it was cut off. */
export type Found = (needle: Needle, at: number, isBeginning: boolean) => void;

export interface NeedleTable {
  /** Units of the longest needle; 0 where there is none. */
  readonly longest: number;
  /** Calls back for what begins at or after `from` and before `to`, in order; it may reach beyond `to`. */
  scan(text: string, from: number, to: number, found: Found): void;
}

/**
 * Looks for many texts at once, and for beginnings of others. The time is that of reading the text, whatever the number of needles:
 * only where the first units of one stand are needles compared, and none of them begins with another. Where one begins with another,
 * the shorter one is found.
 */
export function createNeedleTable(needles: readonly Needle[], beginnings: readonly Needle[] = []): NeedleTable {
  const first = new Uint8Array(1 << 16);
  const rows = rowsOf(needles, first);
  const begun = rowsOf(beginnings, first);
  const longest = [...needles, ...beginnings].reduce((most, { text }) => Math.max(most, text.length), 0);
  return {
    longest,
    scan(text, from, to, found) {
      if (longest === 0) return;
      const end = Math.min(to, text.length - shortestSecret + 1);
      let one = text.charCodeAt(from);
      let two = text.charCodeAt(from + 1);
      for (let at = from; at < end; at += 1) {
        const three = text.charCodeAt(at + 2);
        // Nearly every place ends here.
        if (first[tripleOf(one, two, three)] !== 0) {
          const hash = hashAt(text, at);
          const row = rows.get(hash);
          const needle = row && needleAt(row, text, at, longest);
          const begins = begun.get(hash);
          const beginning = needle === undefined && begins ? needleAt(begins, text, at, longest) : undefined;
          if (needle !== undefined) found(needle, at, false);
          else if (beginning !== undefined) found(beginning, at, true);
        }
        one = two;
        two = three;
      }
    },
  };
}

/** By the hash of their first units, which are noted. */
function rowsOf(needles: readonly Needle[], first: Uint8Array): ReadonlyMap<number, readonly Needle[]> {
  const rows = new Map<number, Needle[]>();
  for (const needle of withoutLonger(needles)) {
    const { text } = needle;
    const hash = hashAt(text, 0);
    const row = rows.get(hash);
    if (row === undefined) rows.set(hash, [needle]);
    else row.push(needle);
    first[tripleOf(text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2))] = 1;
  }
  return rows;
}

/** Sorted, and without those that begin with another: where they are, the other is too. */
function withoutLonger(needles: readonly Needle[]): readonly Needle[] {
  const sorted = [...needles].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const kept: Needle[] = [];
  for (const needle of sorted) {
    const before = kept.at(-1);
    if (before === undefined || !needle.text.startsWith(before.text)) kept.push(needle);
  }
  return kept;
}

/** By halving: of sorted needles of which none begins with another, the one that fits is the last that is not greater. */
function needleAt(row: readonly Needle[], text: string, at: number, longest: number): Needle | undefined {
  const here = row.length === 1 ? '' : text.slice(at, at + longest);
  let low = 0;
  let high = row.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((row[middle] as Needle).text <= here) low = middle;
    else high = middle;
  }
  const needle = row[low] as Needle;
  return text.startsWith(needle.text, at) ? needle : undefined;
}

function tripleOf(one: number, two: number, three: number): number {
  return (one * 31 + two * 1031 + three * 8191) & 0xffff;
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let i = at; i < at + shortestSecret; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}
