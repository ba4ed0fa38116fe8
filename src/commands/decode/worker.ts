import type { RailgunColumn } from '../../decoders/cf-railgun-column.js';
import { createRailgunLogScanner } from '../../decoders/cf-railgun-log.js';
import { createTally, type RailgunTally } from '../../decoders/cf-railgun-tally.js';
import { serveThread } from '../../io/thread.js';
import { type Segment, type SharedFile, segmentsOf } from './segments.js';

export interface ScanOrder {
  readonly file: SharedFile;
  readonly column: RailgunColumn;
}

/** A segment as it is done, and the tally of all of them when no more are to be had. */
export type ScanAnswer = { readonly segment: Segment } | { readonly tally: RailgunTally };

const scanner = createRailgunLogScanner();

serveThread<ScanOrder, ScanAnswer>(({ file, column }, answer) => {
  const tally = createTally();
  for (const segment of segmentsOf(file, scanner, column, tally)) answer({ segment });
  answer({ tally });
});
