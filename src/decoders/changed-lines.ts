/** A line that masking would change. */
export interface ChangedLine {
  /** From 1. */
  readonly line: number;
  /** What would be masked in it, as the mask calls it: `token`. */
  readonly name: string;
}

export interface ChangedLines {
  /** The first of them. */
  readonly lines: readonly ChangedLine[];
  readonly count: number;
}

/** Where a text differs from what masking has made of it, line by line; of at most `most` lines it is said which. Linear. */
export function changedLines(before: string, after: string, most: number): ChangedLines {
  if (before === after) return { lines: [], count: 0 };
  const [old, now] = [before.split('\n'), after.split('\n')];
  const lines: ChangedLine[] = [];
  let count = 0;
  for (const [index, text] of old.entries()) {
    if (text === now[index]) continue;
    count += 1;
    if (lines.length < most) lines.push({ line: index + 1, name: nameOfMask(text, now[index] ?? '') });
    // Behind a line that is gone nothing can be compared any more.
    if (old.length !== now.length) break;
  }
  return { lines, count: Math.max(1, count) };
}

/** The first mask that was not there before; in an address it is percent-encoded. */
function nameOfMask(before: string, after: string): string {
  for (const [mask, plain, encoded] of after.matchAll(
    /\[([\p{L}\p{N} ._$-]{1,40}) redacted\]|%5B([\w._$-]{1,40})%20redacted%5D/gu,
  )) {
    if (!before.includes(mask)) return plain ?? encoded ?? 'value';
  }
  return 'value';
}
