import { emptyBlock, joinBlocks, type RailgunBlock } from '../../decoders/cf-railgun-block.js';
import type { RailgunColumn } from '../../decoders/cf-railgun-column.js';
import { createRailgunLogScanner } from '../../decoders/cf-railgun-log.js';
import { createTally, mergeTally, type RailgunTally } from '../../decoders/cf-railgun-tally.js';
import { stopOf } from '../../io/deadline.js';
import type { OpenFile } from '../../io/input.js';
import { startThread, type Thread } from '../../io/thread.js';
import type { Failure } from '../../model/failure.js';
import type { Stop } from '../../model/stop.js';
import { type Segment, segmentStart, segmentsOf, stopSegments } from './segments.js';
import type { ScanAnswer, ScanOrder } from './worker.js';

/** What was seen of a log, or of as much of it as could be read. */
export interface Scanned {
  readonly block: RailgunBlock;
  readonly tally: RailgunTally;
  readonly failure?: Failure;
  /** Why reading ended early. */
  readonly stopped?: Stop;
}

export interface ScanWishes {
  readonly signal: AbortSignal;
  /** At least 1; this thread is one of them. */
  readonly threads: number;
  /** Called now and then with the bytes that are done. */
  progress(bytes: number): void;
}

/** Starting a thread takes as long as scanning this many bytes: below, it is not worth it. */
const worthAThread = 48 << 20;

/**
 * Scans a regular file. Up to its first value one thread reads, because that value shows the column in which the others
 * stand; then all threads take segments as they come. The result does not depend on how many there are.
 */
export async function scanFile(input: OpenFile, { signal, threads, progress }: ScanWishes): Promise<Scanned> {
  const file = { descriptor: input.descriptor, size: input.size, next: new Int32Array(new SharedArrayBuffer(4)) };
  const scanner = createRailgunLogScanner();
  const tally = createTally();
  const segments = new SegmentList(progress);
  const more = input.size > worthAThread ? threads - 1 : 0;
  const workers = Array.from({ length: more }, () => startWorker(segments));
  const stop = () => stopSegments(file);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    let column: RailgunColumn | undefined;
    for (const segment of segmentsOf(file, scanner, undefined, tally)) {
      segments.add(segment);
      if (segment.failure !== undefined) stop();
      column = segments.joined.column;
      if (column !== undefined) break;
      await eventsHandled();
    }
    if (column !== undefined) {
      const others = workers.map((worker) => worker.scan({ file, column: column as RailgunColumn }));
      for (const segment of segmentsOf(file, scanner, column, tally)) {
        segments.add(segment);
        if (segment.failure !== undefined) stop();
        await eventsHandled();
      }
      for (const other of await Promise.all(others)) mergeTally(tally, other);
    }
    const { joined: block, failure } = segments;
    const stopped = segments.bytes < input.size && failure === undefined ? stopOf(signal) : undefined;
    return { block, tally, ...(failure && { failure }), ...(stopped && { stopped }) };
  } finally {
    signal.removeEventListener('abort', stop);
    for (const worker of workers) worker.stop();
  }
}

/** Segments come in any order and are joined in that of the file. */
class SegmentList {
  joined = emptyBlock;
  failure: Failure | undefined;
  readonly #progress: (bytes: number) => void;
  readonly #waiting = new Map<number, RailgunBlock>();
  #next = 0;

  constructor(progress: (bytes: number) => void) {
    this.#progress = progress;
  }

  /** Bytes of the file that are done, from its beginning; past its end when all are. */
  get bytes(): number {
    return segmentStart(this.#next);
  }

  add({ index, block, failure }: Segment): void {
    this.failure ??= failure;
    this.#waiting.set(index, block);
    for (let next = this.#waiting.get(this.#next); next !== undefined; next = this.#waiting.get(this.#next)) {
      this.joined = joinBlocks(this.joined, next);
      this.#waiting.delete(this.#next);
      this.#next += 1;
    }
    this.#progress(this.bytes);
  }
}

interface ScanWorker {
  /** Resolves with the tally of the segments that this worker took. */
  scan(order: ScanOrder): Promise<RailgunTally>;
  stop(): void;
}

function startWorker(segments: SegmentList): ScanWorker {
  let settle: { resolve(tally: RailgunTally): void; reject(error: Error): void } | undefined;
  const done = new Promise<RailgunTally>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // A worker that breaks before it is waited for must not end the process with an unhandled rejection.
  done.catch(() => undefined);
  const thread: Thread<ScanOrder> = startThread<ScanOrder, ScanAnswer>('decode', {
    answer: (answer) => ('tally' in answer ? settle?.resolve(answer.tally) : segments.add(answer.segment)),
    broken: (error) => settle?.reject(error),
  });
  return {
    scan(order) {
      thread.send(order);
      return done;
    },
    stop: () => void thread.stop(),
  };
}

/** Lets signals, timers and messages through. */
function eventsHandled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
