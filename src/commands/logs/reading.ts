import { createListenerClockReader } from '../../decoders/listener-clock.js';
import {
  createListenerLogReader,
  mergeListenerTallies,
  summariseListenerLog,
} from '../../decoders/listener-log-reader.js';
import type { ListenerLogSummary, LogSample } from '../../decoders/listener-log-summary.js';
import { createListenerTally, type ListenerLogTally } from '../../decoders/listener-log-tally.js';
import { createListenerRequestTracker } from '../../decoders/listener-requests.js';
import { redacted } from '../../model/redact.js';
import type { LogsAsked, LogsFacts } from './facts.js';

/** What is read of all files of a log. */
export interface Reading {
  /** A reader of one file, or of what was added to it. What it has read counts when it is finished, in the order of the log. */
  reader(path: string, asOf: number): FileReader;
  /**
   * What was read since the last call, and the lines of each file in it. `quiet`: seconds for which nothing of rg-listener has
   * been written, where that is known: so much later than its last line the log ends.
   */
  report(quiet?: number): { readonly seen: Seen; readonly lines: ReadonlyMap<string, number> };
}

export interface FileReader {
  push(chunk: Uint8Array): void;
  finish(): void;
}

type Seen = ListenerLogSummary & Pick<LogsFacts, 'requests' | 'clock'>;

/** `several`: whether samples have to name their file. */
export function createReading({ since, until, lanTimeout }: LogsAsked, several: boolean): Reading {
  const requests = createListenerRequestTracker(lanTimeout);
  const clock = createListenerClockReader();
  const span = {
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(until !== undefined && { until: Date.parse(until) }),
  };
  /** Lines of each file that were reported before. */
  const before = new Map<string, number>();
  let lines = new Map<string, number>();
  let whole: ListenerLogTally | undefined;
  /** The instant of the last line of rg-listener in all reports. */
  let latest: number | undefined;

  function reader(path: string, asOf: number): FileReader {
    const [offset, named] = [before.get(path) ?? 0, several ? { file: path } : {}];
    const scanner = createListenerLogReader({
      asOf,
      ...span,
      ...named,
      onRequest(line, at, number) {
        requests.push(line, at, offset + number, named.file);
        clock.push(line, at);
      },
    });
    return {
      push: (chunk) => scanner.push(chunk),
      finish() {
        const tally = scanner.finish();
        lines.set(path, tally.lines);
        for (const cause of tally.causes.values()) cause.sample = counted(cause.sample, offset);
        tally.unrecognisedSamples = tally.unrecognisedSamples.map(({ shape, sample }) => ({
          shape,
          sample: counted(sample, offset),
        }));
        whole = whole === undefined ? tally : mergeListenerTallies(whole, tally);
      },
    };
  }

  function report(quiet = 0) {
    const summary = summariseListenerLog(whole ?? createListenerTally());
    whole = undefined;
    const read = lines;
    for (const [path, count] of read) before.set(path, (before.get(path) ?? 0) + count);
    lines = new Map();
    if (summary.last !== undefined) latest = Date.parse(summary.last);
    // What was read now was written at some time since: its own times say more.
    const later = summary.last === undefined ? quiet * 1000 : 0;
    const followed = requests.report(latest === undefined ? undefined : latest + later);
    const { begun, completed, silent, underWay } = followed;
    const pings = clock.report();
    const seen: Seen = {
      ...summary,
      ...(begun + completed + silent + underWay > 0 && { requests: followed }),
      ...(pings && { clock: pings }),
    };
    return { seen, lines: read };
  }

  return { reader, report };
}

/** Counted from the beginning of the file, and without what may be secret. */
function counted(sample: LogSample, offset: number): LogSample {
  return { ...sample, line: sample.line + offset, text: redacted(sample.text) };
}
