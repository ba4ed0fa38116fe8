import type { ListenerLineId } from '../knowledge/listener-log-lines.js';
import { listenerIndexWasm } from './listener-index.wasm.js';
import type { ListenerLogForm } from './listener-log-prefix.js';
import { causeTally, createListenerTally, type ListenerLogTally, type NameCounts } from './listener-log-tally.js';

/** Bytes before the lines in the window, which may be read and mean nothing. */
export const WINDOW_LEAD = 64;
/** Bytes of the window. */
export const WINDOW = 512 << 10;
/** Bytes of a line that are looked at. */
export const LINE_LIMIT = 64 << 10;

// What `scan` stopped for.
/** The caller must read the line. */
export const STOPPED_FOR_LINE = 1;
/** The line begins with a time of RFC 3164 whose day is to be told with `tellDay`. */
export const STOPPED_FOR_DAY = 2;

/** Words of `state`: newlines that were passed, and how many requests are waiting to be taken. */
const STOPPED = 24;
const LINES = 25;
const CONSIDERED = 26;
const OTHERS = 27;
const UNTIMED = 28;
const FORMS = 29;
const KEY_LENGTH = 32;
const WANTS_REQUESTS = 33;
const REQUEST_COUNT = 34;
const KEY_BYTE = 144;
/** Numbers of `state`. */
const NOW = 0;
const KEY_AT = 1;
/** The width of an interval, the first and the last interval. */
const INTERVALS = 4;
const FIRST = 7;
const LAST = 8;

const STATE_AT = 0x81000;
const CAUSES_AT = 0x81100;
const CAUSE_BYTES = 512;
/** Words of a cause; before them, how many lines, and how many names that are not counted by themselves. */
const KEPT_BYTES = 12;
const KEPT_LINE = 13;
const RATE = 16;
const REQUESTS_AT = 0x86000;
const REQUEST_BYTES = 32;
const MOST_REQUESTS = 512;
const NAMES_AT = 0x8a000;
const SAMPLES_AT = 0x32a000;
/** Bytes of a line that are kept of a sample: enough for its text where every character takes four. */
const SAMPLE_BYTES = 2048;
const KIND_BYTES = 0xe0000;
const PLACES = 0x10040;
const TEXTS = 0x18040;
const NAME_COUNTS = 0x58040;
const NAMES_PER_CAUSE = 4096;
const HOSTS = 0;
const DESTINATIONS = 1;
const MACHINES = 2;
/** The module's own data lies in the last one (scripts/build-webassembly.mjs). */
const PAGES = 0x35;

const indexedForms: readonly ListenerLogForm[] = ['rfc3164', 'iso', 'bare'];

/** What listener-index.as.ts knows, in its order. */
const indexedCauses: readonly ListenerLineId[] = [
  'connection-timeout',
  'no-response',
  'page-refused',
  'connection-refused',
  'handshake-failure',
  'wrong-host',
  'unknown-authority',
  'bad-content-length',
  'memcached-failed',
  'memcached-timeout',
  'memcached-refused',
  'connection-failed-otherwise',
  'activation-posted',
  'activation-id',
  'activation-acquired',
  'wan-connection',
  'transmit-time',
  'ping',
  'pong',
  'request-frame',
  'data-frame',
  'push-frame',
  'waiting-for-request',
  'request',
  'lan-connecting',
  'lan-connected',
  'request-sent',
  'waiting-for-response',
  'response-ready',
  'response-received',
  'delta-wanted',
  'origin-status',
  'completed',
];

/**
 * A line about a request: window[start, end) without what stands behind it, its message from `message` on. `at` in ms since 1970;
 * `linesBefore` are the lines before it.
 */
export type OnIndexedRequest = (
  at: number | undefined,
  start: number,
  message: number,
  end: number,
  linesBefore: number,
) => void;

/** A window of bytes, and what was counted in it. See listener-index.as.ts. */
export interface ListenerIndex {
  readonly window: Uint8Array;
  /** Counts the lines of window[from, end), which ends with a newline, up to the first one that the caller must look at, and returns it. */
  scan(from: number, end: number): number;
  stopped(): number;
  /** Lines so far; the caller counts those that it reads itself. */
  lines: number;
  /** The instant of the last line that had one, in ms since 1970. */
  now: number | undefined;
  /** In times that begin with these bytes (the day; with the hour, or the minute too where clocks change in it), the time of day counts from `at`. */
  tellDay(key: string, at: number): void;
  /** Takes the lines about requests that were seen since the last time. */
  takeRequests(take: OnIndexedRequest): void;
  /** Copies the samples out of the window before it gets other bytes. */
  keepSamples(): void;
  /** What was counted. */
  tally(sample: (line: number, bytes: Uint8Array) => { line: number; text: string }): ListenerLogTally;
}

// @types/node declares WebAssembly only with the DOM library. This is what is used of it.
interface WebAssemblyApi {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** For whoever reads many logs. */
let compiled: object | undefined;

/** What listener-index.as.ts exports. */
type Exports = Pick<ListenerIndex, 'scan' | 'keepSamples'>;

/** The index; undefined where there is no WebAssembly with SIMD. Instants of `since` and `until` in ms since 1970, both within. */
export function createListenerIndex(since: number, until: number, wantsRequests: boolean): ListenerIndex | undefined {
  const api = (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return undefined;
  try {
    const memory = new api.Memory({ initial: PAGES, maximum: PAGES });
    compiled ??= new api.Module(Buffer.from(listenerIndexWasm, 'base64'));
    const { exports } = new api.Instance(compiled, { env: { memory } });
    return indexOf(memory.buffer, exports as unknown as Exports, since, until, wantsRequests);
  } catch {
    return undefined;
  }
}

function indexOf(
  buffer: ArrayBuffer,
  { scan, keepSamples }: Exports,
  since: number,
  until: number,
  wantsRequests: boolean,
): ListenerIndex {
  const window = new Uint8Array(buffer, 0, WINDOW);
  const words = new Int32Array(buffer, STATE_AT, 64);
  const numbers = new Float64Array(buffer, STATE_AT, 16);
  const requests = new Int32Array(buffer, REQUESTS_AT, MOST_REQUESTS * (REQUEST_BYTES / 4));
  const requestTimes = new Float64Array(buffer, REQUESTS_AT, MOST_REQUESTS * (REQUEST_BYTES / 8));
  const key = new Uint8Array(buffer, STATE_AT + KEY_BYTE, 16);
  const causes = indexedCauses.map((id, index) => causeAt(buffer, id, index));
  numbers.set([Number.NaN, 0, since, until, 1, Infinity, -Infinity, Infinity, -Infinity], NOW);
  for (const cause of causes) cause.times.set([Infinity, -Infinity]);
  words[WANTS_REQUESTS] = wantsRequests ? 1 : 0;
  const word = (at: number) => words[at] ?? 0;

  return {
    window,
    scan,
    stopped: () => word(STOPPED),
    get lines() {
      return word(LINES);
    },
    set lines(lines) {
      words[LINES] = lines;
    },
    get now() {
      return instant(numbers[NOW]);
    },
    set now(at) {
      numbers[NOW] = at ?? Number.NaN;
      // The year of a time without one is inferred from the line before.
      words[KEY_LENGTH] = 0;
    },
    tellDay(text, at) {
      key.set(Buffer.from(text, 'latin1'));
      words[KEY_LENGTH] = text.length;
      numbers[KEY_AT] = at;
    },
    takeRequests(take) {
      const count = word(REQUEST_COUNT);
      words[REQUEST_COUNT] = 0;
      for (let request = 0; request < count; request += 1) {
        const at = request * (REQUEST_BYTES / 4) + 2;
        const now = instant(requestTimes[request * (REQUEST_BYTES / 8)]);
        take(now, requests[at] ?? 0, requests[at + 1] ?? 0, requests[at + 2] ?? 0, requests[at + 4] ?? 0);
      }
    },
    keepSamples,
    tally(sampleOf) {
      const tally = createListenerTally();

      tally.considered = word(CONSIDERED);
      tally.ofOthers = word(OTHERS);
      tally.recognised = tally.considered - tally.ofOthers;
      tally.untimed = word(UNTIMED);
      tally.first = numbers[FIRST] ?? Infinity;
      tally.last = numbers[LAST] ?? -Infinity;
      for (const [at, form] of indexedForms.entries())
        if (word(FORMS + at) > 0) tally.forms.set(form, word(FORMS + at));
      takeNames(buffer, MACHINES, 0, tally.machines, causes[0]?.words[3] ?? 0);
      const [width = 1, first = Infinity, last = -Infinity] = numbers.subarray(INTERVALS);
      Object.assign(tally.intervals, { width, first, last });
      for (const { id, index, words: own, times, sample } of causes) {
        const [count = 0, otherHosts = 0, otherDestinations = 0] = own;
        if (count === 0) continue;
        const cause = causeTally(tally, id, sampleOf((own[KEPT_LINE] ?? 0) + 1, sample.subarray(0, own[KEPT_BYTES])));
        cause.count = count >>> 0;
        cause.first = times[0] ?? Infinity;
        cause.last = times[1] ?? -Infinity;
        takeNames(buffer, HOSTS, index, cause.hosts, otherHosts);
        takeNames(buffer, DESTINATIONS, index, cause.destinations, otherDestinations);
        for (let interval = first; interval <= last; interval += 1) {
          const lines = own[RATE + (interval % 64)] ?? 0;
          if (lines > 0) cause.rate.set(interval, lines);
        }
      }
      return tally;
    },
  };
}

interface IndexedCause {
  readonly id: ListenerLineId;
  readonly index: number;
  readonly words: Int32Array;
  readonly times: Float64Array;
  /** The bytes of its last line. */
  readonly sample: Uint8Array;
}

function causeAt(buffer: ArrayBuffer, id: ListenerLineId, index: number): IndexedCause {
  const at = CAUSES_AT + index * CAUSE_BYTES;
  const words = new Int32Array(buffer, at, 80);
  return {
    id,
    index,
    words,
    times: new Float64Array(buffer, at + 32, 2),
    sample: new Uint8Array(buffer, SAMPLES_AT + index * SAMPLE_BYTES, SAMPLE_BYTES),
  };
}

function instant(at: number | undefined): number | undefined {
  return at === undefined || Number.isNaN(at) ? undefined : at;
}

function takeNames(buffer: ArrayBuffer, kind: number, index: number, counts: NameCounts, others: number): void {
  const at = NAMES_AT + kind * KIND_BYTES;
  const [length = 0] = new Int32Array(buffer, at, 1);
  const places = new Int32Array(buffer, at + PLACES, 2 * length);
  const own = new Int32Array(buffer, at + NAME_COUNTS + index * NAMES_PER_CAUSE * 4, length);
  counts.others = others;
  for (const [number, count] of own.entries()) {
    if (count === 0) continue;
    const text = Buffer.from(buffer, at + TEXTS + (places[2 * number] ?? 0), places[2 * number + 1] ?? 0);
    counts.names.set(text.toString('latin1'), count);
  }
}
