import { blanks } from './columns.js';
import type { Paint } from './palette.js';

/** A stack of lines that stands beside others. */
export interface Stack {
  readonly lines: readonly string[];
  /** How wide it is, whatever is in it. Absent for the last one. */
  readonly columns?: number;
  readonly paint?: Paint | undefined;
}

/** Sets stacks side by side, aligned at the top. */
export function beside(stacks: readonly Stack[], gap: string): string[] {
  const height = Math.max(...stacks.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, row) => {
    let drawn = '';
    // Blanks are held back until something follows, so that no line ends in them.
    let held = '';
    for (const { lines, columns = 0, paint } of stacks) {
      const text = lines[row] ?? '';
      if (text !== '') {
        drawn += held + (paint === undefined ? text : paint(text));
        held = '';
      }
      held += blanks(text, columns) + gap;
    }
    return drawn;
  });
}
