import type { EdgeMode } from '../../decoders/edge-verdict.js';
import type { Failure } from '../../model/failure.js';
import type { Finding } from '../../model/finding.js';
import type { Metric } from '../../model/metric.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { Verdict } from '../../model/report.js';
import type { Stop, StoppableFacts } from '../../model/stop.js';

/** What a check looks at, as `--skip` names it. */
export type CheckKind =
  | 'configuration'
  | 'memcached'
  | 'listener'
  | 'logs'
  | 'origin'
  | 'certificate'
  | 'trace'
  | 'machine';

export interface DoctorAsked extends AskedOfNetworkCommand {
  /** Hosts and URLs, without what could be secret in them. */
  readonly hosts: readonly string[];
  /** The railgun.conf that was named; absent: the one of the package, where there is one. */
  readonly config?: string;
  /** Addresses of the origin of every host that was named. */
  readonly ip?: readonly string[];
  readonly mode: EdgeMode;
  /** `--mode` was given, be it for the usual one. */
  readonly modeGiven?: true;
  readonly edgeProfile: '2023' | '2026';
  /** Seconds to wait for an answer, where that is not as long as the edge does. */
  readonly readTimeout?: number;
  /** Log files that were named; absent: those that a package of syslog writes, as far as they are there. */
  readonly logs?: readonly string[];
  /** As it was spelled: lines of logs before are left out. */
  readonly since: string;
  readonly caFile?: string;
  readonly addCa?: readonly string[];
  readonly skip?: readonly CheckKind[];
  /** Seconds that the whole run was given, where it was. */
  readonly timeout?: number;
  /** Only say which checks there are. */
  readonly dryRun?: true;
}

/** A page that visitors ask for. */
export interface VisitedPlace {
  /** As it may be shown: without what looks secret in the query. */
  readonly shown: string;
  readonly scheme: 'https' | 'http';
  /** In lower case and letters of ASCII; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** With its query: it is in no facts. */
  readonly path: string;
}

/** Everything that is checked: it is one report. */
export interface DoctorTarget {
  /** As the user named them, without what looks secret in them. */
  readonly hosts: readonly string[];
  /** The same, read. */
  readonly places: readonly VisitedPlace[];
  /** `--mode` was given: then it holds whatever the configuration says. */
  readonly modeGiven: boolean;
}

/** What a check is about: what others may be about too. */
export interface Subject {
  /** In lower case. */
  readonly host?: string;
  /** Where it connects to, as far as that was known before: `10.0.0.12:443`, `[::1]:11211`, `/run/memcached.sock`. */
  readonly destination?: string;
  /** The file of its configuration. */
  readonly file?: string;
}

/** A check: another command, run as a user would run it. */
export interface CheckFacts {
  readonly kind: CheckKind;
  /** How it is called: `origin of www.example.com`. */
  readonly name: string;
  readonly subject: Subject;
  /** The name of the command in the catalogue. */
  readonly command: string;
  /** The line to type for the same again; nothing secret is in it. */
  readonly line: string;
  /** Why there is this check: `memcached.servers, /etc/railgun/railgun.conf:12`. */
  readonly why: string;
  readonly outcome: CheckOutcome;
}

export type CheckOutcome =
  | { readonly state: 'planned' }
  | { readonly state: 'skipped'; readonly why: string }
  /** The command does not take these words. */
  | { readonly state: 'refused'; readonly problem: string; readonly hint?: string; readonly isBug?: true }
  /** The run ended before there was an answer: `begun` is whether it was under way. What could be said by then is `ran`. */
  | { readonly state: 'unfinished'; readonly begun: boolean; readonly stopped: Stop }
  | {
      readonly state: 'ran';
      readonly verdict: Verdict;
      /** Milliseconds. */
      readonly durationMs: number;
      readonly reports: readonly CheckReport[];
    };

/** One report of a check, as the command made it. */
export interface CheckReport {
  readonly target: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly durationMs: number;
  readonly verdict: Verdict;
  /** As the schema of that command has them. */
  readonly facts: { readonly kind: string; readonly [key: string]: unknown };
  readonly findings: readonly Finding[];
  readonly metrics: readonly Metric[];
  readonly signals: readonly (readonly [label: string, value: string])[];
}

/** What this machine says of the way to hosts and to Cloudflare, without asking anybody. */
export interface MachineFacts {
  /** It was not looked at, and all lists are empty. */
  readonly unseen?: '--skip machine' | '--dry-run';
  /** Lines of the hosts file that name a host that is checked, or one that the configuration leads to. */
  readonly hosts: readonly { readonly line: number; readonly address: string; readonly name: string }[];
  /** Name servers that resolv.conf names. */
  readonly nameServers: readonly string[];
  /** Ranges of Cloudflare that a route of this machine other than the default one leads into: `172.64.0.0/13`. */
  readonly routes: readonly {
    readonly range: string;
    readonly route: string;
    readonly via?: string;
    /** `eth0`; `*` where it leads nowhere. */
    readonly device: string;
    /** The system answers that there is no way. */
    readonly rejects?: true;
  }[];
  /** Files that could not be read. */
  readonly unread: readonly { readonly path: string; readonly failure: Failure }[];
}

/** Whether there is a configuration of rg-listener on this machine. */
export type ConfigurationFacts =
  /** Nobody named one, and none is where the package puts it. */
  | { readonly state: 'absent'; readonly looked: readonly string[] }
  | { readonly state: 'unreadable'; readonly path: string; readonly failure: Failure }
  | {
      readonly state: 'read';
      readonly path: string;
      readonly mapFile?: string;
      /** The map cannot be read, and why: then no host of it is checked. */
      readonly mapFailure?: Failure;
      /** Lines of the map for which there is no check, and why; the last one may stand for those that there is no room for. */
      readonly unchecked: readonly { readonly line: number; readonly text: string; readonly why: string }[];
    };

export interface DoctorFacts extends StoppableFacts {
  readonly kind: 'doctor';
  readonly asked: DoctorAsked;
  /** RFC 3339, UTC. */
  readonly observedAt: string;
  readonly configuration: ConfigurationFacts;
  readonly machine: MachineFacts;
  readonly checks: readonly CheckFacts[];
}
