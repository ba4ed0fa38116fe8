/** A place in a file: what a finding is about, as compilers name it. Lines and columns count from 1, columns in UTF-16 units. */
export interface SourcePlace {
  /** As the user named it, or as it was come by. */
  readonly file: string;
  /** Absent: the whole file. */
  readonly line?: number;
  readonly column?: number;
  /** UTF-16 units; absent: a point. */
  readonly length?: number;
  /** The line as it may be shown, without its end; absent where it holds what is nobody's business. */
  readonly text?: string;
}

/** One change of a text: what stands at the place is replaced. No secret is in `replacement`. */
export interface SourceEdit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** UTF-16 units that go; 0: it is an insertion. May reach over the end of the line, so that a whole line goes. */
  readonly length: number;
  readonly replacement: string;
}

/** What can be done about a finding without asking anybody: it changes no meaning. */
export interface SafeFix {
  /** What it does, one sentence without a full stop. */
  readonly says: string;
  readonly edits: readonly SourceEdit[];
}

/** `FILE:LINE:COLUMN`, as editors take it. */
export function placeText({ file, line, column }: SourcePlace): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
