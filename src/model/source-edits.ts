import type { SourceEdit } from './place.js';

/** A text after edits, and those that were made; the others have to be left for the next time. */
export interface EditedText<Edit> {
  readonly text: string;
  readonly made: readonly Edit[];
}

/** Where an edit begins and ends, in units of the text from 0. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface Place extends Span {
  readonly edit: SourceEdit;
}

/**
 * Makes edits of one text, all of a group or none. All of them count lines and columns of the text as it is given. Of two that
 * overlap, the one that comes first is made; one that reaches out of its line or the text is not made, either. Lines end with
 * LF, CR LF or CR.
 */
export function applyEdits<Edit extends SourceEdit>(
  text: string,
  groups: readonly (readonly Edit[])[],
): EditedText<Edit> {
  const starts = lineStarts(text);
  const made: (Place & { readonly edit: Edit })[] = [];
  // By line, so that many edits are not all compared with each other.
  const taken = new Map<number, Span[]>();
  for (const group of groups) {
    const spans = group.flatMap((edit) => {
      const span = spanOf(edit, starts, text.length);
      return span === undefined ? [] : [{ edit, ...span }];
    });
    if (spans.length < group.length || !reserve(spans, taken, starts)) continue;
    made.push(...spans);
  }
  const parts: string[] = [];
  let at = 0;
  for (const { edit, from, to } of made.toSorted((a, b) => a.from - b.from)) {
    parts.push(text.slice(at, from), edit.replacement);
    at = to;
  }
  parts.push(text.slice(at));
  return { text: parts.join(''), made: made.map(({ edit }) => edit) };
}

/** Whether nothing is in the way of the spans, nor they in each other's; then their places are taken. */
function reserve(spans: readonly Place[], taken: Map<number, Span[]>, starts: readonly number[]): boolean {
  const entries: (readonly [line: number, span: Span])[] = [];
  for (const span of spans) {
    const lines = linesOf(span, starts);
    if (lines.some((line) => taken.get(line)?.some((other) => areInTheWay(span, other)))) {
      for (const [line, other] of entries) taken.get(line)?.splice(taken.get(line)?.indexOf(other) ?? 0, 1);
      return false;
    }
    for (const line of lines) {
      taken.set(line, [...(taken.get(line) ?? []), span]);
      entries.push([line, span]);
    }
  }
  return true;
}

function spanOf({ line, column, length }: SourceEdit, starts: readonly number[], end: number): Span | undefined {
  const start = starts[line - 1];
  if (start === undefined || column < 1 || length < 0) return undefined;
  const from = start + column - 1;
  const to = from + length;
  // Behind the end of a line is the next one.
  const last = starts[line] === undefined ? end : starts[line] - 1;
  return from <= last && to <= end ? { from, to } : undefined;
}

/** Two insertions at one place are in each other's way, too: which comes first nobody said. */
function areInTheWay(one: Span, other: Span): boolean {
  return (one.from < other.to && other.from < one.to) || one.from === other.from;
}

/** The lines that a span touches, from 1. */
function linesOf({ edit, to }: Place, starts: readonly number[]): number[] {
  const lines = [edit.line];
  for (let line = edit.line; (starts[line] ?? to) < to; line += 1) lines.push(line + 1);
  return lines;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|[\r\n]/g)) starts.push(index + end.length);
  return starts;
}
