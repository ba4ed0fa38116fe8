import type { ListenerLineId } from '../knowledge/listener-log-lines.js';
import type { ListenerLogForm } from './listener-log-prefix.js';
import type { CauseTally, ListenerLogTally, NameCounts } from './listener-log-tally.js';
import { mostFrequent } from './listener-tally-merge.js';

export type { ListenerLogForm } from './listener-log-prefix.js';

/** A line of a log, to show it: at most 500 UTF-16 units of it. */
export interface LogSample {
  /** From 1, in its file. */
  readonly line: number;
  /** As the reader was told it is called; absent where it was not. */
  readonly file?: string;
  readonly text: string;
}

/** What was said of one cause. Instants are RFC 3339, UTC. */
export interface ListenerCause {
  /** A `ListenerLineId`; facts that were saved may have one that is not known here. */
  readonly id: string;
  /** Lines; one that syslog made of several (`message repeated 99 times`) counts as often as it says. So do names and rates. */
  readonly count: number;
  /** Absent where none of the lines has a time. */
  readonly first?: string;
  readonly last?: string;
  /** Host → lines that name it: at most 20, the most frequent ones. */
  readonly hosts: Readonly<Record<string, number>>;
  /** Lines that name another host than these. */
  readonly otherHosts: number;
  /** `address:port` → lines, likewise. */
  readonly destinations: Readonly<Record<string, number>>;
  readonly otherDestinations: number;
  /** Lines in each interval of `rate`, as many as there are intervals. */
  readonly rate: readonly number[];
  /** The last of them. */
  readonly sample: LogSample;
}

/** What rg-listener's log holds. */
export interface ListenerLogSummary {
  /** All that were read. */
  readonly lines: number;
  /** Those within `since` and `until`; of a line without a time, that of the line before counts. */
  readonly considered: number;
  /** Of those: what a published row fits. */
  readonly recognised: number;
  /** Of those: what another program wrote, by its tag. */
  readonly ofOthers: number;
  /** Of those: what rg-listener wrote, by its tag, or nobody is named for, and no row fits. Blank lines are not counted. */
  readonly unrecognised: number;
  /** The first few of different shapes. */
  readonly unrecognisedSamples: readonly LogSample[];
  /** Recognised lines before which no time was seen. */
  readonly untimed: number;
  /** The first and the last instant of recognised lines. */
  readonly first?: string;
  readonly last?: string;
  /** Recognised lines by how they are written. */
  readonly forms: Readonly<Partial<Record<ListenerLogForm, number>>>;
  /** Machines that wrote them → lines, at most 20. */
  readonly machines: Readonly<Record<string, number>>;
  /** The most frequent first. */
  readonly causes: readonly ListenerCause[];
  /** The intervals that lines are counted in: at most 60, each `seconds` long, the first one begins at `from`. */
  readonly rate?: { readonly from: string; readonly seconds: number; readonly intervals: number };
}

/** Names that a summary has of one kind. */
const mostShown = 20;

/** What a tally comes to. */
export function summariseListenerLog(tally: ListenerLogTally): ListenerLogSummary {
  const { lines, considered, recognised, ofOthers, unrecognised, untimed, first, last, machines } = tally;
  const { width, first: begin, last: end } = tally.intervals;
  const intervals = end - begin + 1;
  return {
    lines,
    considered,
    recognised,
    ofOthers,
    unrecognised,
    unrecognisedSamples: tally.unrecognisedSamples.map(({ sample }) => sample),
    untimed,
    ...span(first, last),
    // The index and the lines read by themselves come to them in another order.
    forms: Object.fromEntries([...tally.forms].sort(([a], [b]) => (a < b ? -1 : 1))),
    machines: shown(machines).names,
    causes: [...tally.causes]
      .map(([id, cause]) => causeOf(id, cause, begin, intervals))
      .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
    ...(begin <= end && { rate: { from: rfc3339(begin * width * 1000), seconds: width, intervals } }),
  };
}

function causeOf(id: ListenerLineId, cause: CauseTally, begin: number, intervals: number): ListenerCause {
  const { count, first, last, rate, sample } = cause;
  const [hosts, destinations] = [shown(cause.hosts), shown(cause.destinations)];
  return {
    id,
    count,
    ...span(first, last),
    hosts: hosts.names,
    otherHosts: hosts.others,
    destinations: destinations.names,
    otherDestinations: destinations.others,
    rate: intervals > 0 ? Array.from({ length: intervals }, (_, at) => rate.get(begin + at) ?? 0) : [],
    sample,
  };
}

function shown({ names, others }: NameCounts): { names: Record<string, number>; others: number } {
  const sorted = mostFrequent(names);
  const rest = sorted.slice(mostShown).reduce((sum, [, count]) => sum + count, others);
  return { names: Object.fromEntries(sorted.slice(0, mostShown)), others: rest };
}

function span(first: number, last: number): { first?: string; last?: string } {
  return first <= last ? { first: rfc3339(first), last: rfc3339(last) } : {};
}

function rfc3339(at: number): string {
  return new Date(at).toISOString();
}
