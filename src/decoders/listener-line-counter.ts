import { listenerLogEntry } from './listener-log-entry.js';
import { decodeListenerLine, isOpenEnded, type ListenerLine } from './listener-log-line.js';
import { type ListenerLogForm, prefixOf } from './listener-log-prefix.js';
import type { LogSample } from './listener-log-summary.js';
import {
  copyOf,
  countRecognised,
  createListenerTally,
  type ListenerLogTally,
  MOST_SAMPLES,
  SAMPLE_LENGTH,
} from './listener-log-tally.js';
import type { LogClock } from './log-time.js';

/** A line about a request, or a sign of life; `at` in ms since 1970, `number` from 1. */
export type OnListenerRequest = (line: ListenerLine, at: number | undefined, number: number) => void;

/** Counts lines that are given one after the other, or some of them. */
export interface ListenerLineCounter {
  readonly tally: ListenerLogTally;
  /** @param isCut the line is longer than the text: whatever it is, it is none of rg-listener's */
  read(text: string, number: number, isCut: boolean): void;
  sample(number: number, text: string): LogSample;
  finish(): void;
}

export interface ListenerLineCounterOptions {
  readonly clock: LogClock;
  readonly since: number;
  readonly until: number;
  readonly file: string | undefined;
  readonly onRequest: OnListenerRequest | undefined;
}

/** A line that was not recognised by itself, or as one that may go on. */
interface Unread {
  readonly form: ListenerLogForm;
  readonly text: string;
  readonly number: number;
  /** When it was written, in ms since 1970; of one without a time, that of the line before. */
  readonly at: number | undefined;
  /** What it is where nothing follows that belongs to it. */
  readonly line?: ListenerLine;
}

/** How lines begin that are long enough to be wrapped where they were pasted. */
const beginning =
  /\b(?:connection failed|no response from origin|Error getting page:|Error activating:|origin request failed|[RT]x \[|dial tcp)/;
/** UTF-16 units of a line that may be wrapped. */
const longestPart = 4096;

export function createListenerLineCounter(options: ListenerLineCounterOptions): ListenerLineCounter {
  const { clock, since, until, file, onRequest } = options;
  const tally = createListenerTally();
  /** The line before, where the next one may be the rest of it. */
  let begun: Unread | undefined;

  function read(text: string, number: number, isCut: boolean): void {
    const entry = listenerLogEntry(text, clock);
    const at = clock.before;
    const before = begun?.number === number - 1 ? begun : undefined;
    if (before === undefined) giveUp();
    if (at !== undefined && (at < since || at > until)) {
      giveUp();
      return;
    }
    tally.considered += 1;
    if (entry.kind === 'recognised' && !isCut) {
      giveUp();
      const { line, form, text: shown } = entry;
      const part = { form, text: shown, number, at, line };
      if (isOpenEnded(line) && mayBeWrapped(part)) begun = part;
      else take(line, part);
    } else if (entry.kind === 'recognised' || entry.kind === 'unrecognised') {
      // What has a time of its own is no rest of another line.
      takeUnrecognised(
        { form: entry.form, text: entry.text, number, at },
        entry.at === undefined ? before : undefined,
        isCut,
      );
    } else {
      giveUp();
      if (entry.kind === 'other') tally.ofOthers += 1;
    }
  }

  function take(line: ListenerLine, { form, text, number, at }: Unread): void {
    const { id, parts, prefix, times } = line;
    const [machine, host, destination] = [prefix.hostname, parts['host'], parts['destination']];
    countRecognised(tally, { id, form, at, machine, host, destination, sample: sample(number, text), times });
    if (parts['requestId'] !== undefined) onRequest?.(line, at, number);
  }

  function takeUnrecognised(part: Unread, before: Unread | undefined, isCut: boolean): void {
    const { text, form } = part;
    const isShort = !isCut && text.length <= longestPart;
    if (before !== undefined && form === 'bare' && isShort) {
      const whole = `${before.text} ${text}`;
      const line = decodeListenerLine(whole);
      // Free words go on with whatever follows: nothing shows that it belongs to them.
      if (line !== undefined && !(before.line !== undefined && isOpenEnded(line))) {
        begun = undefined;
        take(line, { ...before, text: whole });
        return;
      }
    }
    giveUp();
    if (!isCut && mayBeWrapped(part) && beginning.test(text)) begun = part;
    else countUnrecognised(part);
  }

  /** What was begun does not go on. */
  function giveUp(): void {
    if (begun === undefined) return;
    if (begun.line === undefined) countUnrecognised(begun);
    else take(begun.line, begun);
    begun = undefined;
  }

  function countUnrecognised({ text, number }: Unread): void {
    tally.unrecognised += 1;
    const { unrecognisedSamples: samples } = tally;
    if (samples.length === MOST_SAMPLES) return;
    const shape = shapeOf(text);
    if (samples.some((known) => known.shape === shape)) return;
    samples.push({ shape, sample: sample(number, copyOf(text.slice(0, SAMPLE_LENGTH))) });
  }

  function sample(number: number, text: string): LogSample {
    return { line: number, ...(file !== undefined && { file }), text: text.slice(0, SAMPLE_LENGTH) };
  }

  return { tally, read, sample, finish: giveUp };
}

function mayBeWrapped({ form, text }: Unread): boolean {
  return form !== 'journald' && text.length <= longestPart;
}

/** What lines have in common that differ in times, numbers and names only: how their message begins. */
function shapeOf(text: string): string {
  const { prefix, message } = prefixOf(text.slice(0, SAMPLE_LENGTH));
  const words = message.split(/\s+/, 4).map((word) => (/[\d.]/.test(word) ? '0' : word));
  return `${prefix.tag ?? ''} ${words.join(' ')}`;
}
