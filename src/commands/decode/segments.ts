import { BLOCK, LOOK_AHEAD, LOOK_BEHIND } from '../../decoders/anchor-index.js';
import { emptyBlock, joinBlocks, type RailgunBlock } from '../../decoders/cf-railgun-block.js';
import type { RailgunColumn } from '../../decoders/cf-railgun-column.js';
import type { RailgunLogScanner } from '../../decoders/cf-railgun-log.js';
import type { RailgunTally } from '../../decoders/cf-railgun-tally.js';
import { readAt } from '../../io/input.js';
import type { Failure } from '../../model/failure.js';

/** Bytes of a file that a thread takes at a time: long enough to be worth a message, short enough to stop soon. */
export const segmentBytes = 4 * BLOCK;

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
  const count = Math.ceil(file.size / segmentBytes);
  for (;;) {
    const index = Atomics.add(file.next, 0, 1);
    if (index >= count) return;
    yield { index, ...scanSegment(file, index, scanner, column, tally) };
  }
}

/** No thread takes another segment: the ones that are under way are finished. */
export function stopSegments(file: SharedFile): void {
  Atomics.store(file.next, 0, 0x7fff_ffff - 0xffff);
}

function scanSegment(
  file: SharedFile,
  index: number,
  scanner: RailgunLogScanner,
  given: RailgunColumn | undefined,
  tally: RailgunTally,
): { block: RailgunBlock; failure?: Failure } {
  const { window } = scanner;
  const end = Math.min(file.size, (index + 1) * segmentBytes);
  let block = emptyBlock;
  for (let at = index * segmentBytes; at < end; at += BLOCK) {
    const behind = Math.min(at, LOOK_BEHIND);
    if (behind === 0) window.fill(0x0a, 0, LOOK_BEHIND);
    const wanted = Math.min(file.size, at + BLOCK + LOOK_AHEAD) - at + behind;
    const read = readAt(
      file.descriptor,
      window.subarray(LOOK_BEHIND - behind, LOOK_BEHIND - behind + wanted),
      at - behind,
    );
    if (!read.ok) return { block, failure: read.failure };
    const limit = LOOK_BEHIND - behind + read.value;
    // A file that was cut meanwhile ends here.
    const last = read.value < wanted || at + BLOCK >= file.size;
    const span = {
      begin: LOOK_BEHIND,
      end: Math.min(limit, LOOK_BEHIND + BLOCK),
      limit,
      last: last && limit <= LOOK_BEHIND + BLOCK,
    };
    if (span.end <= span.begin) break;
    block = joinBlocks(block, scanner.scan(span, given ?? block.column, tally));
  }
  return { block };
}
