import { stopOf } from '../../io/deadline.js';
import { type Follower, followFile } from '../../io/follow.js';
import { pause } from '../../io/pause.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation } from '../command.js';
import type { LogsAsked, LogsFacts } from './facts.js';
import type { LogFile } from './order.js';
import { fileFacts, readFile } from './read-file.js';
import type { FileReader, Reading } from './reading.js';

/** Milliseconds between two looks at the files. */
const lookEvery = 500;

/** A file as it is followed. */
interface Followed {
  readonly file: LogFile;
  /** Absent: it is compressed, or no file, and has been read once. */
  readonly follower?: Follower;
  reader?: FileReader;
  failure?: Failure | undefined;
}

/**
 * What is there, and then, as often as was asked for, what was added, where that is anything of rg-listener or a request of
 * it has gone silent. Where nothing of it was ever seen, the last report says so.
 */
export async function* follow(
  files: readonly LogFile[],
  reading: Reading,
  asked: LogsAsked,
  context: MeasureContext,
): AsyncIterable<Observation<LogsFacts>> {
  const { signal } = context;
  const all: Followed[] = files.map((file) => (file.compressed ? { file } : { file, follower: followFile(file.path) }));
  let known = 0;
  /** When there was something of rg-listener for the last time; its requests hang by this clock while it writes nothing. */
  let heardAt = performance.now();

  const observation = (followed: 'first' | 'added' | 'end', startedAt: number): Observation<LogsFacts> => {
    for (const one of all) {
      one.reader?.finish();
      delete one.reader;
    }
    const now = performance.now();
    const { seen, lines } = reading.report((now - heardAt) / 1000);
    known += seen.recognised;
    if (seen.recognised > 0) heardAt = now;
    const stopped = followed === 'first' ? stopOf(signal) : undefined;
    const seenFiles = all.map(({ file: { path }, failure }) => fileFacts(path, lines.get(path), failure));
    return {
      facts: { kind: 'log', asked, files: seenFiles, ...seen, followed, ...(stopped && { stopped }) },
      startedAt,
    };
  };

  let startedAt = performance.now();
  for (const one of all) {
    if (one.follower !== undefined) await look(one, one.file.asOf, reading, signal);
    else one.failure = await readFile(one.file.path, one.file.asOf, reading, context);
  }
  const isThere = all.some(({ failure }) => failure?.code !== 'file-not-found');
  if (isThere) yield observation('first', startedAt);
  // What was read once has said what was wrong with it.
  for (const one of all) if (one.follower === undefined) one.failure = undefined;

  while (!signal.aborted) {
    context.progress('waiting for more, until Ctrl-C');
    startedAt = performance.now();
    const end = startedAt + (asked.follow ?? 0) * 1000;
    while (!signal.aborted && performance.now() < end) {
      await pause(Math.min(lookEvery, end - performance.now()), signal);
      for (const one of all) await look(one, context.now(), reading, signal);
    }
    if (signal.aborted) break;
    const added = observation('added', startedAt);
    if (isNews(added.facts)) yield added;
  }

  for (const one of all) await one.follower?.end((bytes) => readerOf(one, context.now(), reading).push(bytes));
  const last = observation(known === 0 ? 'end' : 'added', startedAt);
  if (known === 0 || isNews(last.facts)) yield last;
}

function isNews({ recognised, unrecognised, requests }: LogsFacts): boolean {
  return recognised + unrecognised > 0 || (requests?.silent ?? 0) > 0;
}

async function look(one: Followed, asOf: number, reading: Reading, signal: AbortSignal): Promise<void> {
  if (one.follower === undefined) return;
  one.failure = await one.follower.poll((bytes) => readerOf(one, asOf, reading).push(bytes), signal);
}

function readerOf(one: Followed, asOf: number, reading: Reading): FileReader {
  one.reader ??= reading.reader(one.file.path, asOf);
  return one.reader;
}
