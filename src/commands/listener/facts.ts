import type { GoPanicLog } from '../../decoders/go-panic.js';
import type { ListenerCertificate } from '../../decoders/listener-certificate.js';
import type { ListenerStatistics } from '../../decoders/listener-statistics.js';
import type { StatisticsChange } from '../../decoders/listener-statistics-rates.js';
import type { SettingProblem } from '../../decoders/railgun-listener-settings.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare, UnresolvedFacts } from '../../model/reach.js';
import type { StoppableFacts } from '../../model/stop.js';

/** What the user asked of every listener. */
export interface ListenerAsked extends AskedOfNetworkCommand {
  /** Seconds that a handshake, and an answer with statistics, may take. */
  readonly readTimeout: number;
  /** Seconds between two looks; absent: one look. */
  readonly watch?: number;
  /** How many looks; absent: until it is stopped. */
  readonly count?: number;
  /** Where the statistics of each listener are, as given; of one that is for all, only the port. */
  readonly stats?: readonly string[];
  /** Instead of `pid.file` and `stderr.file`. */
  readonly pidFile?: string;
  readonly panicLog?: string;
}

/** One listener: that of a railgun.conf of this machine, or one somewhere. */
export type ListenerPlace = (
  | { readonly kind: 'config'; readonly path: string }
  | { readonly kind: 'host'; readonly host: string; readonly port: number }
) & {
  /** As the user spelled it. */
  readonly text: string;
  /** Where its statistics are, where that was given; without a host: where the listener is. */
  readonly stats?: StatisticsPlace;
};

export interface StatisticsPlace {
  readonly host?: string;
  readonly port: number;
}

/** All listeners of a run: they are looked at together, because they are compared. */
export interface ListenerTarget {
  readonly places: readonly ListenerPlace[];
}

/** A listener that was looked at, however much of it is there. */
export interface SeenFacts extends StoppableFacts {
  readonly kind: 'listener';
  readonly asked: ListenerAsked;
  /** RFC 3339, UTC: the instant to judge as of. */
  readonly observedAt: string;
  /** What this machine says about it; absent: it was named by its host. */
  readonly local?: LocalFacts;
  readonly wan: WanFacts;
  readonly statistics: StatisticsFacts;
  /** What became of all addresses of the name; absent: a literal address, or a listener of this machine. */
  readonly share?: AddressShare;
  /** What became of all listeners of the run; absent: there was one. */
  readonly group?: GroupFacts;
}

export interface LocalFacts {
  readonly config: ConfigFacts;
  readonly pidFile: PidFileFacts;
  readonly processes: ProcessesFacts;
  readonly sockets: SocketsFacts;
  readonly panicLog: PanicLogFacts;
}

/** What railgun.conf says of the listener itself, with the documented defaults. Nothing secret. */
export interface ConfigFacts {
  readonly path: string;
  /** Absent: all addresses. */
  readonly wanIp?: string;
  readonly wanPort: number;
  readonly wanTls: boolean;
  /** A certificate of its own (`cert.file`), instead of one by activation. */
  readonly certFile?: string;
  readonly statsEnabled: boolean;
  readonly statsListen?: string;
  /** Minutes. */
  readonly statsInterval: number;
  readonly pidFile?: string;
  readonly panicLog?: string;
  /** What is wrong with these keys. */
  readonly problems: readonly SettingProblem[];
}

/** A process of this machine. */
export interface ProcessFacts {
  readonly pid: number;
  /** What the system calls it, at most 15 letters. */
  readonly name: string;
  /** The file that it runs; absent: this user may not see it. */
  readonly executable?: string;
  /** That file was replaced or removed since the process began. */
  readonly executableGone?: true;
  /** The name of the user that it runs as, or the number. */
  readonly user?: string;
  /** RFC 3339, UTC. */
  readonly startedAt?: string;
}

export type PidFileFacts =
  | { readonly state: 'not-set' }
  | { readonly state: 'absent'; readonly path: string }
  | { readonly state: 'unreadable'; readonly path: string; readonly failure: Failure }
  | { readonly state: 'not-a-number'; readonly path: string; readonly bytes: number }
  /** There is no process with this number. */
  | { readonly state: 'stale'; readonly path: string; readonly pid: number }
  /** `process` absent: there is one, but this machine, or its user, does not see what it is. */
  | { readonly state: 'read'; readonly path: string; readonly pid: number; readonly process?: ProcessFacts };

export type ProcessesFacts =
  | { readonly state: 'not-seen'; readonly failure: Failure }
  /** All that are called rg-listener, or run a file of that name. */
  | { readonly state: 'seen'; readonly processes: readonly ProcessFacts[] };

/** A socket that listens on the port of the WAN. */
export interface ListeningFacts {
  readonly address: string;
  /** Absent: this user may not see it. */
  readonly owner?: ProcessFacts;
}

export type SocketsFacts =
  | { readonly state: 'not-seen'; readonly failure: Failure }
  | { readonly state: 'seen'; readonly sockets: readonly ListeningFacts[] };

export type PanicLogFacts =
  | { readonly state: 'not-set' }
  | { readonly state: 'absent'; readonly path: string }
  | { readonly state: 'unreadable'; readonly path: string; readonly failure: Failure }
  | {
      readonly state: 'read';
      readonly path: string;
      readonly bytes: number;
      /** RFC 3339, UTC: when something was written last. */
      readonly modifiedAt: string;
      /** Only the end of the file was read. */
      readonly cut: boolean;
      readonly log: GoPanicLog;
    };

export interface WanFacts {
  readonly port: number;
  /** Whether TLS is to be spoken there. */
  readonly tls: boolean;
  /** One for each address: of a listener of this machine that is bound to all of them, both loopback addresses. */
  readonly attempts: readonly WanAttempt[];
}

/** What became of connecting to one address: `192.0.2.1:2408`, `[::1]:2408`. Times in milliseconds. */
export type WanAttempt =
  | { readonly state: 'unreachable'; readonly address: string; readonly failure: Failure }
  /** TLS was not to be spoken. */
  | { readonly state: 'plain'; readonly address: string; readonly connectMs: number }
  | {
      readonly state: 'no-tls';
      readonly address: string;
      readonly connectMs: number;
      readonly failure: Failure;
      readonly certificate?: ListenerCertificate;
    }
  | {
      readonly state: 'tls';
      readonly address: string;
      readonly connectMs: number;
      readonly tlsMs: number;
      /** `TLSv1.2` */
      readonly protocol: string;
      readonly cipher: string;
      /** It asks for the certificate of whoever connects. */
      readonly asksForCertificate?: true;
      readonly certificate: ListenerCertificate;
    };

export type StatisticsFacts =
  | { readonly state: 'skipped'; readonly why: 'disabled' | 'no-address' | 'not-asked' }
  | {
      readonly state: 'failed';
      readonly address: string;
      readonly failure: Failure;
      /** Of the answer, where one came. */
      readonly status?: number;
      /** Its first line, at most 200 characters. */
      readonly heard?: string;
    }
  | {
      readonly state: 'read';
      readonly address: string;
      /** Milliseconds. */
      readonly ms: number;
      readonly statistics: ListenerStatistics;
      /** Seconds since they were made, by their `time`; negative: their clock is ahead. Absent: they have none. */
      readonly ageSeconds?: number;
      /** Absent: one look. */
      readonly watched?: Watched;
      /** Of the intervals up to this look, how many in a row had requests begun and none finished; absent: none. */
      readonly stuckIntervals?: number;
    };

/** What happened since a look before; `first`: there was none. */
export type Watched = { readonly state: 'first' } | StatisticsChange;

/** What became of all listeners, each by the name of its report. */
export interface GroupFacts {
  readonly tried: number;
  readonly dead: readonly string[];
  /** Those of which nothing is known. */
  readonly unknown: readonly string[];
  /** Name of the certificate → listeners that show it. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Requests by listener: a second where they are watched, otherwise since it began; absent where it does not say. */
  readonly requests: Readonly<Record<string, number>>;
  readonly watched: boolean;
}

/** A listener of which not even its configuration could be read. */
export interface FailedFacts extends StoppableFacts {
  readonly kind: 'failed';
  readonly asked: ListenerAsked;
  readonly path: string;
  /** Nobody named the file: it is where the package has it. */
  readonly byDefault?: true;
  readonly failure: Failure;
}

interface UnresolvedListenerFacts extends UnresolvedFacts {
  readonly asked: ListenerAsked;
}

export type ListenerFacts = SeenFacts | FailedFacts | UnresolvedListenerFacts;
