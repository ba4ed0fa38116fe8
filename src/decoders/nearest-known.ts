import { cacheStatuses } from '../knowledge/cache-statuses.js';
import { directReasons } from '../knowledge/direct-reasons.js';
import { edge5xx } from '../knowledge/edge-5xx.js';
import { edgeHeaders } from '../knowledge/edge-headers.js';
import { nearestCode } from './spelled-code.js';

/** Longer texts are not misspelt words. */
const longest = 40;
/** More wrong letters than this make it another word. */
const mostWrong = 2;

/** What somebody may have meant: the nearest listed code for a number, a known word for one that is nearly it. */
export function nearestKnown(text: string, unlisted?: number): string | undefined {
  // 404 is no misspelt 500.
  if (unlisted !== undefined) return unlisted < 500 ? undefined : String(nearestCode(unlisted));
  const known = [
    ...cacheStatuses.map(({ value }) => value),
    ...directReasons.map(({ reason }) => reason),
    ...edge5xx.map(({ title }) => title),
    ...edgeHeaders.map(({ name }) => name),
  ];
  return nearestAmong(text, known);
}

/** The candidate that a text nearly is, case aside: at most two letters differ, and not half of them. The first of equals. */
export function nearestAmong(text: string, candidates: readonly string[]): string | undefined {
  const word = text.trim().toLowerCase();
  if (word === '' || word.length > longest) return undefined;
  let best: { readonly text: string; readonly wrong: number } | undefined;
  for (const candidate of candidates) {
    const wrong = distance(word, candidate.toLowerCase());
    if (wrong <= Math.min(mostWrong, Math.floor(word.length / 2)) && (best === undefined || wrong < best.wrong)) {
      best = { text: candidate, wrong };
    }
  }
  return best?.text;
}

/** How many letters have to be put in, taken out or replaced (Levenshtein). */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > mostWrong) return mostWrong + 1;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
