import type { StageName } from '../../../src/decoders/origin-stages.js';
import type { Blame, FailureCode } from '../../../src/model/failure.js';
import type { Ground } from './ground.js';

/** What stands where the origin is expected, for the time of one run. */
export interface Served {
  readonly port: number;
  /** More arguments, with names of files and ports that only the server knows. */
  readonly args?: readonly string[];
  /** Absent: it is shared, and ends with the ground. */
  close?(): Promise<void>;
}

/** What visitors get, where it breaks, and whose side that is. */
export interface Breaks {
  readonly code: number;
  readonly stage: StageName;
  readonly blame: Blame;
  /** The 1xxx code in the body. */
  readonly errorCode?: number;
  /** The status is the origin's own; absent: false. */
  readonly passedThrough?: true;
  /** What the stage failed with; several where more than one name is right. */
  readonly failure?: FailureCode | readonly FailureCode[];
}

/** The origin causes no error. */
export interface Healthy {
  readonly code: null;
  /** What strict would refuse: the certificate stage warns with it. */
  readonly warns?: FailureCode;
}

/** Nobody can say from here. */
export interface Unclear {
  readonly undetermined: StageName;
  readonly failure?: FailureCode | readonly FailureCode[];
}

export type Outcome = Breaks | Healthy | Unclear;

export type Expected = Outcome & {
  /** Several where CLI.md leaves it open. */
  readonly exit: number | readonly number[];
  /** More of the facts, as `toMatchObject` takes it. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Milliseconds within which the report is there: less than a timer, where nothing is worth waiting for. */
  readonly withinMs?: number;
  /** Facts that notes are about, as JSON pointers. */
  readonly notes?: readonly string[];
};

/** What rg-listener makes of the same origin. */
export interface RailgunForm {
  /** Lines of railgun.conf instead of `lan.timeout = 1` or `validate.cert = 0`, or beside them and map.file. */
  readonly conf?: readonly string[];
  /** There are neither `lan.timeout` nor `validate.cert` unless `conf` has them. */
  readonly bare?: true;
  /** Lines of railgun-nat.conf, `{port}` is that of the server; absent: one that leads there. `[]`: there is no such file. */
  readonly map?: readonly string[];
  /** The status that visitors see; null: none. */
  readonly code: number | null;
  /** What it logs, `{at}` is its destination; absent: no published source shows the words, or it is content. */
  readonly logLine?: string;
  /** Published sources have several lines for it: none is expected. */
  readonly anyLine?: true;
  /** The version of rg-listener; absent: the newest. */
  readonly version?: string;
  /** The exit code of the run with both ways; absent: that of the direct way. */
  readonly exit?: number | readonly number[];
  /** More of `facts.railgun`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Scenario {
  /** The symptom. */
  readonly name: string;
  readonly serve: (ground: Ground) => Promise<Served>;
  /** The host or URL, `{port}` is that of the server; absent: www.example.com, and the port in --port. */
  readonly target?: string;
  /** What is given to --ip; absent: 127.0.0.1. */
  readonly ips?: readonly string[];
  readonly args?: readonly string[];
  readonly expected: Expected;
  readonly railgun?: RailgunForm;
}

/** The host of all scenarios: one of the documentation. */
export const host = 'www.example.com';

/** A row that breaks exits with 2. */
export const breaks = (
  code: number,
  stage: StageName,
  blame: Blame,
  failure?: Breaks['failure'],
  more: Partial<Breaks & Expected> = {},
): Expected => ({ code, stage, blame, ...(failure !== undefined && { failure }), exit: 2, ...more }) as Expected;

/** Nothing is wrong, and the exit code says so. */
export const healthy = (facts?: Expected['facts']): Expected => ({ code: null, exit: 0, ...(facts && { facts }) });

/** The lines that rg-listener writes, by what happened (facts: log lines at level 0); `{at}` is its destination. */
export const listenerLog = {
  timeout: `connection failed {at}/${host}: dial tcp {at}: i/o timeout`,
  silence: `no response from origin (timeout) {at}/${host}`,
  refused: 'Error getting page: dial tcp {at}:connection refused',
  refusedTls: `connection failed {at}/${host}: dial tcp {at}:connection refused`,
  handshake: `connection failed {at}/${host}: remote error: handshake failure`,
  unknownAuthority: `${host} origin request failed {at} to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority`,
  wrongName: (names: string) => `connection failed {at}/${host}: x509: certificate is valid for ${names}, not ${host}`,
} as const;
