import type { SourcePlace } from '../../model/place.js';

/** What is meant by offset, whatever the place says: it ends within the line, and begins with a whole character. */
export function markedPart(
  text: string,
  { column = 1, length = 0 }: Pick<SourcePlace, 'column' | 'length'>,
): { start: number; end: number } {
  const start = Math.min(Math.max(Math.trunc(column - 1) || 0, 0), text.length);
  const end = Math.min(Math.max(start + (Math.trunc(length) || 0), start), text.length);
  return { start: splitsPair(text, start) ? start - 1 : start, end };
}

/** Whether an offset is between the two halves of a character. */
function splitsPair(text: string, offset: number): boolean {
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}
