import { LOOK_AHEAD, LOOK_BEHIND } from './anchor-index.js';
import { emptyBlock, joinBlocks, type RailgunBlock } from './cf-railgun-block.js';
import { createRailgunLogScanner } from './cf-railgun-log.js';
import { createTally, type RailgunTally } from './cf-railgun-tally.js';

/** What a whole log holds. */
export interface RailgunLog {
  readonly block: RailgunBlock;
  readonly tally: RailgunTally;
}

/**
 * Scans a log that comes in pieces. How it is cut changes nothing. Every line is decided as soon as its newline is there,
 * so that a log that is still written can be followed.
 */
export interface RailgunLogReader {
  /** The next bytes of the log, any number of them. */
  push(chunk: Uint8Array): void;
  /** The log has ended. Nothing can be pushed after this. */
  finish(): RailgunLog;
}

/** The text of one value, as it stands in the log, and its line; 1 is the first. */
export type OnLogValue = (text: string, line: number) => void;

export function createRailgunLogReader(options: { onValue?: OnLogValue } = {}): RailgunLogReader {
  const { window, scan } = createRailgunLogScanner();
  const { onValue } = options;
  const tally = createTally();
  const cutAt = window.length - LOOK_AHEAD;
  let block = emptyBlock;
  /** The bytes that are not scanned yet: window[LOOK_BEHIND, filled). */
  let filled = LOOK_BEHIND;

  const hand =
    onValue &&
    ((start: number, end: number, line: number) => {
      onValue(
        Buffer.from(window.buffer, window.byteOffset + start, end - start).toString('latin1'),
        block.lines + line,
      );
    });

  function scanTo(end: number, last: boolean): void {
    block = joinBlocks(block, scan({ begin: LOOK_BEHIND, end, limit: filled, last }, block.column, tally, hand));
    // What was scanned last becomes the look-behind of what comes next.
    window.copyWithin(0, end - LOOK_BEHIND, filled);
    filled -= end - LOOK_BEHIND;
  }

  function advance(length: number): void {
    const from = filled;
    filled += length;
    const newline = window.subarray(from, filled).lastIndexOf(0x0a);
    if (newline >= 0) scanTo(from + newline + 1, false);
    else if (filled === window.length) scanTo(cutAt, false);
  }

  function push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + window.length - filled);
      window.set(piece, filled);
      advance(piece.length);
      at += piece.length;
    }
  }

  function finish(): RailgunLog {
    scanTo(filled, true);
    return { block, tally };
  }

  return { push, finish };
}
