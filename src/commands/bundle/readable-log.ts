import { createLastLines } from '../../decoders/last-lines.js';
import { printable } from '../../model/printable.js';

/**
 * The text of a log as whoever reads it in a terminal or an editor may have it: what would move a cursor, or hide, is spelled out (`\x1b`).
 * That makes it longer: `most` bytes of its end are kept.
 */
export function readableLog(text: string, most: number): string {
  const shown = text.replace(/[^\n\t]+/g, (words) => printable(words));
  if (shown === text) return text;
  const end = createLastLines(most);
  end.push(Buffer.from(shown));
  return end.finish().text;
}
