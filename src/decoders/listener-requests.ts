import type { ListenerPhase } from '../knowledge/listener-log-lines.js';
import { shortened } from '../model/shortened.js';
import {
  addValue,
  createDistribution,
  type DistributionSummary,
  summariseDistribution,
  timeScales,
} from './distribution.js';
import type { ListenerLine } from './listener-log-line.js';
import { copyOf } from './listener-log-tally.js';

/** What rg-listener logged of one request with log.level = 5. Instants are RFC 3339, UTC; most logs have whole seconds. */
export interface RequestTimeline {
  readonly id: string;
  readonly method?: string;
  /** Without its query and without a password, at most 300 UTF-16 units. */
  readonly url?: string;
  readonly host?: string;
  /** `address:port` of the origin, once it is connected. */
  readonly destination?: string;
  /** Of its first line. */
  readonly line: number;
  readonly file?: string;
  /** In the order in which they were reached, each once. */
  readonly phases: readonly { readonly phase: ListenerPhase; readonly at?: string }[];
  /** The status of the origin. */
  readonly status?: number;
  /** Of the body. */
  readonly bytes?: number;
  /** As rg-listener counted it; absent where it is not completed. */
  readonly seconds?: number;
  /** From its last line to the end of the log; absent where it is completed, or there are no times. */
  readonly silentSeconds?: number;
}

/** What became of the requests of a log. */
export interface ListenerRequests {
  /** That have a line about their beginning. */
  readonly begun: number;
  readonly completed: number;
  /** Not completed, and their last line is younger at the end of the log than rg-listener waits for an origin. */
  readonly underWay: number;
  /** Not completed, and nothing more was logged of them. */
  readonly silent: number;
  /** Of those, by the last phase. */
  readonly silentPhases: Readonly<Partial<Record<ListenerPhase, number>>>;
  /** Of those, by host: at most 20, the most frequent ones. */
  readonly silentHosts: Readonly<Record<string, number>>;
  /** The latest of those, at most 10. */
  readonly silentSamples: readonly RequestTimeline[];
  /** The slowest completed ones, at most 10. */
  readonly slowest: readonly RequestTimeline[];
  /** How long the completed ones took, in seconds; absent where there is none. */
  readonly seconds?: DistributionSummary;
  /** Statuses of origins → requests. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** `lan.timeout` unless it is set: rg-listener itself gives a request up that the origin has not answered by then. */
const usualLanTimeout = 30;

/** Requests that are followed at once; when there are more, so many of the oldest are given up as silent. */
const mostOpen = 10_000;
const givenUpAtOnce = 1000;
const mostSamples = 10;
/** Hosts that are counted at once. */
const mostHosts = 1000;
const mostHostsKept = 20;

/** Follows requests by their ids through the lines of log.level = 5. Memory is bounded, whatever the log. */
export interface ListenerRequestTracker {
  /** `at` in milliseconds since the epoch, absent where the line has no time. Other lines than those of requests are ignored. */
  push(line: ListenerLine, at: number | undefined, number: number, file?: string): void;
  /**
   * What became of the requests since the last call. Silent ones are then forgotten; those under way are followed on.
   * `end`: the last instant of the log, in milliseconds.
   */
  report(end: number | undefined): ListenerRequests;
}

/** Phases in which a request can come into sight, where the log begins in the middle of it. */
const early: ReadonlySet<ListenerPhase | undefined> = new Set([
  'accepted',
  'connecting',
  'connected',
  'sent',
  'waiting',
  'completed',
]);

interface Open {
  readonly id: string;
  method?: string;
  url?: string;
  host?: string;
  destination?: string;
  status?: number;
  bytes?: number;
  seconds?: number;
  readonly line: number;
  readonly file: string | undefined;
  readonly phases: { phase: ListenerPhase; at: number | undefined }[];
  lastAt: number | undefined;
}

/** `lanTimeout`: seconds without a line after which a request counts as silent, as set in railgun.conf. */
export function createListenerRequestTracker(lanTimeout = usualLanTimeout): ListenerRequestTracker {
  return new Tracker(lanTimeout);
}

class Tracker implements ListenerRequestTracker {
  readonly #open = new Map<string, Open>();
  #counts = emptyCounts();
  #latest: number | undefined;
  readonly #lanTimeout: number;

  constructor(lanTimeout: number) {
    this.#lanTimeout = lanTimeout;
  }

  push(line: ListenerLine, at: number | undefined, number: number, file?: string): void {
    const { phase } = line.row;
    const id = line.parts['requestId'];
    if (phase === undefined || id === undefined) return;
    if (at !== undefined) this.#latest = Math.max(this.#latest ?? at, at);
    const request = this.#requestOf(line, id, number, file);
    if (request === undefined) return;
    request.lastAt = at ?? request.lastAt;
    // A body that comes from the edge is no reply yet.
    if (phase === 'replying' && line.parts['direction'] !== 'Tx') return;
    describe(request, line);
    if (!request.phases.some((reached) => reached.phase === phase)) request.phases.push({ phase, at });
    if (phase === 'completed') this.#complete(request);
  }

  report(end = this.#latest): ListenerRequests {
    for (const request of this.#open.values()) {
      const silent = silenceOf(request, end);
      if (silent !== undefined && silent < this.#lanTimeout) continue;
      this.#giveUp(request, end);
    }
    const { begun, completed, silent, silentPhases, silentHosts, silentSamples, slowest, seconds, statuses } =
      this.#counts;
    this.#counts = emptyCounts();
    const summary = summariseDistribution(seconds);
    return {
      begun,
      completed,
      underWay: this.#open.size,
      silent,
      silentPhases: Object.fromEntries(silentPhases),
      silentHosts: mostFrequent(silentHosts, mostHostsKept),
      silentSamples: silentSamples.map(({ request, end: until }) => timelineOf(request, until)),
      slowest: slowest.map((request) => timelineOf(request, undefined)),
      ...(summary && { seconds: summary }),
      statuses: mostFrequent(statuses, 1000),
    };
  }

  /** The request that a line is about; nothing where the line only says that none has come yet. */
  #requestOf(line: ListenerLine, id: string, number: number, file: string | undefined): Open | undefined {
    const known = this.#open.get(id);
    const begins = line.id === 'request-frame';
    if (known !== undefined) {
      if (!begins || known.phases.every(({ phase }) => phase === 'accepted')) return known;
      // The connection is used again, and the end of the last one is not in the log.
      this.#giveUp(known, this.#latest);
    }
    // Before the first request and after the last one it waits for the next; what is late belongs to one that is done.
    if (line.id === 'waiting-for-request' || !early.has(line.row.phase)) return undefined;
    if (begins || line.id === 'request') this.#counts.begun += 1;
    const request: Open = { id: own(id), line: number, file, phases: [], lastAt: undefined };
    this.#open.set(request.id, request);
    if (this.#open.size > mostOpen) this.#makeRoom();
    return request;
  }

  /** Many at once: to find the oldest, a Map passes by all that were deleted before it. */
  #makeRoom(): void {
    let left = givenUpAtOnce;
    for (const oldest of this.#open.values()) {
      if (left === 0) return;
      left -= 1;
      this.#giveUp(oldest, this.#latest);
    }
  }

  #complete(request: Open): void {
    this.#open.delete(request.id);
    const counts = this.#counts;
    counts.completed += 1;
    if (request.status !== undefined) count(counts.statuses, String(request.status), 1000);
    const { seconds } = request;
    if (seconds === undefined) return;
    addValue(counts.seconds, seconds);
    const place = counts.slowest.findIndex((other) => (other.seconds ?? 0) < seconds);
    if (place < 0 && counts.slowest.length >= mostSamples) return;
    counts.slowest.splice(place < 0 ? counts.slowest.length : place, 0, request);
    counts.slowest.length = Math.min(counts.slowest.length, mostSamples);
  }

  #giveUp(request: Open, end: number | undefined): void {
    this.#open.delete(request.id);
    const counts = this.#counts;
    counts.silent += 1;
    const phase = request.phases.at(-1)?.phase ?? 'accepted';
    counts.silentPhases.set(phase, (counts.silentPhases.get(phase) ?? 0) + 1);
    if (request.host !== undefined) count(counts.silentHosts, request.host, mostHosts);
    counts.silentSamples.push({ request, end });
    if (counts.silentSamples.length > mostSamples) counts.silentSamples.shift();
  }
}

function emptyCounts() {
  return {
    begun: 0,
    completed: 0,
    silent: 0,
    silentPhases: new Map<ListenerPhase, number>(),
    silentHosts: new Map<string, number>(),
    silentSamples: [] as { readonly request: Open; readonly end: number | undefined }[],
    slowest: [] as Open[],
    seconds: createDistribution(timeScales),
    statuses: new Map<string, number>(),
  };
}

function describe(request: Open, { id, parts }: ListenerLine): void {
  switch (id) {
    case 'request-frame':
    case 'request':
      // Both say the same.
      if (request.url !== undefined) return;
      request.method = own(shortened(parts['method'] ?? '', 20));
      setUrl(request, parts['url'] ?? '');
      return;
    case 'lan-connected':
      request.destination = own(shortened(parts['destination'] ?? '', 300));
      return;
    case 'origin-status':
      request.status = Number(parts['status']);
      return;
    case 'completed':
      request.bytes = Number(parts['bytes']);
      setSeconds(request, Number(parts['seconds']));
  }
}

function setSeconds(request: Open, seconds: number): void {
  if (Number.isFinite(seconds) && seconds < 100_000) request.seconds = seconds;
}

/** A query and what stands before `@` may be secret. */
function setUrl(request: Open, url: string): void {
  const query = url.search(/[?#]/);
  const plain = query < 0 ? url : url.slice(0, query);
  const [all, scheme = '', user = '', host = ''] = /^([a-z][a-z0-9+.-]*:\/\/)([^/]*@)?([^/]*)/i.exec(plain) ?? [];
  const shown = user === '' ? plain : `${scheme}${host}${plain.slice(all?.length)}`;
  request.url = own(shortened(shown, 300));
  if (host !== '') request.host = request.url.slice(scheme.length, scheme.length + Math.min(host.length, 255));
}

/** A part of a text keeps all of the text in memory, unless it is so short that it is copied anyway. */
function own(text: string): string {
  return text.length < 13 ? text : copyOf(text);
}

function silenceOf({ lastAt }: Open, end: number | undefined): number | undefined {
  return lastAt === undefined || end === undefined ? undefined : Math.max(0, (end - lastAt) / 1000);
}

function timelineOf(request: Open, end: number | undefined): RequestTimeline {
  const { id, method, url, host, destination, line, file, phases, status, bytes, seconds } = request;
  const silent = phases.at(-1)?.phase === 'completed' ? undefined : silenceOf(request, end);
  return {
    id,
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    ...(host !== undefined && { host }),
    ...(destination !== undefined && { destination }),
    line,
    ...(file !== undefined && { file }),
    phases: phases.map(({ phase, at }) => ({ phase, ...(at !== undefined && { at: new Date(at).toISOString() }) })),
    ...(status !== undefined && { status }),
    ...(bytes !== undefined && { bytes }),
    ...(seconds !== undefined && { seconds }),
    ...(silent !== undefined && { silentSeconds: silent }),
  };
}

/** Where the table is full, other keys are not counted. */
function count(counts: Map<string, number>, key: string, most: number): void {
  const before = counts.get(key);
  if (before !== undefined || counts.size < most) counts.set(key, (before ?? 0) + 1);
}

function mostFrequent(counts: Map<string, number>, most: number): Record<string, number> {
  // No key of a peer is taken for `__proto__`.
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a).slice(0, most));
}
