import type { Status } from './finding.js';

/**
 * What a person should see, before anyone decides on colours, widths or markup. Commands produce blocks; a reporter
 * for people draws them. Text in a block may be hostile (it can come from a peer): reporters escape it.
 */
export type Block = Shape & {
  /** Raw signals beside the conclusions: drawn only with `--verbose`. */
  readonly verbose?: true;
};

type Shape =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** Colours the first cell of each row where what the row is of is good or bad in itself; a cell says it in words. */
      readonly statuses?: readonly Status[];
    }
  | { readonly kind: 'bars'; readonly title: string; readonly bars: readonly Bar[] }
  | { readonly kind: 'fields'; readonly source: string; readonly fields: readonly Field[] }
  | { readonly kind: 'note'; readonly text: string }
  /** Lines to type: drawn as they are, because one that is folded would be run in halves. */
  | { readonly kind: 'commands'; readonly title: string; readonly lines: readonly string[] };

export interface Pair {
  readonly label: string;
  readonly value: string;
  /** What the value means for this reader; dimmed or put beneath. */
  readonly means?: string;
  /** Colours the value where it is good or bad in itself. */
  readonly status?: Status;
}

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export interface Bar {
  readonly label: string;
  /** Any scale; the bar of the block that ends last fills the width. At least 0. */
  readonly value: number;
  /** Where it begins, on the same scale, if not at 0: then the bars are a timeline. */
  readonly from?: number;
  /** Shown after the bar, say `812 (81.2 %)`. */
  readonly text: string;
}

/** One part of a raw text, by offset in UTF-16 units: `end` is the first one after it. */
export interface Field {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** `fail` marks the part at which reading stopped. */
  readonly status?: Status;
}
