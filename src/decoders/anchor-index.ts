import { anchorIndexWasm } from './anchor-index.wasm.js';
import { directLineAt } from './cf-railgun-grammar.js';

/** Bytes before a block that the scanner may look at. */
export const LOOK_BEHIND = 512;
/** Bytes of a file that one block takes at most. */
export const BLOCK = 1 << 20;
/** Bytes of a line in which its column is looked for. */
export const LINE_LIMIT = 64 << 10;
/** Bytes after a block that the scanner may look at: the limit of the block's last line, and a value that begins there. */
export const LOOK_AHEAD = LINE_LIMIT + (4 << 10);
/** Bytes after which the lists must be emptied: they have room for every value in as many. */
export const SLICE = 64 << 10;

// Modes of `next`.
/** It counts values itself, where it can. */
export const COUNTS = 1;
/** It stops at the end of a line in which nothing was found, unless the line's column is empty. */
export const WANTS_LINES = 2;

// What `next` stopped for.
/** A blank after "ct" or ten hex digits, or the "l" before a "g": something may begin or end here. */
export const ANCHOR = 1;
/** A newline, in every mode after a line that is only `direct`. The caller begins the next line: `LINES`, `LINE_START`, `IS_SETTLED`. */
export const LINE_END = 2;

// Words of `state`.
/** `ANCHOR`, `LINE_END`, or 0 at the end of the range. */
export const STOPPED = 0;
/** Where the current line begins; -1 where that is before the block. */
export const LINE_START = 1;
/** Newlines since the block began. */
export const LINES = 2;
/** 1 where something was found in the current line, or it began before the block: its column is not looked at. */
export const IS_SETTLED = 3;
/** The column, as for `fieldAt`: its kind, and in the next word its index. */
export const COLUMN_KIND = 4;
/** Runs of `direct` values: the first (-1 as long as it goes on), the longest that has ended, the current. */
export const FIRST_RUN = 6;
export const LONGEST_RUN = 7;
export const RUN = 8;
/** How many values each of the lists has. */
export const LIST_COUNTS = 9;
/** How often each form was counted, except `direct`. */
export const FORM_COUNTS = 13;
/** How often each of `directs` was counted. */
export const DIRECT_COUNTS = 18;
/** How many bytes of each of `directs` are in use; 0 where it is free. */
export const DIRECT_LENGTHS = 22;

/** Numbers that describe one distribution: minimum, maximum, high and low part of the sum, first value too large, steps per unit. */
export const NUMBERS = 8;
/** `direct` values that the index can recognise, and the bytes of each. */
export const MOST_DIRECTS = 4;
export const DIRECT_BYTES = 128;

const LIST_LENGTH = 4096;
const WINDOW = LOOK_BEHIND + BLOCK + LOOK_AHEAD;
/** The index reads whole groups of 64 bytes and one byte more; it never interprets what lies beyond its range. */
const PADDING = 128;
const STATE_AT = WINDOW + PADDING;
const NUMBERS_AT = STATE_AT + 128;
const DIRECTS_AT = NUMBERS_AT + 2 * NUMBERS * 8;
const LISTS_AT = DIRECTS_AT + MOST_DIRECTS * DIRECT_BYTES;
/** The module's own data lies from 20 pages on (scripts/build-webassembly.mjs). */
const PAGES = 21;

/** A window of bytes, and what was found in it. See anchor-index.as.ts. */
export interface AnchorIndex {
  readonly window: Uint8Array;
  readonly state: Int32Array;
  /** Ratios (percent) and times (seconds) of counted values. */
  readonly numbers: Float64Array;
  /** `direct` values that count wherever they stand as words, `DIRECT_BYTES` for each. */
  readonly directs: Uint8Array;
  /** Of counted values: the steps of ratio and time, the flags, the version. */
  readonly lists: readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  /**
   * Goes over window[begin, end) (`begin` at least 65) up to the first place where the caller must look, and returns it;
   * `STOPPED` says what it is. Bytes at or after `limit` are part of nothing.
   */
  next(begin: number, end: number, limit: number, modes: number): number;
}

// @types/node declares WebAssembly only with the DOM library. This is what is used of it.
interface WebAssemblyApi {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

type Next = (begin: number, end: number, limit: number, modes: number, state: number) => number;

/** The index in WebAssembly, or in plain JavaScript where the processor or `--jitless` has no SIMD for it. */
export function createAnchorIndex(): AnchorIndex {
  const api = (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return createPlainAnchorIndex();
  try {
    const memory = new api.Memory({ initial: PAGES, maximum: PAGES });
    const module = new api.Module(Buffer.from(anchorIndexWasm, 'base64'));
    const next = new api.Instance(module, { env: { memory } }).exports['next'] as Next;
    return { ...viewsOf(memory.buffer), next: (begin, end, limit, modes) => next(begin, end, limit, modes, STATE_AT) };
  } catch {
    return createPlainAnchorIndex();
  }
}

/** The same index, slow and obvious. It counts nothing itself and stops everywhere; the tests hold the two together. */
export function createPlainAnchorIndex(): AnchorIndex {
  const views = viewsOf(new ArrayBuffer(LISTS_AT + 4 * LIST_LENGTH * 4));
  const { window, state } = views;
  const next: AnchorIndex['next'] = (begin, end, _limit, modes) => {
    for (let at = begin; at < end; at += 1) {
      const isNewline = window[at] === 0x0a;
      const isWanted = isNewline ? isWantedLine(views, at, modes) : isAnchor(window, at);
      if (isWanted) {
        state[STOPPED] = isNewline ? LINE_END : ANCHOR;
        return at;
      }
      if (isNewline) beginLine(state, at + 1);
    }
    state[STOPPED] = 0;
    return end;
  };
  return { ...views, next };
}

/** A line begins at `at`. */
export function beginLine(state: Int32Array, at: number): void {
  state[LINE_START] = at;
  state[LINES] = (state[LINES] as number) + 1;
  state[IS_SETTLED] = 0;
}

function viewsOf(buffer: ArrayBuffer): Omit<AnchorIndex, 'next'> {
  const list = (i: number) => new Uint32Array(buffer, LISTS_AT + i * LIST_LENGTH * 4, LIST_LENGTH);
  return {
    window: new Uint8Array(buffer, 0, WINDOW),
    state: new Int32Array(buffer, STATE_AT, 32),
    numbers: new Float64Array(buffer, NUMBERS_AT, 2 * NUMBERS),
    directs: new Uint8Array(buffer, DIRECTS_AT, MOST_DIRECTS * DIRECT_BYTES),
    lists: [list(0), list(1), list(2), list(3)],
  };
}

function isWantedLine({ window, state }: Pick<AnchorIndex, 'window' | 'state'>, at: number, modes: number): boolean {
  if (state[IS_SETTLED] !== 0) return false;
  return (modes & WANTS_LINES) !== 0 || directLineAt(window, state[LINE_START] as number, at) >= 0;
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
