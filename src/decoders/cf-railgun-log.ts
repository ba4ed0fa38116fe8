import { BLOCK, createAnchorIndex, LOOK_AHEAD, LOOK_BEHIND, SLICE } from './anchor-index.js';
import { type MalformedSample, MOST_SAMPLES, type RailgunBlock, SAMPLE_BYTES } from './cf-railgun-block.js';
import { columnOf, fieldOf, LINE_LIMIT, type LineField, type RailgunColumn } from './cf-railgun-column.js';
import { DIRECT, endsWord, parse } from './cf-railgun-grammar.js';
import { ABSENT, MALFORMED, NAMED, NOTHING, RailgunPlace, VALUE } from './cf-railgun-place.js';
import { countReason, countValue, type RailgunTally } from './cf-railgun-tally.js';

/**
 * Finds the `Cf-Railgun` values in a log, whatever its format. What counts never depends on how the file is cut:
 *
 * - **By its id**: ten hex digits and a blank, not in the middle of a word, path or number, where the grammar reads a value.
 * - **`direct (reason)`** where the reason is a published one, or where it stands as a whole field.
 * - **By name**: `Cf-Railgun` or `cf_railgun` in any case, then `:` or `=`. What follows is a value, absent (empty, `-`,
 *   `null`), or malformed.
 * - **By column**: the first value of the file shows in which column values stand. A line in which neither value nor name
 *   begins is looked at there: empty, `-` or no such field is nothing, a lone `direct` is a value, anything else is
 *   malformed. Only the first 64 KiB of a line are looked at for this.
 */
export interface RailgunLogScanner {
  /** Put the bytes here: `LOOK_BEHIND` + `BLOCK` + `LOOK_AHEAD` of them. */
  readonly window: Uint8Array;
  /** What to put where for the block of at most `BLOCK` bytes that begins at `offset` of a file of `size` bytes. */
  place(offset: number, size: number): BlockPlace;
  /**
   * Scans one block.
   *
   * @param column in force before the block; absent: to be learned
   * @param tally counts every value
   * @param onValue sees every value in the order of the file
   */
  scan(span: BlockSpan, column: RailgunColumn | undefined, tally: RailgunTally, onValue?: OnValue): RailgunBlock;
}

/**
 * A block in the window: its bytes are window[begin, end). Those before it, at least `LOOK_BEHIND`, and those up to `limit`
 * belong to its neighbours (before the beginning of a file stand newlines); `limit` is `LOOK_AHEAD` after `end`, unless the block ends with a newline or the file ends
 * before that.
 */
export interface BlockSpan {
  readonly begin: number;
  readonly end: number;
  readonly limit: number;
  /** The file ends at `end`. */
  readonly last: boolean;
}

/** Read `length` bytes of the file from `from` on into the window at `at`, then scan `span`. */
export interface BlockPlace {
  readonly from: number;
  readonly length: number;
  readonly at: number;
  readonly span: BlockSpan;
}

/** A value is window[start, end); `line` is 1 for the line in which the block begins. Copy what you keep. */
export type OnValue = (start: number, end: number, line: number) => void;

const NEWLINE = 0x0a;

export function createRailgunLogScanner(): RailgunLogScanner {
  const { window, anchors, find } = createAnchorIndex();
  const place = new RailgunPlace(window);
  const field: LineField = { start: 0, end: 0, next: 0 };
  window.fill(NEWLINE, 0, LOOK_BEHIND);

  function scan(
    { begin, end, limit, last }: BlockSpan,
    given: RailgunColumn | undefined,
    tally: RailgunTally,
    onValue?: OnValue,
  ): RailgunBlock {
    let column = given;
    let lines = 0;
    let values = 0;
    let malformed = 0;
    const malformedSamples: MalformedSample[] = [];
    const runs = new DirectRuns();
    /** Where the current line begins; -1 where that is in an earlier block, which then looks at the line's column. */
    let lineStart = window[begin - 1] === NEWLINE ? begin : -1;
    /** Whether the current line needs no look at its column: a value or a name was found, or it was looked at. */
    let isSettled = lineStart < 0;
    place.forget();

    function count(from: number, to: number): void {
      const { parts } = place;
      values += 1;
      countValue(tally, parts);
      runs.add(parts.form === DIRECT);
      if (parts.reasonAt >= 0) countReason(tally, place.reasons.find(parts.reasonAt, parts.reasonEnd).text);
      onValue?.(from, to, lines + 1);
    }

    function reject(from: number, to: number): void {
      malformed += 1;
      if (malformedSamples.length === MOST_SAMPLES) return;
      const text = Buffer.from(window.subarray(from, Math.min(to, from + SAMPLE_BYTES))).toString('utf8');
      malformedSamples.push({ line: lines + 1, text });
    }

    /** The place is the first value of the file: where it stands in its line is the column. */
    function learn(): RailgunColumn {
      if (place.named || lineStart < 0 || isBeyond(place.start)) return { kind: 'none' };
      const most = Math.min(limit, lineStart + LINE_LIMIT);
      const newline = window.subarray(0, most).indexOf(NEWLINE, place.start);
      return columnOf(window, lineStart, newline < 0 ? most : newline, place.start, place.end);
    }

    function isBeyond(at: number): boolean {
      return at >= lineStart + LINE_LIMIT;
    }

    /** Looks at the column of the line [lineStart, to), in which neither value nor name was found. */
    function check(to: number): void {
      isSettled = true;
      if (column === undefined || column.kind === 'none' || to === lineStart) return;
      const lineEnd = Math.min(to, lineStart + LINE_LIMIT);
      if (!fieldOf(column, window, lineStart, lineEnd, field) || field.start === field.end) return;
      if (field.end - field.start === 1 && window[field.start] === 0x2d) return;
      const { parts } = place;
      const isLoose = column.kind === 'blank';
      const fieldEnd = isLoose ? lineEnd : field.end;
      const isValue = parse(window, field.start, fieldEnd, parts);
      if (isValue && (isLoose ? endsWord(window, parts.end, fieldEnd) : parts.end === fieldEnd)) {
        count(field.start, parts.end);
      } else {
        reject(field.start, field.end);
      }
    }

    /** The block's last line goes on after it: looks ahead for a value or a name in it, or for its end. */
    function settleLastLine(): void {
      const stop = Math.min(limit, lineStart + LINE_LIMIT + SAMPLE_BYTES);
      for (let from = end; from < stop; from += SLICE) {
        const found = find(from, Math.min(from + SLICE, stop));
        for (let i = 0; i < found; i += 1) {
          const at = anchors[i] as number;
          if (window[at] === NEWLINE) {
            if (!isSettled) check(at);
            return;
          }
          lookAhead(at);
          if (isSettled && column !== undefined) return;
        }
      }
      if (!isSettled) check(stop);
    }

    /** A name without a value settles the line, but a value after it can still be the one that shows the column. */
    function lookAhead(at: number): void {
      const kind = place.look(at, limit);
      if (kind === NOTHING || isBeyond(place.start)) return;
      if (column === undefined && (kind === VALUE || kind === NAMED)) column = learn();
      isSettled = true;
    }

    for (let from = begin; from < end; from += SLICE) {
      const found = find(from, Math.min(from + SLICE, end));
      for (let i = 0; i < found; i += 1) {
        const at = anchors[i] as number;
        if (window[at] === NEWLINE) {
          if (!isSettled) check(at);
          lines += 1;
          lineStart = at + 1;
          isSettled = false;
          continue;
        }
        const kind = place.look(at, limit);
        if (kind === NOTHING) continue;
        if (!isSettled && isBeyond(place.start)) {
          check(place.start);
          place.look(at, limit);
        }
        isSettled = true;
        if (kind === MALFORMED) reject(place.start, place.end);
        if (kind === ABSENT || kind === MALFORMED) continue;
        if (column === undefined) column = learn();
        if (kind === VALUE) count(place.start, place.end);
      }
    }
    if (lineStart >= begin && lineStart < end && (!isSettled || column === undefined)) settleLastLine();
    if (last && window[end - 1] !== NEWLINE) lines += 1;
    return { lines, values, ...(column && { column }), malformed, malformedSamples, directRuns: runs.end() };
  }

  function placeOf(offset: number, size: number): BlockPlace {
    const from = Math.max(0, offset - LOOK_BEHIND);
    const at = LOOK_BEHIND - (offset - from);
    const length = Math.min(size, offset + BLOCK + LOOK_AHEAD) - from;
    const end = LOOK_BEHIND + Math.min(BLOCK, size - offset);
    window.fill(NEWLINE, 0, at);
    return { from, length, at, span: { begin: LOOK_BEHIND, end, limit: at + length, last: offset + BLOCK >= size } };
  }

  return { window, place: placeOf, scan };
}

/** Runs of consecutive `direct` values. */
class DirectRuns {
  #first = -1;
  #longest = 0;
  #run = 0;

  add(isDirect: boolean): void {
    if (isDirect) this.#run += 1;
    else if (this.#run > 0 || this.#first < 0) this.#stop();
  }

  end(): RailgunBlock['directRuns'] {
    const last = this.#run;
    this.#stop();
    return { first: this.#first, longest: this.#longest, last };
  }

  #stop(): void {
    if (this.#first < 0) this.#first = this.#run;
    if (this.#run > this.#longest) this.#longest = this.#run;
    this.#run = 0;
  }
}
