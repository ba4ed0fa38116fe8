import { anchorIndexWasm } from './anchor-index.wasm.js';

/** Bytes before a block that the scanner may look at. */
export const LOOK_BEHIND = 512;
/** Bytes of a file that one block takes at most. */
export const BLOCK = 1 << 20;
/** Bytes after a block that the scanner may look at: 64 KiB of the block's last line, and a value that begins there. */
export const LOOK_AHEAD = (64 << 10) + (4 << 10);
/** Bytes that are indexed at once: they and their anchors stay in the processor's cache. */
export const SLICE = 64 << 10;

const WINDOW = LOOK_BEHIND + BLOCK + LOOK_AHEAD;
/** The index reads whole groups of 64 bytes and one byte more; it never interprets what lies beyond the range asked for. */
const PADDING = 128;
const PAGE = 64 << 10;

/** A window of bytes, and the places in it where something of a log can begin or end. See anchor-index.as.ts. */
export interface AnchorIndex {
  readonly window: Uint8Array;
  /** The anchors that `find` wrote: positions in the window, ascending. */
  readonly anchors: Uint32Array;
  /** Indexes window[begin, end), at most `SLICE` bytes, `begin` at least 65; returns the number of anchors. */
  find(begin: number, end: number): number;
}

// @types/node declares WebAssembly only with the DOM library. This is what is used of it.
interface WebAssemblyApi {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

type Find = (begin: number, end: number, out: number) => number;

/** The index in WebAssembly, or in plain JavaScript where the processor or `--jitless` has no SIMD for it. */
export function createAnchorIndex(): AnchorIndex {
  const api = (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return createPlainAnchorIndex();
  try {
    const listAt = WINDOW + PADDING;
    const pages = Math.ceil((listAt + SLICE * 4) / PAGE);
    const memory = new api.Memory({ initial: pages, maximum: pages });
    const module = new api.Module(Buffer.from(anchorIndexWasm, 'base64'));
    const find = new api.Instance(module, { env: { memory } }).exports['find'] as Find;
    return {
      window: new Uint8Array(memory.buffer, 0, WINDOW),
      anchors: new Uint32Array(memory.buffer, listAt, SLICE),
      find: (begin, end) => find(begin, end, listAt),
    };
  } catch {
    return createPlainAnchorIndex();
  }
}

/** The same index, slow and obvious: the tests hold the two together. */
export function createPlainAnchorIndex(): AnchorIndex {
  const window = new Uint8Array(WINDOW);
  const anchors = new Uint32Array(SLICE);
  const find = (begin: number, end: number) => {
    let count = 0;
    for (let at = begin; at < end; at += 1) {
      if (isAnchor(window, at)) {
        anchors[count] = at;
        count += 1;
      }
    }
    return count;
  };
  return { window, anchors, find };
}

function isAnchor(window: Uint8Array, at: number): boolean {
  const c = window[at];
  if (c === 0x0a) return true;
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
