import type { Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare, UnresolvedFacts } from '../../model/reach.js';
import type { StoppableFacts } from '../../model/stop.js';

export type Protocol = 'tcp' | 'udp';

/**
 * `open`: connected, or over UDP answered. `closed`: refused. `filtered`: no answer in time, which over UDP an open port
 * may give too. `unreachable`: the system says that there is no way, or forbids it.
 */
export type State = 'open' | 'closed' | 'filtered' | 'unreachable';

/** What the user asked of every target. */
export interface ProbeAsked extends AskedOfNetworkCommand {
  readonly protocol: Protocol;
  /** A TLS handshake follows. */
  readonly tls?: true;
  /** A file of authorities to trust instead of those of the system. */
  readonly caFile?: string;
  /** Files of authorities to trust too. */
  readonly addCa?: readonly string[];
  /** What is sent, escapes as they were typed. */
  readonly send?: string;
  /** What the answer has to hold, escapes as they were typed. */
  readonly expect?: string;
  /** What an open port says is read. */
  readonly banner?: true;
  /** One open port is enough. */
  readonly any?: true;
  /** Seconds to wait for a banner or an answer. */
  readonly readTimeout?: number;
  /** Seconds to connect that warn, and that fail, when they are exceeded. */
  readonly warning?: number;
  readonly critical?: number;
}

/** A handshake that was finished, or why it was not. */
export interface TlsFacts {
  readonly protocol?: string;
  readonly cipher?: string;
  /** Why the certificate does not verify, in OpenSSL's words; absent: it does. Its names are not looked at. */
  readonly unverified?: string;
  readonly failure?: Failure;
  readonly ms: number;
}

/** What came of one attempt. */
export interface Attempt {
  readonly state: State;
  /** Why the state is not `open`. */
  readonly failure?: Failure;
  /** Milliseconds to connect or to fail; over UDP to the answer. */
  readonly ms: number;
  readonly tls?: TlsFacts;
  /** The first 4096 bytes of what it said, as UTF-8; other bytes are U+FFFD. */
  readonly banner?: string;
  /** There was more than the banner holds. */
  readonly truncated?: true;
  /** Whether what was expected came, within the first 65536 bytes. */
  readonly expected?: boolean;
  /** Why no banner, or not what was expected, came. */
  readonly answerFailure?: Failure;
}

/** One attempt to reach a port of an address. */
export interface PortAttempt extends Attempt {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** As `/etc/services` calls the port. */
  readonly service?: string;
}

/** How many of the asked-for ports are in each state. */
export interface Counts {
  readonly asked: number;
  readonly open: number;
  readonly closed: number;
  readonly filtered: number;
  readonly unreachable: number;
  /** Those that the run ended before. */
  readonly untried: number;
}

/** What was seen of the ports of one address. */
export interface PortsFacts extends StoppableFacts {
  readonly kind: 'ports';
  readonly asked: ProbeAsked;
  /** The name that was asked for, where the target was not given as an address. */
  readonly host?: string;
  readonly address: string;
  /** In the order in which they were asked for. */
  readonly attempts: readonly PortAttempt[];
  readonly counts: Counts;
  /** Absent where the target was given as an address. */
  readonly share?: AddressShare;
}

/** What was seen of a unix socket. */
export interface UnixFacts extends StoppableFacts {
  readonly kind: 'unix';
  readonly asked: ProbeAsked;
  readonly path: string;
  /** One, or none where the run ended before. */
  readonly attempts: readonly Attempt[];
  readonly counts: Counts;
}

/** What most of the rules look at. */
export type ReachedFacts = PortsFacts | UnixFacts;

/** The facts of a host whose name gave no address. */
interface UnresolvedHostFacts extends UnresolvedFacts {
  readonly asked: ProbeAsked;
}

export type ProbeFacts = PortsFacts | UnixFacts | UnresolvedHostFacts;

/** What to probe: ports of a host, or a unix socket; and how it is called in reports. */
export type ProbeTarget =
  | { readonly kind: 'ports'; readonly label: string; readonly host: string; readonly ports: readonly number[] }
  | { readonly kind: 'unix'; readonly label: string; readonly path: string };
