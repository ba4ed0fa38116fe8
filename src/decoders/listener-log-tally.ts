import type { ListenerLineId } from '../knowledge/listener-log-lines.js';
import type { ListenerLogForm } from './listener-log-prefix.js';
import type { LogSample } from './listener-log-summary.js';
import {
  coverInstant,
  createRateIntervals,
  intervalOf,
  joinIntervals,
  type RateIntervals,
  widened,
} from './rate-intervals.js';

/** Different names that are counted of one kind; those that come later are only counted together. */
export const MOST_NAMES = 4096;
/** UTF-16 units of a name; a longer one is counted with those that came too late. */
export const NAME_LENGTH = 255;
/** Samples of lines that were not recognised. */
export const MOST_SAMPLES = 5;
/** UTF-16 units of a sample. */
export const SAMPLE_LENGTH = 500;

/** How often each name was there. */
export interface NameCounts {
  readonly names: Map<string, number>;
  /** Of further names, or too long ones. */
  others: number;
}

/** What was counted of one cause. Instants are ms since 1970; `first` > `last` where none of the lines has a time. */
export interface CauseTally {
  count: number;
  first: number;
  last: number;
  readonly hosts: NameCounts;
  readonly destinations: NameCounts;
  /** Interval → lines. */
  rate: Map<number, number>;
  /** The last of the lines. */
  sample: LogSample;
}

/** What was counted in rg-listener's log: plain data that can be sent from thread to thread. See `ListenerLogSummary`. */
export interface ListenerLogTally {
  lines: number;
  considered: number;
  recognised: number;
  ofOthers: number;
  unrecognised: number;
  unrecognisedSamples: { readonly shape: string; readonly sample: LogSample }[];
  untimed: number;
  first: number;
  last: number;
  readonly forms: Map<ListenerLogForm, number>;
  readonly machines: NameCounts;
  readonly causes: Map<ListenerLineId, CauseTally>;
  readonly intervals: RateIntervals;
}

/** A line that was recognised. */
export interface RecognisedLine {
  readonly id: ListenerLineId;
  readonly form: ListenerLogForm;
  /** Ms since 1970. */
  readonly at: number | undefined;
  readonly machine: string | undefined;
  readonly host: string | undefined;
  readonly destination: string | undefined;
  readonly sample: LogSample;
  /** How often it was logged, where the same lines were joined into one; absent: once. */
  readonly times?: number | undefined;
}

export function createListenerTally(): ListenerLogTally {
  return {
    lines: 0,
    considered: 0,
    recognised: 0,
    ofOthers: 0,
    unrecognised: 0,
    unrecognisedSamples: [],
    untimed: 0,
    first: Infinity,
    last: -Infinity,
    forms: new Map(),
    machines: createNameCounts(),
    causes: new Map(),
    intervals: createRateIntervals(),
  };
}

export function createNameCounts(): NameCounts {
  return { names: new Map(), others: 0 };
}

/** The tally of a cause, to which nothing has been added yet where it is new. */
export function causeTally(tally: ListenerLogTally, id: ListenerLineId, sample: LogSample): CauseTally {
  const known = tally.causes.get(id);
  if (known !== undefined) return known;
  const cause: CauseTally = {
    count: 0,
    first: Infinity,
    last: -Infinity,
    hosts: createNameCounts(),
    destinations: createNameCounts(),
    rate: new Map(),
    sample,
  };
  tally.causes.set(id, cause);
  return cause;
}

export function countRecognised(tally: ListenerLogTally, line: RecognisedLine): void {
  const { id, form, at, machine, host, destination, sample, times = 1 } = line;
  tally.recognised += 1;
  tally.forms.set(form, (tally.forms.get(form) ?? 0) + 1);
  countName(tally.machines, machine);
  const cause = causeTally(tally, id, sample);
  cause.count += times;
  cause.sample = sample;
  countName(cause.hosts, host, times);
  countName(cause.destinations, destination, times);
  if (at === undefined) {
    tally.untimed += 1;
    return;
  }
  cover(tally, at);
  tally.first = Math.min(tally.first, at);
  tally.last = Math.max(tally.last, at);
  cause.first = Math.min(cause.first, at);
  cause.last = Math.max(cause.last, at);
  const interval = intervalOf(tally.intervals.width, at);
  cause.rate.set(interval, (cause.rate.get(interval) ?? 0) + times);
}

/** Makes room for an instant (ms since 1970), and brings what was counted to the width of the intervals that takes. */
function cover(tally: ListenerLogTally, at: number): void {
  const { width } = tally.intervals;
  coverInstant(tally.intervals, at);
  widenRates(tally, width);
}

/** Makes room for what was counted in other intervals. */
export function coverIntervals(tally: ListenerLogTally, other: RateIntervals): void {
  if (other.first > other.last) return;
  const { width } = tally.intervals;
  joinIntervals(tally.intervals, other);
  widenRates(tally, width);
}

function widenRates(tally: ListenerLogTally, before: number): void {
  const { width } = tally.intervals;
  if (width === before) return;
  for (const cause of tally.causes.values()) cause.rate = widened(cause.rate, before, width);
}

export function countName(counts: NameCounts, name: string | undefined, by = 1): void {
  if (name === undefined || name === '') return;
  const count = counts.names.get(name);
  if (count !== undefined) counts.names.set(name, count + by);
  else if (counts.names.size === MOST_NAMES || name.length > NAME_LENGTH) counts.others += by;
  else counts.names.set(copyOf(name), by);
}

/** A part of a text keeps all of the text in memory: this does not. */
export function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
