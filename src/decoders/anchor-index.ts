import { anchorIndexWasm } from './anchor-index.wasm.js';

/** Bytes before a block that the scanner may look at. */
export const LOOK_BEHIND = 512;
/** Bytes of a file that one block takes at most. */
export const BLOCK = 1 << 20;
/** Bytes of a line in which its column is looked for. */
export const LINE_LIMIT = 64 << 10;
/** Bytes after a block that the scanner may look at: the limit of the block's last line, and a value that begins there. */
export const LOOK_AHEAD = LINE_LIMIT + (4 << 10);
/** Bytes that `find` goes over at once: they and what it finds stay in the processor's cache. */
export const SLICE = 32 << 10;

// Modes of `find`.
/** Values that begin with an id become records and not events. */
export const COUNTS = 1;
/** Ends of lines become events, unless a value in the line became a record. */
export const WANTS_LINES = 2;

// Kinds of events.
/** A blank after "ct" or ten hex digits, or the "l" before a "g": something may begin or end here. */
export const ANCHOR = 0;
export const LINE_END = 1;
/** The first value of its line that became a record begins here, beyond the line's limit. */
export const LONG_LINE = 2;

// Words of `state`.
/** Where the current line begins; -1 where that is before the block. */
export const LINE_START = 0;
/** Newlines since the block began. */
export const LINES = 1;
/** Records since the block began. */
export const VALUES = 2;
/** 1 where a value in the current line became a record, or the line began before the block. */
export const IS_SETTLED = 3;
export const EVENT_COUNT = 4;
export const RECORD_COUNT = 5;

/** Words of one event: position and kind, then `LINE_START`, `LINES` and `VALUES` as they were there. */
export const EVENT_WORDS = 4;
/** Words of one record, which also is half as many 64-bit numbers. */
export const RECORD_WORDS = 8;

const STATE_BYTES = 64;
/** A value that becomes a record is not shorter than `0123456789 stream` and what ends it. */
const MOST_RECORDS = SLICE / 16;
const WINDOW = LOOK_BEHIND + BLOCK + LOOK_AHEAD;
/** The index reads whole groups of 64 bytes and one byte more; it never interprets what lies beyond its range. */
const PADDING = 128;
const STATE_AT = WINDOW + PADDING;
const EVENTS_AT = STATE_AT + STATE_BYTES;
const RECORDS_AT = EVENTS_AT + SLICE * EVENT_WORDS * 4;
/** The module's own data lies from 28 pages on (scripts/build-anchor-index.mjs). */
const PAGES = 29;

/** A window of bytes, and what `find` found in it. See anchor-index.as.ts. */
export interface AnchorIndex {
  readonly window: Uint8Array;
  readonly state: Int32Array;
  /** `EVENT_COUNT` events in the order of their places. */
  readonly events: Int32Array;
  /** `RECORD_COUNT` values: words 4, 5 and 6 of each are form, flags and version as in `RailgunParts`. */
  readonly recordWords: Int32Array;
  /** The same records: numbers 0 and 1 of each are ratio and time. */
  readonly recordNumbers: Float64Array;
  /**
   * Goes over window[begin, end), at most `SLICE` bytes, `begin` at least 65, and goes on from `state`. Bytes at or after
   * `limit` are part of nothing.
   */
  find(begin: number, end: number, limit: number, modes: number): void;
}

// @types/node declares WebAssembly only with the DOM library. This is what is used of it.
interface WebAssemblyApi {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

type Find = (begin: number, end: number, limit: number, modes: number, state: number) => void;

/** The index in WebAssembly, or in plain JavaScript where the processor or `--jitless` has no SIMD for it. */
export function createAnchorIndex(): AnchorIndex {
  const api = (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return createPlainAnchorIndex();
  try {
    const memory = new api.Memory({ initial: PAGES, maximum: PAGES });
    const module = new api.Module(Buffer.from(anchorIndexWasm, 'base64'));
    const find = new api.Instance(module, { env: { memory } }).exports['find'] as Find;
    return { ...listsIn(memory.buffer), find: (begin, end, limit, modes) => find(begin, end, limit, modes, STATE_AT) };
  } catch {
    return createPlainAnchorIndex();
  }
}

/** The same index, slow and obvious; it makes no records, only events. The tests hold the two together. */
export function createPlainAnchorIndex(): AnchorIndex {
  const lists = listsIn(new ArrayBuffer(RECORDS_AT + MOST_RECORDS * RECORD_WORDS * 4));
  const { window, state, events } = lists;
  const emit = (kind: number, at: number) => {
    const count = state[EVENT_COUNT] ?? 0;
    const event = [at | (kind << 24), ...state.subarray(LINE_START, VALUES + 1)];
    events.set(event, count * EVENT_WORDS);
    state[EVENT_COUNT] = count + 1;
  };
  const find: AnchorIndex['find'] = (begin, end, _limit, modes) => {
    state[EVENT_COUNT] = 0;
    state[RECORD_COUNT] = 0;
    for (let at = begin; at < end; at += 1) {
      if (window[at] !== 0x0a) {
        if (isAnchor(window, at)) emit(ANCHOR, at);
        continue;
      }
      if (state[IS_SETTLED] === 0 && (modes & WANTS_LINES) !== 0) emit(LINE_END, at);
      state.set([at + 1, (state[LINES] ?? 0) + 1], LINE_START);
      state[IS_SETTLED] = 0;
    }
  };
  return { ...lists, find };
}

function listsIn(buffer: ArrayBuffer): Omit<AnchorIndex, 'find'> {
  return {
    window: new Uint8Array(buffer, 0, WINDOW),
    state: new Int32Array(buffer, STATE_AT, STATE_BYTES / 4),
    events: new Int32Array(buffer, EVENTS_AT, SLICE * EVENT_WORDS),
    recordWords: new Int32Array(buffer, RECORDS_AT, MOST_RECORDS * RECORD_WORDS),
    recordNumbers: new Float64Array(buffer, RECORDS_AT, (MOST_RECORDS * RECORD_WORDS) / 2),
  };
}

function isAnchor(window: Uint8Array, at: number): boolean {
  const c = window[at];
  if (c === 0x6c || c === 0x4c) return lowerAt(window, at + 1) === 0x67;
  if (c !== 0x20 && c !== 0x09) return false;
  if (lowerAt(window, at - 1) === 0x74 && lowerAt(window, at - 2) === 0x63) return true;
  let run = 0;
  while (run < 11 && isHexAt(window, at - 1 - run)) run += 1;
  return run === 10;
}

function isHexAt(window: Uint8Array, at: number): boolean {
  const c = lowerAt(window, at);
  return (c >= 0x61 && c <= 0x66) || ((window[at] ?? 0) >= 0x30 && (window[at] ?? 0) <= 0x39);
}

function lowerAt(window: Uint8Array, at: number): number {
  return (window[at] ?? 0) | 0x20;
}
