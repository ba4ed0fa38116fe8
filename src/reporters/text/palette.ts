import type { Column } from '../../model/block.js';
import type { Status } from '../../model/finding.js';
import type { Verdict } from '../../model/report.js';

/** What colour is used for. Without colour nothing is lost: every mark and word is there as well. */
export type Tone = 'good' | 'warning' | 'bad' | 'unknown' | 'information' | 'faint' | 'strong';

/** Draws one line of text, or a part of one, in a tone. */
export type Paint = (text: string) => string;

export type Palette = Readonly<Record<Tone, Paint>>;

/** Draws a table on a sheet. `tint` colours single cells, by row and column. */
export type DrawTable = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  sheet: Sheet,
  tint?: (row: number, column: number) => Tone | undefined,
) => string[];

/** What text is drawn on. */
export interface Sheet {
  readonly paint: Palette;
  readonly table: DrawTable;
  /** Columns. */
  readonly width: number;
  readonly verbose: boolean;
}

interface Mark {
  readonly mark: string;
  readonly word: string;
  readonly tone: Tone;
}

export const verdictMarks: Readonly<Record<Verdict, Mark>> = {
  ok: { mark: '✔', word: 'OK', tone: 'good' },
  warn: { mark: '!', word: 'WARN', tone: 'warning' },
  fail: { mark: '✖', word: 'FAIL', tone: 'bad' },
  unknown: { mark: '?', word: 'UNKNOWN', tone: 'unknown' },
};

export const statusMarks: Readonly<Record<Status, Mark>> = {
  pass: { mark: '✔', word: 'pass', tone: 'good' },
  note: { mark: '·', word: 'note', tone: 'information' },
  warn: { mark: '!', word: 'warn', tone: 'warning' },
  fail: { mark: '✖', word: 'fail', tone: 'bad' },
  skip: { mark: '-', word: 'skip', tone: 'faint' },
  broken: { mark: '?', word: 'broken', tone: 'unknown' },
};
