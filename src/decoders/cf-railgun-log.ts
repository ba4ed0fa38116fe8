import {
  ANCHOR,
  BLOCK,
  COUNTS,
  createAnchorIndex,
  EVENT_COUNT,
  EVENT_WORDS,
  IS_SETTLED,
  LINE_LIMIT,
  LINE_START,
  LINES,
  LOOK_AHEAD,
  LOOK_BEHIND,
  RECORD_COUNT,
  RECORD_WORDS,
  SLICE,
  VALUES,
  WANTS_LINES,
} from './anchor-index.js';
import { type MalformedSample, MOST_SAMPLES, type RailgunBlock, SAMPLE_BYTES } from './cf-railgun-block.js';
import { columnOf, fieldOf, type LineField, type RailgunColumn } from './cf-railgun-column.js';
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
/** The bits of an event that are its position; its kind is above. */
const POSITION = 0xff_ffff;

export function createRailgunLogScanner(): RailgunLogScanner {
  const index = createAnchorIndex();
  const { window, state, events } = index;
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
    /** Values that are counted here; those that become records are counted by the index. */
    let values = 0;
    let malformed = 0;
    const malformedSamples: MalformedSample[] = [];
    const runs = new DirectRuns();
    // Of the event that is being looked at: where its line begins (-1 in an earlier block, which then looks at the line's
    // column), the newlines before it, and the records before it.
    let lineStart = window[begin - 1] === NEWLINE ? begin : -1;
    let lines = 0;
    let records = 0;
    /** The line (newlines before it) that needs no look at its column: something was found, or it was looked at. */
    let settled = lineStart < 0 ? 0 : -1;
    place.forget();
    state.set([lineStart, 0, 0, lineStart < 0 ? 1 : 0], LINE_START);

    function count(from: number, to: number): void {
      const { form, ratio, time, flags, version, reasonAt, reasonEnd } = place.parts;
      values += 1;
      countValue(tally, form, ratio, time, flags, version);
      runs.add(records, form === DIRECT);
      if (reasonAt >= 0) countReason(tally, place.reasons.find(reasonAt, reasonEnd).text);
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

    /** Looks at the column of the line [lineStart, to), unless something was found in it. */
    function check(to: number): void {
      if (settled === lines) return;
      settled = lines;
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

    /** Finds out what stands at an anchor of the block. */
    function look(at: number): void {
      const kind = place.look(at, limit);
      if (kind === NOTHING) return;
      if (settled !== lines && isBeyond(place.start)) {
        check(place.start);
        place.look(at, limit);
      }
      settled = lines;
      if (kind === MALFORMED) reject(place.start, place.end);
      if (kind === ABSENT || kind === MALFORMED) return;
      column ??= learn();
      if (kind === VALUE) count(place.start, place.end);
    }

    /** A name without a value settles the line, but a value after it can still be the one that shows the column. */
    function lookAhead(at: number): void {
      const kind = place.look(at, limit);
      if (kind === NOTHING || isBeyond(place.start)) return;
      if (kind === VALUE || kind === NAMED) column ??= learn();
      settled = lines;
    }

    /** The block's last line goes on after it: looks ahead for a value or a name in it, or for its end. */
    function settleLastLine(): void {
      const stop = Math.min(limit, lineStart + LINE_LIMIT + SAMPLE_BYTES);
      for (let from = end; from < stop; from += SLICE) {
        index.find(from, Math.min(from + SLICE, stop), limit, WANTS_LINES);
        const found = (state[EVENT_COUNT] as number) * EVENT_WORDS;
        for (let i = 0; i < found; i += EVENT_WORDS) {
          const event = events[i] as number;
          if (event >> 24 === ANCHOR) {
            lookAhead(event);
          } else {
            check(event & POSITION);
            return;
          }
          if (settled === lines && column !== undefined) return;
        }
      }
      check(stop);
    }

    for (let from = begin; from < end; from += SLICE) {
      const counts = column !== undefined && onValue === undefined ? COUNTS : 0;
      const wantsLines = column?.kind === 'none' ? 0 : WANTS_LINES;
      index.find(from, Math.min(from + SLICE, end), limit, counts | wantsLines);
      countRecords(tally);
      const found = (state[EVENT_COUNT] as number) * EVENT_WORDS;
      for (let i = 0; i < found; i += EVENT_WORDS) {
        const event = events[i] as number;
        lineStart = events[i + 1] as number;
        lines = events[i + 2] as number;
        records = events[i + 3] as number;
        if (event >> 24 === ANCHOR) look(event);
        else check(event & POSITION);
      }
    }
    lineStart = state[LINE_START] as number;
    lines = state[LINES] as number;
    records = state[VALUES] as number;
    if (state[IS_SETTLED] === 1) settled = lines;
    if (lineStart >= begin && lineStart < end && (settled !== lines || column === undefined)) settleLastLine();
    if (last && window[end - 1] !== NEWLINE) lines += 1;
    return {
      lines,
      values: values + records,
      ...(column && { column }),
      malformed,
      malformedSamples,
      directRuns: runs.end(records),
    };
  }

  function countRecords(tally: RailgunTally): void {
    const { recordWords, recordNumbers } = index;
    const found = (state[RECORD_COUNT] as number) * RECORD_WORDS;
    for (let i = 0; i < found; i += RECORD_WORDS) {
      const ratio = recordNumbers[i >> 1] as number;
      const time = recordNumbers[(i >> 1) + 1] as number;
      const form = recordWords[i + 4] as number;
      countValue(tally, form, ratio, time, recordWords[i + 5] as number, recordWords[i + 6] as number);
    }
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
  #records = 0;

  /** @param records how many other values the index counted before this one */
  add(records: number, isDirect: boolean): void {
    if (!isDirect || records !== this.#records) this.#stop();
    this.#records = records;
    if (isDirect) this.#run += 1;
  }

  end(records: number): RailgunBlock['directRuns'] {
    if (records !== this.#records) this.#stop();
    const last = this.#run;
    this.#stop();
    return { first: this.#first, longest: this.#longest, last };
  }

  /** A value that is not `direct`, or the end. */
  #stop(): void {
    if (this.#first < 0) this.#first = this.#run;
    if (this.#run > this.#longest) this.#longest = this.#run;
    this.#run = 0;
  }
}
