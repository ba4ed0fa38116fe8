import type { Reading } from './undone-escapes.js';

/** A reading without the line ends in it. */
export interface JoinedReading extends Reading {
  /** Whether there was a line end between two offsets of it. */
  isAcross(from: number, to: number): boolean;
}

/** A line end as it stands, as an escape, or percent-encoded. */
const lineEnd = /\n|\\n|%0A/gi;

/** Units of what may be between two lines, on either side of their end. */
const longestGap = 20;

/** What keys, and base64, are made of. */
const word = /[\w+/=.~-]/;
const words = /^[\w+/=.~-]+$/;

/** Pairs of hexadecimal digits with a mark or two between them (`53:33:63`, `53 33 63`, `0x53, 0x33`), or in both cases. */
const pairs = /(?:(?:0x)?[\da-f]{2}[: ,-]{0,2}){6,}/gi;

interface Gap {
  readonly start: number;
  readonly end: number;
}

/** Words of a text that line ends part, joined again, with at most `reach` units before and behind. Linear. */
export function joinedLines(text: string, reach: number): readonly JoinedReading[] {
  const gaps = gapsIn(text);
  const readings: JoinedReading[] = [];
  for (let index = 0; index < gaps.length; ) {
    const first = gaps[index] as Gap;
    let start = first.start;
    while (start > 0 && first.start - start < reach && word.test(text.charAt(start - 1))) start -= 1;
    const pieces: Gap[] = [{ start, end: first.start }];
    let last = first;
    for (index += 1; index < gaps.length; index += 1) {
      const next = gaps[index] as Gap;
      if (next.start > last.end && !words.test(text.slice(last.end, next.start))) break;
      pieces.push({ start: last.end, end: next.start });
      last = next;
    }
    let end = last.end;
    while (end < text.length && end - last.end < reach && word.test(text.charAt(end))) end += 1;
    pieces.push({ start: last.end, end });
    readings.push(joined(text, pieces));
  }
  return readings;
}

/** Rows of hexadecimal digits, in lower case and without what stands between them. Linear. */
export function joinedHex(text: string): readonly Reading[] {
  const readings: Reading[] = [];
  pairs.lastIndex = 0;
  for (let found = pairs.exec(text); found !== null; found = pairs.exec(text)) {
    const { 0: row, index } = found;
    // As it is looked for where it stands.
    if (/^(?:[\da-f]+|[\dA-F]+)$/.test(row)) continue;
    const units: string[] = [];
    const origins: number[] = [];
    for (let at = 0; at < row.length; at += 1) {
      const unit = row.charAt(at);
      if (!/[\da-f]/i.test(unit) || /x/i.test(row.charAt(at + 1))) continue;
      units.push(unit.toLowerCase());
      origins.push(index + at);
    }
    origins.push(index + row.length);
    readings.push({ text: units.join(''), origin: (at) => origins[at] as number });
  }
  return readings;
}

function gapsIn(text: string): readonly Gap[] {
  const gaps: Gap[] = [];
  lineEnd.lastIndex = 0;
  for (let found = lineEnd.exec(text); found !== null; found = lineEnd.exec(text)) {
    const { 0: mark, index } = found;
    let end = index + mark.length;
    while (end - index < longestGap && isBlank(text.charCodeAt(end))) end += 1;
    if (!word.test(text.charAt(end))) continue;
    const start = gapStart(text, index, mark.length > 1);
    const previous = gaps.at(-1)?.end ?? 0;
    if (start > previous && word.test(text.charAt(start - 1))) gaps.push({ start, end });
  }
  return gaps;
}

/** Before a line end, its carriage return, and blanks; `isEscaped`: with further backslashes, and as an escape itself. */
function gapStart(text: string, index: number, isEscaped: boolean): number {
  let start = index;
  while (isEscaped && start > 0 && index - start < longestGap && text.charAt(start - 1) === '\\') start -= 1;
  if (isEscaped) start -= /(?:\\{1,9}r|%0D)?$/i.exec(text.slice(Math.max(0, start - 10), start))?.[0].length ?? 0;
  if (text.charCodeAt(start - 1) === 0x0d) start -= 1;
  while (start > 0 && index - start < longestGap && isBlank(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

function joined(text: string, pieces: readonly Gap[]): JoinedReading {
  const starts: number[] = [];
  let length = 0;
  for (const { start, end } of pieces) {
    starts.push(length);
    length += end - start;
  }
  const pieceOf = (at: number) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    text: pieces.map(({ start, end }) => text.slice(start, end)).join(''),
    origin(at) {
      const piece = pieceOf(at);
      return (pieces[piece]?.start ?? 0) + at - (starts[piece] ?? 0);
    },
    isAcross: (from, to) => pieceOf(from) !== pieceOf(to - 1),
  };
}
