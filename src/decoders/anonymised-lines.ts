import type { AnonymousLabels } from './anonymised-labels.js';
import { type Anonymised, cutBehind } from './anonymised-tokens.js';

/** Lines that a name may be broken into, and words of a line that may go on with one. */
const mostLines = 8;
const mostWords = 16;

/** Units of a name, and of its first piece. */
const longestName = 253;
const shortestStart = 3;
const shortestWhole = 8;

const words = /[\p{L}\p{N}.-]+/gu;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Edit {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/**
 * Known names that are broken into two lines or more, as in the cells of a table: `www.exam`, and below it `ple.org`. The first line gets
 * the label, from the others their pieces go. Linear.
 */
export function withoutBrokenNames(text: string, labels: AnonymousLabels): Anonymised {
  const lines = text.split('\n');
  if (lines.length === 1) return { text, count: 0 };
  const edits: Edit[] = [];
  let count = 0;
  for (const [index, line] of lines.entries()) {
    for (const word of wordsAtEdges(line, 'right')) {
      const found = goesOn(lines, index, word, labels);
      if (found === undefined) continue;
      count += 1;
      edits.push(...found);
    }
  }
  if (count === 0) return { text, count };
  // From the right, so that places stay what they are; what is taken already stays.
  const sorted = edits.sort((a, b) => a.line - b.line || b.start - a.start);
  for (const { line, start, end, to } of sorted) {
    const before = lines[line] ?? '';
    lines[line] = before.slice(0, start) + to + before.slice(end);
  }
  return { text: lines.join('\n'), count };
}

/** Where the word, or the last part of it, begins a name that the next lines end. */
function goesOn(lines: readonly string[], index: number, word: Word, labels: AnonymousLabels): Edit[] | undefined {
  const starts = [0, ...[...word.text.matchAll(/[.-]/g)].map(({ index: at }) => at + 1)].slice(0, mostWords);
  for (const at of starts) {
    const start = word.text.slice(at);
    if (start.length < shortestStart || !labels.begins(start)) continue;
    const rest = restOf(lines, index + 1, start, labels);
    if (rest === undefined) continue;
    return [{ line: index, start: word.start + at, end: word.end, to: rest.label }, ...rest.edits];
  }
  return undefined;
}

function restOf(
  lines: readonly string[],
  from: number,
  start: string,
  labels: AnonymousLabels,
): { readonly label: string; readonly edits: readonly Edit[] } | undefined {
  let name = start;
  const edits: Edit[] = [];
  for (let line = from; line < Math.min(lines.length, from + mostLines); line += 1) {
    const text = lines[line] ?? '';
    let goes: Word | undefined;
    for (const word of wordsAtEdges(text, 'left')) {
      const bare = word.text.replace(/\.+$/, '');
      const isCut = cutBehind.test(text.slice(word.start + bare.length, word.end + 10));
      const whole = name + bare;
      const label = isCut ? labels.piece(whole, 'begin') : labels.isKnown(whole) ? labels.name(whole) : undefined;
      if (label !== undefined && whole.length >= shortestWhole) {
        edits.push({ line, start: word.start, end: word.start + bare.length, to: '' });
        return { label, edits };
      }
      if (goes === undefined && labels.begins(name + word.text) && isAtRight(text, word.end)) goes = word;
    }
    if (goes === undefined) return undefined;
    name += goes.text;
    edits.push({ line, start: goes.start, end: goes.end, to: '' });
  }
  return undefined;
}

/** Words behind which, or before which, a line or a cell ends. */
function wordsAtEdges(line: string, side: 'left' | 'right'): Word[] {
  const found: Word[] = [];
  for (const { 0: text, index: start } of line.matchAll(words)) {
    const end = start + text.length;
    if (text.length > longestName || !(side === 'right' ? isAtRight(line, end) : isAtLeft(line, start))) continue;
    found.push({ text, start, end });
    if (found.length >= mostWords) break;
  }
  return found;
}

function isAtRight(line: string, end: number): boolean {
  return /^(?:\r?$| {2}| ?[│|])/.test(line.slice(end, end + 2));
}

function isAtLeft(line: string, start: number): boolean {
  return start === 0 || /[\s│|>]/.test(line.charAt(start - 1));
}
