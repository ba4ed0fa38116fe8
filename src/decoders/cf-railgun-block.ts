import type { RailgunColumn } from './cf-railgun-column.js';

/** Something that stands where a value belongs and is none. */
export interface MalformedSample {
  /** 1 is the first line of the block; after joining, of the file. */
  readonly line: number;
  /** At most `SAMPLE_BYTES` bytes of it; what is not UTF-8 is replaced. */
  readonly text: string;
}

/**
 * What one block of a log holds that depends on the order of lines; what does not is in the tally. Plain data. A block may
 * be any stretch of a file, a whole file included.
 */
export interface RailgunBlock {
  /** Newlines; a last line of the file that has none counts too. */
  readonly lines: number;
  readonly values: number;
  /** Absent until a value was found. */
  readonly column?: RailgunColumn;
  readonly malformed: number;
  /** The first `MOST_SAMPLES`. */
  readonly malformedSamples: readonly MalformedSample[];
  /** Runs of consecutive `direct` values: at the beginning, the longest, at the end. */
  readonly directRuns: { readonly first: number; readonly longest: number; readonly last: number };
}

export const SAMPLE_BYTES = 200;
export const MOST_SAMPLES = 5;

/** A stretch of no bytes: joining it changes nothing. */
export const emptyBlock: RailgunBlock = {
  lines: 0,
  values: 0,
  malformed: 0,
  malformedSamples: [],
  directRuns: { first: 0, longest: 0, last: 0 },
};

/** Two neighbouring stretches of a file as one. Associative: blocks may be joined in any grouping, in the file's order. */
export function joinBlocks(previous: RailgunBlock, next: RailgunBlock): RailgunBlock {
  const a = previous.directRuns;
  const b = next.directRuns;
  const column = previous.column ?? next.column;
  const later = next.malformedSamples.map(({ line, text }) => ({ line: line + previous.lines, text }));
  return {
    lines: previous.lines + next.lines,
    values: previous.values + next.values,
    ...(column && { column }),
    malformed: previous.malformed + next.malformed,
    malformedSamples: [...previous.malformedSamples, ...later].slice(0, MOST_SAMPLES),
    directRuns: {
      first: a.first === previous.values ? a.first + b.first : a.first,
      longest: Math.max(a.longest, b.longest, a.last + b.first),
      last: b.last === next.values ? a.last + b.last : b.last,
    },
  };
}
