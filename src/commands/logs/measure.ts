import { instantOf } from '../../decoders/instant.js';
import { stopOf } from '../../io/deadline.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation } from '../command.js';
import type { LogsAsked, LogsFacts, LogsTarget } from './facts.js';
import { follow } from './follow.js';
import { inOrder } from './order.js';
import { fileFacts, readFile } from './read-file.js';
import { readFromJournal, type Span } from './read-journal.js';
import { createReading } from './reading.js';

/** What is in the log: once, or again and again as it grows. */
export async function* measure(
  { paths, journal }: LogsTarget,
  asAsked: LogsAsked,
  context: MeasureContext,
): AsyncIterable<Observation<LogsFacts>> {
  const { signal } = context;
  const now = context.now();
  const asked = withInstants(asAsked, now);
  const span = spanOf(asked);
  const files = await inOrder(paths, journal, span, now, signal);
  const reading = createReading(asked, files.length > 1);
  if (asked.follow !== undefined) {
    yield* follow(files, reading, asked, context);
    return;
  }
  const failures = new Map<string, Failure>();
  for (const file of files) {
    if (signal.aborted) break;
    const failure = await (file.journal === undefined
      ? readFile(file.path, file.asOf, reading, context)
      : readFromJournal(file.journal, span, file.asOf, reading, context));
    if (failure !== undefined) failures.set(file.path, failure);
  }
  const { seen, lines } = reading.report();
  const stopped = stopOf(signal);
  const seenFiles = files.map(({ path }) => fileFacts(path, lines.get(path), failures.get(path)));
  yield { facts: { kind: 'log', asked, files: seenFiles, ...seen, ...(stopped && { stopped }) } };
}

/** With the instants that `--since` and `--until` name as of `now`. */
export function withInstants({ since, until, ...asked }: LogsAsked, now: number): LogsAsked {
  const [from, to] = [since, until].map((text) => (text === undefined ? undefined : instantOf(text, now)));
  return {
    ...(from !== undefined && { since: new Date(from).toISOString() }),
    ...(to !== undefined && { until: new Date(to).toISOString() }),
    ...asked,
  };
}

function spanOf({ since, until }: LogsAsked): Span {
  return {
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(until !== undefined && { until: Date.parse(until) }),
  };
}
