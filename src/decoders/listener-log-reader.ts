import {
  createListenerIndex,
  LINE_LIMIT,
  type OnIndexedRequest,
  STOPPED_FOR_DAY,
  STOPPED_FOR_LINE,
  WINDOW,
  WINDOW_LEAD,
} from './listener-index.js';
import { createListenerLineCounter, type OnListenerRequest } from './listener-line-counter.js';
import { textOf } from './listener-log-entry.js';
import { requestLine } from './listener-log-line.js';
import type { ListenerLogTally } from './listener-log-tally.js';
import { mergeListenerTallies } from './listener-tally-merge.js';
import { createLogClock } from './log-time.js';

export { summariseListenerLog } from './listener-log-summary.js';
export type { ListenerLogTally } from './listener-log-tally.js';
export { mergeListenerTallies } from './listener-tally-merge.js';

/** Instants in ms since 1970. */
export interface ListenerLogReaderOptions {
  /** When the log was read or written to last: no line is later than a day after it. It gives times without a year theirs. */
  readonly asOf: number;
  /** Only lines from then on are considered; of a line without a time, that of the line before counts. */
  readonly since?: number;
  /** Only lines until then are considered. */
  readonly until?: number;
  /** What the log is called in samples. */
  readonly file?: string;
  /** Sees every considered line of log.level = 5 that has the id of a request, signs of life too, in the order of the log. */
  readonly onRequest?: OnListenerRequest;
}

/**
 * Reads a log that rg-listener writes into, in pieces; how it is cut changes nothing. Lines may be as long as they like: of one of more than 64 KiB
 * nothing but its author is recognised. At most 4096 different hosts, destinations and machines are counted by
 * themselves, the first that come; memory does not grow with the log.
 */
export interface ListenerLogReader {
  /** The next bytes of the log, any number of them. Lines are read some hundred KiB at a time. */
  push(chunk: Uint8Array): void;
  /** The log has ended. Nothing can be pushed after this. */
  finish(): ListenerLogTally;
}

const NEWLINE = 0x0a;

/** How many bytes of `Oct 27 23:35:57` say the day, the hour, the minute, and from which second to which that goes. */
const spans = [
  { length: 7, seconds: 86_399 },
  { length: 10, seconds: 3599 },
  { length: 12, seconds: 59 },
];

/** @param isIndexed false reads every line as `decodeListenerLine` does, slowly: for where there is no WebAssembly, and tests */
export function createListenerLogReader(options: ListenerLogReaderOptions, isIndexed = true): ListenerLogReader {
  const { asOf, since = -Infinity, until = Infinity, file, onRequest } = options;
  const clock = createLogClock(asOf);
  const counter = createListenerLineCounter({ clock, since, until, file, onRequest });
  const index = isIndexed ? createListenerIndex(since, until, onRequest !== undefined) : undefined;
  const window = index?.window ?? new Uint8Array(WINDOW);
  const bytes = Buffer.from(window.buffer, window.byteOffset, window.length);
  let lines = 0;
  /** The bytes that are not read yet: window[WINDOW_LEAD, filled). */
  let filled = WINDOW_LEAD;
  /** The rest of a long line is passed over. */
  let isSkipping = false;

  const takeRequest: OnIndexedRequest | undefined =
    onRequest &&
    ((at, start, message, end, linesBefore) => {
      const text = latin1(start, end);
      const line = requestLine(text.slice(0, message - start), text.slice(message - start));
      if (line !== undefined) onRequest(line, at, linesBefore + 1);
    });

  function push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (isSkipping) {
        const newline = chunk.indexOf(NEWLINE, at);
        if (newline < 0) return;
        isSkipping = false;
        at = newline + 1;
      }
      // One byte is left for the newline that the last line of a log may lack.
      const piece = chunk.subarray(at, at + WINDOW - 1 - filled);
      window.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled === WINDOW - 1) readLines();
    }
  }

  function finish(): ListenerLogTally {
    if (filled > WINDOW_LEAD && window[filled - 1] !== NEWLINE) {
      window[filled] = NEWLINE;
      filled += 1;
    }
    readLines();
    counter.finish();
    const { tally } = counter;
    tally.lines = lines;
    return index === undefined
      ? tally
      : joined(
          index.tally((line, bytes) => counter.sample(line, textOf(bytes).trim())),
          tally,
        );
  }

  function readLines(): void {
    const newline = window.subarray(0, filled).lastIndexOf(NEWLINE);
    if (newline < WINDOW_LEAD) {
      if (filled < WINDOW - 1) return;
      readLine(WINDOW_LEAD, filled);
      filled = WINDOW_LEAD;
      isSkipping = true;
      return;
    }
    readTo(newline + 1);
    window.copyWithin(WINDOW_LEAD, newline + 1, filled);
    filled -= newline + 1 - WINDOW_LEAD;
  }

  /** Reads the lines of window[WINDOW_LEAD, end). */
  function readTo(end: number): void {
    for (let at = WINDOW_LEAD; at < end; ) {
      if (index !== undefined) {
        at = index.scan(at, end);
        lines = index.lines;
        if (takeRequest !== undefined) index.takeRequests(takeRequest);
        const stopped = index.stopped();
        const isToBeRead = stopped === STOPPED_FOR_LINE || (stopped === STOPPED_FOR_DAY && !tellDay(at));
        if (!isToBeRead) continue;
      }
      const newline = window.indexOf(NEWLINE, at);
      readLine(at, newline);
      at = newline + 1;
    }
    index?.keepSamples();
  }

  function readLine(start: number, end: number): void {
    lines += 1;
    if (index !== undefined) clock.before = index.now;
    const isCut = end - start > LINE_LIMIT;
    counter.read(textOf(window.subarray(start, isCut ? start + LINE_LIMIT : end)), lines, isCut);
    if (index === undefined) return;
    index.lines = lines;
    if (index.now !== clock.before) index.now = clock.before;
  }

  /** Tells the index from when the time of day counts in the line at `at`; false where it has no time. */
  function tellDay(at: number): boolean {
    const time = latin1(at, at + 15);
    const now = instantOf(time, index?.now);
    if (now === undefined) return false;
    return spans.some(({ length, seconds }) => {
      const key = time.slice(0, length);
      const first = key + '00:00:00'.slice(length - 7);
      const from = instantOf(first, now) ?? Number.NaN;
      const to = instantOf(key + '23:59:59'.slice(length - 7), now) ?? Number.NaN;
      if (to - from !== seconds * 1000) return false;
      index?.tellDay(key, from - secondsOfDay(first) * 1000);
      return true;
    });
  }

  function instantOf(time: string, before: number | undefined): number | undefined {
    clock.before = before;
    return clock.instant(time);
  }

  function latin1(start: number, end: number): string {
    return bytes.toString('latin1', start, end);
  }

  return { push, finish };
}

/** Of `Oct 27 23:35:57`. */
function secondsOfDay(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(7).split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}

/** Of each cause, the later one of the two samples. */
function joined(indexed: ListenerLogTally, read: ListenerLogTally): ListenerLogTally {
  const tally = mergeListenerTallies(indexed, read);
  for (const [id, cause] of indexed.causes) {
    const both = tally.causes.get(id);
    if (both !== undefined && both.sample.line < cause.sample.line) both.sample = cause.sample;
  }
  return tally;
}
