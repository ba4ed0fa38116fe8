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

/** Needles by the hash of their first units; those of a row are sorted, and none of them begins with another. */
type Rows = ReadonlyMap<number, readonly Needle[]>;

/** Bits of the filter for each needle, about: so few places pass it that hold none. */
const bitsOfNeedle = 16;

/**
 * Looks for many texts at once, and for beginnings of others. The time is that of reading the text, whatever the number of needles:
 * only where the first units of one stand are needles compared, and none of them begins with another. Where one begins with another,
 * the shorter one is found. To make it takes the time of reading the needles.
 */
export function createNeedleTable(needles: readonly Needle[], beginnings: readonly Needle[] = []): NeedleTable {
  const first = new Uint8Array(1 << 16);
  const rows = rowsOf(needles, first);
  const begun = rowsOf(beginnings, first);
  const filter = createFilter(rows, begun);
  const longest = Math.max(longestOf(needles), longestOf(beginnings));
  return {
    longest,
    scan(text, from, to, found) {
      if (longest === 0) return;
      const end = Math.min(to, text.length - shortestSecret + 1);
      let one = text.charCodeAt(from);
      let two = text.charCodeAt(from + 1);
      for (let at = from; at < end; at += 1) {
        const three = text.charCodeAt(at + 2);
        // Nearly every place ends here or, where there are thousands of needles, in the filter.
        if (first[tripleOf(one, two, three)] !== 0) {
          const hash = hashAt(text, at);
          if (filter(hash)) {
            const row = rows.get(hash);
            const needle = row && needleAt(row, text, at, longest);
            const begins = begun.get(hash);
            const beginning = needle === undefined && begins ? needleAt(begins, text, at, longest) : undefined;
            if (needle !== undefined) found(needle, at, false);
            else if (beginning !== undefined) found(beginning, at, true);
          }
        }
        one = two;
        two = three;
      }
    },
  };
}

/** Whether anything with such a hash may be there. */
function createFilter(...tables: readonly Rows[]): (hash: number) => boolean {
  const count = tables.reduce((sum, { size }) => sum + size, 0);
  const mask = 2 ** Math.ceil(Math.log2(Math.max(64, count * bitsOfNeedle))) - 1;
  const bits = new Uint8Array((mask + 1) / 8);
  // The lower bits of the hash are those of the last units alone.
  const slotOf = (hash: number) => (Math.imul(hash, 0x9e3779b1) >>> 5) & mask;
  for (const rows of tables) {
    for (const hash of rows.keys()) {
      const slot = slotOf(hash);
      bits[slot >> 3] = (bits[slot >> 3] as number) | (1 << (slot & 7));
    }
  }
  return (hash) => {
    const slot = slotOf(hash);
    return ((bits[slot >> 3] as number) & (1 << (slot & 7))) !== 0;
  };
}

function longestOf(needles: readonly Needle[]): number {
  return needles.reduce((most, { text }) => Math.max(most, text.length), 0);
}

/** By the hash of their first units, which are noted. */
function rowsOf(needles: readonly Needle[], first: Uint8Array): Rows {
  const rows = new Map<number, Needle[]>();
  for (const needle of needles) {
    const { text } = needle;
    const hash = hashAt(text, 0);
    const row = rows.get(hash);
    if (row === undefined) rows.set(hash, [needle]);
    else row.push(needle);
    first[tripleOf(text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2))] = 1;
  }
  // What begins with another has the same first units, and so is in the same row.
  for (const [hash, row] of rows) if (row.length > 1) rows.set(hash, withoutLonger(row));
  return rows;
}

/** Sorted, and without those that begin with another: where they are, the other is too. */
function withoutLonger(needles: readonly Needle[]): Needle[] {
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
