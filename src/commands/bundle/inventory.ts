import type { Failure } from '../../model/failure.js';
import type { CheckSeen } from './checks-seen.js';
import type { CasePlace } from './facts.js';

/** What was found where something may be, before anything of it is taken. */
export type SourceSeen = {
  readonly path: string;
  /** The user named it. */
  readonly named: boolean;
} & (
  | {
      readonly state: 'there';
      /** As it lies on the disk. */
      readonly bytes: number;
      /** Milliseconds since the epoch. */
      readonly modifiedAt: number;
    }
  | { readonly state: 'not-there' }
  | { readonly state: 'unreadable'; readonly failure: Failure }
);

/** Where a line of the map sends requests. */
export interface MappedHost {
  readonly host: string;
  /** Of the origin: an address or a name. */
  readonly origin: string;
  readonly port?: number;
}

/** All that a plan is made from. */
export interface Inventory {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly isRoot: boolean;
  /** Hosts that the user named. */
  readonly places: readonly CasePlace[];
  readonly modeGiven: boolean;
  readonly conf: SourceSeen;
  readonly map: SourceSeen;
  readonly mapped: readonly MappedHost[];
  readonly panicLog: SourceSeen;
  readonly memcached: readonly SourceSeen[];
  /** Logs of rg-listener, the oldest first. */
  readonly logs: readonly SourceSeen[];
  /** There is a program that reads the journal. */
  readonly hasJournal: boolean;
  readonly originLogs: readonly SourceSeen[];
  readonly hars: readonly SourceSeen[];
  /** What doctor would check; absent: it was not asked. */
  readonly checks?: { readonly checks: readonly CheckSeen[] } | { readonly problem: string };
}

/** Whether rg-listener belongs on this machine: somebody says so, or its file is where the package puts it. */
export function hasRailgun({ conf }: Pick<Inventory, 'conf'>): boolean {
  return conf.named || conf.state !== 'not-there';
}
