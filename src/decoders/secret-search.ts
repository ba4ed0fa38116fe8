import { formsOfSecret, type SecretForm, shortestSecret } from './secret-forms.js';

export interface SecretHit {
  /** Offset in UTF-16 units. */
  readonly at: number;
  readonly end: number;
  readonly form: SecretForm;
  /** What the secret is called. */
  readonly name: string;
}

export interface SecretSearch {
  /** The first hit at or after `from`. */
  find(text: string, from?: number): SecretHit | undefined;
  /** The text with `[name redacted]` in the place of every hit. */
  masked(text: string): string;
}

interface Needle {
  readonly text: string;
  readonly form: SecretForm;
  readonly name: string;
}

/** UTF-16 units of a needle: what is longer is looked for by its beginning, which is as telling. */
const longestNeedle = 256;

/**
 * Looks for many secrets in every form at once. The time is that of reading the text, whatever the number of secrets: only where
 * the first units of a needle stand are needles compared, and none of them begins with another.
 */
export function createSecretSearch(secrets: ReadonlyMap<string, string>): SecretSearch {
  const needles = [...secrets].flatMap(([secret, name]) =>
    formsOfSecret(secret).map(({ form, text }): Needle => ({ text: text.slice(0, longestNeedle), form, name })),
  );
  const table = new Map<number, Needle[]>();
  const first = new Uint8Array(1 << 16);
  for (const needle of withoutLonger(needles)) {
    const hash = hashAt(needle.text, 0);
    const row = table.get(hash);
    if (row === undefined) table.set(hash, [needle]);
    else row.push(needle);
    first[pairAt(needle.text, 0)] = 1;
  }
  const find = (text: string, from = 0): SecretHit | undefined => {
    if (table.size === 0) return undefined;
    const last = text.length - shortestSecret;
    for (let at = from; at <= last; at += 1) {
      // Nearly every place ends here.
      if (first[pairAt(text, at)] === 0) continue;
      const row = table.get(hashAt(text, at));
      const needle = row === undefined ? undefined : needleAt(row, text, at);
      if (needle !== undefined) {
        return { at, end: at + needle.text.length, form: needle.form, name: needle.name };
      }
    }
    return undefined;
  };
  return {
    find,
    masked(text) {
      let hit = find(text);
      if (hit === undefined) return text;
      let shown = '';
      let from = 0;
      for (; hit !== undefined; hit = find(text, from)) {
        shown += `${text.slice(from, hit.at)}[${hit.name} redacted]`;
        from = hit.end;
        // Where a secret is only the beginning of another, or of what was looked for, the rest goes too.
        const rest = hit.end - hit.at === longestNeedle ? /[\w+/=%.~-]/ : /[\w=-]/;
        while (from < text.length && rest.test(text.charAt(from))) from += 1;
      }
      return shown + text.slice(from);
    },
  };
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
function needleAt(row: readonly Needle[], text: string, at: number): Needle | undefined {
  const here = row.length === 1 ? '' : text.slice(at, at + longestNeedle);
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

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1) * 1031 + text.charCodeAt(at + 2) * 8191) & 0xffff;
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let i = at; i < at + shortestSecret; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}
