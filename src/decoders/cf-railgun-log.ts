import {
  ANCHOR,
  beginLine,
  COLUMN_KIND,
  COUNTS,
  createAnchorIndex,
  IS_SETTLED,
  LINE_LIMIT,
  LINE_START,
  LINES,
  LOOK_AHEAD,
  LOOK_BEHIND,
  SLICE,
  STOPPED,
  WANTS_LINES,
} from './anchor-index.js';
import { type MalformedSample, MOST_SAMPLES, type RailgunBlock, SAMPLE_BYTES } from './cf-railgun-block.js';
import { columnField, columnOf, type RailgunColumn } from './cf-railgun-column.js';
import { RailgunCounts } from './cf-railgun-counts.js';
import { DIRECT, directLineAt, endsWord, parse } from './cf-railgun-grammar.js';
import { ABSENT, MALFORMED, NAMED, NOTHING, RailgunPlace, VALUE } from './cf-railgun-place.js';
import { countReason, countValue, type RailgunTally } from './cf-railgun-tally.js';
import { BLANK, fieldAt, LineField, separatorOf } from './line-field.js';

/**
 * Finds the `Cf-Railgun` values in a log, whatever its format. What counts never depends on how the file is cut:
 *
 * - **By its id**: ten hex digits and a blank, not in the middle of a word, path or number, where the grammar reads a value.
 * - **`direct (reason)`** where the reason is a published one, or where it stands as a whole field.
 * - **By name**: `Cf-Railgun` or `cf_railgun` in any case as the whole key, then `:` or `=`. What follows is a value, absent
 *   (empty, `-`, `null`, a JSON object or a list of several), or malformed.
 * - **`direct` alone on its line.**
 * - **By column**: the first value of the file shows in which column values stand. A line in which neither value nor name
 *   begins is looked at there: empty, `-` or no such field is nothing, a lone `direct` is a value, anything else is
 *   malformed. Only the first 64 KiB of a line are looked at for this.
 *
 * A value that begins behind its name, straight behind a quote, or at the beginning of a line or of a field between the
 * separators of the learned column, must also fill that field, as `decode` would have it: otherwise the field is malformed.
 * A field ends at its closing quote; unquoted behind a name, at the end of the line, a tab, a quote, one of `,;|}]`, an
 * escaped newline or, after `name=`, before ` key=`. Elsewhere, between blanks, nothing says where a field of several words
 * ends: there the longest value that can be read is the value. Values further on in a malformed field stand for themselves,
 * because it may have begun before any look-behind. A flags word alone is no value here, though `decode` takes it.
 */
export interface RailgunLogScanner {
  /** Put the bytes here: `LOOK_BEHIND` + `BLOCK` + `LOOK_AHEAD` of them. */
  readonly window: Uint8Array;
  /** What to put where for the block [offset, end), at most `BLOCK` bytes, of a file of `size` bytes. */
  place(offset: number, end: number, size: number): BlockPlace;
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

/** @param index only the tests give another than the best there is */
export function createRailgunLogScanner(index = createAnchorIndex()): RailgunLogScanner {
  const { window, state } = index;
  const place = new RailgunPlace(window);
  const counts = new RailgunCounts(index);
  const field = new LineField();
  window.fill(NEWLINE, 0, LOOK_BEHIND);

  function scan(
    { begin, end, limit, last }: BlockSpan,
    given: RailgunColumn | undefined,
    tally: RailgunTally,
    onValue?: OnValue,
  ): RailgunBlock {
    let column: RailgunColumn | undefined;
    let columnIndex = 0;
    /** Values that are counted here and not by the index. */
    let values = 0;
    let malformed = 0;
    /** What separates the fields of the column, -1 for nothing. */
    let separator = -1;
    const malformedSamples: MalformedSample[] = [];

    function count(from: number, to: number): void {
      const { form, ratio, time, flags, version, reasonAt, reasonEnd } = place.parts;
      values += 1;
      countValue(tally, form, ratio, time, flags, version);
      counts.addRun(form === DIRECT);
      if (reasonAt >= 0) {
        const reason = place.reasons.find(reasonAt, reasonEnd);
        countReason(tally, reason.text);
        if (reason.published) counts.recognise(from, to, reason.text);
      }
      onValue?.(from, to, (state[LINES] as number) + 1);
    }

    function reject(from: number, to: number): void {
      malformed += 1;
      if (malformedSamples.length === MOST_SAMPLES) return;
      const text = Buffer.from(window.subarray(from, Math.min(to, from + SAMPLE_BYTES))).toString('utf8');
      malformedSamples.push({ line: (state[LINES] as number) + 1, text });
    }

    function use(found: RailgunColumn): void {
      column = found;
      const { kind, index } = columnField(found);
      state.set([kind, index], COLUMN_KIND);
      columnIndex = index;
      separator = separatorOf(kind);
    }

    /** The place is the first value of the file: where it stands in its line is the column. */
    function learn(): void {
      const lineStart = state[LINE_START] as number;
      if (place.named || lineStart < 0 || isBeyond(place.start)) {
        use({ kind: 'none' });
        return;
      }
      const most = Math.min(limit, lineStart + LINE_LIMIT);
      const newline = window.subarray(0, most).indexOf(NEWLINE, place.start);
      use(columnOf(window, lineStart, newline < 0 ? most : newline, place.start, place.end));
    }

    function isBeyond(at: number): boolean {
      return at >= (state[LINE_START] as number) + LINE_LIMIT;
    }

    /** Looks at the column of the current line, which ends at `to`, unless something was found in the line. */
    function check(to: number): void {
      if (state[IS_SETTLED] === 1) return;
      state[IS_SETTLED] = 1;
      const lineStart = state[LINE_START] as number;
      const directAt = directLineAt(window, lineStart, to);
      if (directAt >= 0) {
        place.takeDirect(directAt);
        if (column === undefined) learn();
        count(place.start, place.end);
        return;
      }
      const kind = state[COLUMN_KIND] as number;
      if (column === undefined || kind < 0) return;
      const lineEnd = Math.min(to, lineStart + LINE_LIMIT);
      if (!fieldAt(kind, columnIndex, window, lineStart, lineEnd, field) || field.start === field.end) return;
      if (field.end - field.start === 1 && window[field.start] === 0x2d) return;
      const { parts } = place;
      const fieldEnd = kind === BLANK ? lineEnd : field.end;
      const isValue = parse(window, field.start, fieldEnd, parts);
      if (isValue && (kind === BLANK ? endsWord(window, parts.end, fieldEnd) : parts.end === fieldEnd)) {
        count(field.start, parts.end);
      } else {
        reject(field.start, field.end);
      }
    }

    /** Finds out what stands at an anchor of the block. */
    function look(at: number): void {
      const kind = place.look(at, limit, separator);
      if (kind === NOTHING) return;
      if (state[IS_SETTLED] === 0 && isBeyond(place.start)) {
        check(place.start);
        place.look(at, limit, separator);
      }
      state[IS_SETTLED] = 1;
      if (kind === MALFORMED) reject(place.start, place.end);
      if (kind === ABSENT || kind === MALFORMED) return;
      if (column === undefined) learn();
      if (kind === VALUE) count(place.start, place.end);
    }

    /** The block's last line goes on after it: looks ahead for a value or a name in it, or for its end. */
    function settleLastLine(): void {
      const stop = Math.min(limit, (state[LINE_START] as number) + LINE_LIMIT + SAMPLE_BYTES);
      const newline = window.subarray(0, Math.max(end, stop)).indexOf(NEWLINE, end);
      const lineEnd = newline < 0 ? stop : newline;
      for (let at = index.next(end, lineEnd, limit, 0); at < lineEnd; at = index.next(at + 1, lineEnd, limit, 0)) {
        const kind = place.look(at, limit, separator);
        if (kind === NOTHING || isBeyond(place.start)) continue;
        // A name without a value settles the line, but a value after it can still be the one that shows the column.
        if (column === undefined && (kind === VALUE || kind === NAMED)) learn();
        state[IS_SETTLED] = 1;
        if (column !== undefined) return;
      }
      check(lineEnd);
    }

    const isOwnLine = window[begin - 1] === NEWLINE;
    state.set([isOwnLine ? begin : -1, 0, isOwnLine ? 0 : 1], LINE_START);
    if (given !== undefined) use(given);
    counts.begin();
    for (let from = begin; from < end; ) {
      const to = Math.min(from + SLICE, end);
      while (from < to) {
        const isCounting = column !== undefined && onValue === undefined;
        const wantsLines = column !== undefined && column.kind !== 'none';
        const at = index.next(from, to, limit, (isCounting ? COUNTS : 0) | (wantsLines ? WANTS_LINES : 0));
        from = at + 1;
        if (at === to) break;
        if (state[STOPPED] === ANCHOR) {
          look(at);
        } else {
          check(at);
          beginLine(state, at + 1);
        }
      }
      from = to;
      values += counts.collect(tally);
    }
    const lines = (state[LINES] as number) + (last && window[end - 1] !== NEWLINE ? 1 : 0);
    const lineStart = state[LINE_START] as number;
    if (lineStart >= begin && lineStart < end && (state[IS_SETTLED] === 0 || column === undefined)) settleLastLine();
    return { lines, values, ...(column && { column }), malformed, malformedSamples, directRuns: counts.runs() };
  }

  function placeOf(offset: number, end: number, size: number): BlockPlace {
    const from = Math.max(0, offset - LOOK_BEHIND);
    const at = LOOK_BEHIND - (offset - from);
    const length = Math.min(size, end + LOOK_AHEAD) - from;
    const span = { begin: LOOK_BEHIND, end: LOOK_BEHIND + end - offset, limit: at + length, last: end >= size };
    window.fill(NEWLINE, 0, at);
    return { from, length, at, span };
  }

  return { window, place: placeOf, scan };
}
