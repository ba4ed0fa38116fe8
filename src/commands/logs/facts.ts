import type { ListenerClock } from '../../decoders/listener-clock.js';
import type { ListenerLogForm, LogSample } from '../../decoders/listener-log-summary.js';
import type { ListenerRequests } from '../../decoders/listener-requests.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfEveryCommand, StoppableFacts } from '../../model/stop.js';

/** What the user asked of the log. Instants are as they were spelled until there is a clock; in facts RFC 3339, UTC. */
export interface LogsAsked extends AskedOfEveryCommand {
  /** Lines before are left out. */
  readonly since?: string;
  /** Lines after are left out. */
  readonly until?: string;
  /** Seconds between two reports about what was added; absent: one report about what is there. */
  readonly follow?: number;
  /** Seconds: `lan.timeout` in the railgun.conf of that rg-listener; absent: its default. */
  readonly lanTimeout?: number;
  /** Errors that visitors saw: more of them warn, or fail. */
  readonly warning: number;
  readonly critical?: number;
}

/** The files of one log, as the user spelled them; `-` is standard input. */
export interface LogsTarget {
  readonly paths: readonly string[];
  /** Read too, as if it were one of the files. */
  readonly journal?: JournalSource;
}

/** The journal of systemd. */
export interface JournalSource {
  /** What it is called in facts, in the place of a path. */
  readonly name: string;
  /** Where its files are; absent: those of this machine. */
  readonly directory?: string;
}

/** One file of the log. */
export interface FileFacts {
  /** As it was spelled; `journal` or `journal of DIR` for what systemd's journal has. */
  readonly path: string;
  /** That were read of it. */
  readonly lines: number;
  /** Why it could not be read, or not to its end. */
  readonly failure?: Failure;
}

/** What was logged of one cause. Instants are RFC 3339, UTC. */
export interface CauseFacts {
  /** As in `explain`: `connection-timeout`. */
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

/** What rg-listener logged: what `ListenerLogSummary` has, and what became of its requests. */
export interface LogsFacts extends StoppableFacts {
  readonly kind: 'log';
  readonly asked: LogsAsked;
  /** All that were read. */
  readonly lines: number;
  /** Those within `asked.since` and `asked.until`; of a line without a time, that of the line before counts. */
  readonly considered: number;
  /** Of those: what a published row fits. */
  readonly recognised: number;
  /** Of those: what another program wrote, by its tag. */
  readonly ofOthers: number;
  /** Of those: what rg-listener wrote, or nobody is named for, and no row fits. */
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
  readonly causes: readonly CauseFacts[];
  /** The intervals that lines are counted in: at most 60, each `seconds` long, the first one begins at `from`. */
  readonly rate?: { readonly from: string; readonly seconds: number; readonly intervals: number };
  /** In the order in which they were read. */
  readonly files: readonly FileFacts[];
  /** What became of the requests, by the lines of log.level = 5; absent where there are none. */
  readonly requests?: ListenerRequests;
  /** How the clock of the log differs from that of the edge; absent where no sign of life of the edge is logged. */
  readonly clock?: ListenerClock;
  /**
   * With `--follow`: whether this is about what was there first, about what was added since the last report, or about the
   * rest where nothing of rg-listener was ever seen.
   */
  readonly followed?: 'first' | 'added' | 'end';
}
