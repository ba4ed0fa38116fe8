import { BLOCK } from '../../decoders/anchor-index.js';
import { emptyBlock, joinBlocks, type RailgunBlock } from '../../decoders/cf-railgun-block.js';
import type { RailgunColumn } from '../../decoders/cf-railgun-column.js';
import type { BlockSpan, RailgunLogScanner } from '../../decoders/cf-railgun-log.js';
import type { RailgunTally } from '../../decoders/cf-railgun-tally.js';
import { readAt } from '../../io/input.js';
import type { Failure } from '../../model/failure.js';

/** Bytes of the first segment: most logs show their column in it, so that other threads can begin. */
const headBytes = 64 << 10;

/** Bytes of the others, as a thread takes them: long enough to be worth a message, short enough to stop soon. */
const segmentBytes = 4 * BLOCK;

/** Where the segment begins in the file: the end of the one before. */
export function segmentStart(index: number): number {
  return index === 0 ? 0 : headBytes + (index - 1) * segmentBytes;
}

/** A file that several threads read. */
export interface SharedFile {
  readonly descriptor: number;
  /** Bytes. */
  readonly size: number;
  /** One number that all threads see: the segment that is to be taken next. */
  readonly next: Int32Array;
}

export interface Segment {
  readonly index: number;
  readonly block: RailgunBlock;
  readonly failure?: Failure;
}

/** Takes the segments of a file that no other thread has taken, one after the other. */
export function* segmentsOf(
  file: SharedFile,
  scanner: RailgunLogScanner,
  column: RailgunColumn | undefined,
  tally: RailgunTally,
): Generator<Segment> {
  for (;;) {
    const index = Atomics.add(file.next, 0, 1);
    if (segmentStart(index) >= file.size) return;
    yield { index, ...scanSegment(file, index, scanner, column, tally) };
  }
}

/** Far beyond any file, and far enough from the largest number that threads can still count on. */
const afterAllSegments = 0x7000_0000;

/** No thread takes another segment: the ones that are under way are finished. */
export function stopSegments(file: SharedFile): void {
  Atomics.store(file.next, 0, afterAllSegments);
}

function scanSegment(
  file: SharedFile,
  index: number,
  scanner: RailgunLogScanner,
  given: RailgunColumn | undefined,
  tally: RailgunTally,
): { block: RailgunBlock; failure?: Failure } {
  const { window } = scanner;
  const end = Math.min(file.size, segmentStart(index + 1));
  let block = emptyBlock;
  for (let at = segmentStart(index); at < end; at += BLOCK) {
    const place = scanner.place(at, Math.min(end, at + BLOCK), file.size);
    const read = readAt(file.descriptor, window.subarray(place.at, place.at + place.length), place.from);
    if (!read.ok) return { block, failure: read.failure };
    const span = read.value < place.length ? cutAt(place.span, place.at + read.value) : place.span;
    if (span.end <= span.begin) break;
    block = joinBlocks(block, scanner.scan(span, given ?? block.column, tally));
  }
  return { block };
}

/** The block of a file that was cut meanwhile and now ends at `limit`. */
function cutAt(span: BlockSpan, limit: number): BlockSpan {
  return { ...span, limit, end: Math.min(span.end, limit), last: limit <= span.end };
}
