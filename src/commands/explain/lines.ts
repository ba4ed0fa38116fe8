import type { ReadingExplanation } from './reading-explanation.js';

/** Lines of every explanation, each with what it is about where there are several. */
export function linesOf(
  all: readonly ReadingExplanation[],
  pick: (row: ReadingExplanation) => readonly string[],
): string[] {
  return all.flatMap((row) => pick(row).map((line) => (all.length === 1 ? line : `${row.label}: ${line}`)));
}
