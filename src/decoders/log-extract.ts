import { decodeListenerLine } from './listener-log-line.js';
import { isListener, isOfOther, syslogHead, unquoted } from './listener-log-prefix.js';
import { createLogClock, instantOfMicroseconds, type LogClock } from './log-time.js';
import { decodeLines } from './text-encoding.js';

export interface LogExtractOptions {
  /** Milliseconds since the epoch: lines that say they are older are left out. */
  readonly since?: number;
  /** Milliseconds since the epoch: what a time without a year is counted from. */
  readonly asOf: number;
  /** Bytes of the extract: the last ones of it are kept. */
  readonly most: number;
}

export interface LogExtract {
  /** Whole lines, each with its end. */
  readonly text: string;
  readonly lines: number;
  /** There are more that are recent enough: `most` bytes are kept. */
  readonly cut: boolean;
}

/** Takes a log from its end to its beginning. */
export interface LogExtractor {
  /**
   * The bytes that come before all that were given. `isBeginning`: nothing comes before them. Returns whether anything before
   * them is of use.
   */
  before(bytes: Uint8Array, isBeginning: boolean): boolean;
  finish(): LogExtract;
}

/** Bytes; no line of rg-listener comes near it, and what is longer is left out. */
const longestLine = 65_536;

/** Lines that follow one that names its program, at most: the stacks of a Go panic are long. */
const mostFollowing = 2000;

/** What a line has to have in it, to be worth a closer look. */
const named = /railgun|rg[-_]listener/i;

/** How lines of syslog begin: another program has written them, unless they name rg-listener. */
const headed =
  /^(?:<\d{1,3}>|[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:|[A-Z][a-z]{2} \d{4}-\d\d-\d\d )/;

/**
 * The lines of rg-listener in a log that others write into too, with those that belong to them: the rest of a message of several
 * lines. Time is linear in what is given; memory is bounded by `most`, the longest block that is given, and the longest line.
 */
export function createLogExtractor({ since, asOf, most }: LogExtractOptions): LogExtractor {
  /** Of each block that was given, last first. */
  const blocks: (readonly string[])[] = [];
  let bytesKept = 0;
  let cut = false;
  /** The end of a line whose beginning comes before; nothing of one that is too long. */
  let rest: Uint8Array = new Uint8Array(0);
  let isTooLong = false;
  /** Lines without a name at the beginning of what was given: whose they are, the line before them says. */
  let following: string[] = [];

  function before(bytes: Uint8Array, isBeginning: boolean): boolean {
    const whole = isTooLong ? withoutLastLine(bytes) : Buffer.concat([bytes, rest]);
    if (whole === undefined && !isBeginning) return true;
    const block = whole ?? new Uint8Array(0);
    const first = isBeginning ? 0 : block.indexOf(10) + 1;
    isTooLong = !isBeginning && (first === 0 ? block.length : first) > longestLine;
    rest =
      isBeginning || isTooLong ? new Uint8Array(0) : Buffer.from(block.subarray(0, first === 0 ? undefined : first));
    if (first === 0 && !isBeginning) return true;
    return takeLines(block.subarray(first), isBeginning);
  }

  function takeLines(block: Uint8Array, isBeginning: boolean): boolean {
    const lines = decodeLines(block).split('\n');
    if (lines.at(-1) === '') lines.pop();
    const clock = createLogClock(asOf);
    const kept: string[] = [];
    let oldest: number | undefined;
    // Whether the last line with a name is of rg-listener, and recent enough; not known at the beginning of a block.
    let isOwn: boolean | undefined;
    let unnamed: string[] = [];
    let count = 0;
    for (const line of lines) {
      const seen = lookAt(line);
      if (seen === 'follows') {
        count += 1;
        if (isOwn === undefined) unnamed.push(line);
        else if (isOwn && count <= mostFollowing) kept.push(line);
        continue;
      }
      count = 0;
      const at = seen.isOwn || oldest === undefined ? instantOf(line, seen, clock) : undefined;
      oldest ??= at;
      isOwn = seen.isOwn && line.length <= longestLine && (since === undefined || at === undefined || at >= since);
      if (isOwn) kept.push(line);
    }
    if (isOwn === undefined) {
      unnamed = [...unnamed, ...following];
    } else {
      if (isOwn) kept.push(...following.slice(0, mostFollowing));
    }
    following = unnamed.slice(0, mostFollowing);
    if (isBeginning) following = [];
    for (const line of kept) bytesKept += Buffer.byteLength(line) + 1;
    if (kept.length > 0) blocks.push(kept);
    if (bytesKept > most) {
      cut = true;
      return false;
    }
    return since === undefined || oldest === undefined || oldest >= since;
  }

  function finish(): LogExtract {
    const kept: string[] = [];
    let bytes = 0;
    for (const block of blocks) {
      for (let index = block.length - 1; index >= 0; index -= 1) {
        const line = block[index] ?? '';
        bytes += Buffer.byteLength(line) + 1;
        if (bytes > most) return { text: textOf(kept), lines: kept.length, cut: true };
        kept.push(line);
      }
    }
    return { text: textOf(kept), lines: kept.length, cut };
  }

  return { before, finish };
}

/** Given from the last to the first. */
function textOf(lines: readonly string[]): string {
  return lines.map((_, index) => `${lines[lines.length - 1 - index]}\n`).join('');
}

/** What is left of a block whose last line is the beginning of one that is too long; nothing where it is all of it. */
function withoutLastLine(bytes: Uint8Array): Uint8Array | undefined {
  const last = bytes.lastIndexOf(10);
  return last < 0 ? undefined : bytes.subarray(0, last + 1);
}

interface Looked {
  readonly isOwn: boolean;
  /** Of journald. */
  readonly microseconds?: string;
}

function lookAt(line: string): Looked | 'follows' {
  const mayBeOwn = named.test(line);
  // Of most lines of a log that is shared nothing more is to be known.
  if (!mayBeOwn && headed.test(line)) return { isOwn: false };
  if (line.startsWith('{"')) return lookAtJournal(line);
  const bare = unquoted(line);
  const head = syslogHead(bare);
  if (head.form !== 'bare') return { isOwn: mayBeOwn && !isOfOther(head) };
  // Where it goes to no syslog, only rg-listener writes into it.
  if (head.time !== undefined || decodeListenerLine(bare) !== undefined) return { isOwn: true };
  return 'follows';
}

/** The entries of `journalctl -o json`. */
function lookAtJournal(line: string): Looked {
  const microseconds = /"__REALTIME_TIMESTAMP"\s?:\s?"(\d{1,17})"/.exec(line)?.[1];
  const [, name = ''] =
    /"SYSLOG_IDENTIFIER"\s?:\s?"([^"]{1,64})"/.exec(line) ?? /"_COMM"\s?:\s?"([^"]{1,64})"/.exec(line) ?? [];
  return { isOwn: isListener(name), ...(microseconds !== undefined && { microseconds }) };
}

function instantOf(line: string, { microseconds }: Looked, clock: LogClock): number | undefined {
  if (microseconds !== undefined) return instantOfMicroseconds(microseconds);
  const { time } = syslogHead(unquoted(line.slice(0, 200)));
  return time === undefined ? undefined : clock.instant(time);
}
