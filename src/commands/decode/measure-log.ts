import { cfRailgun } from '../../decoders/cf-railgun.js';
import { createRailgunLogReader } from '../../decoders/cf-railgun-reader.js';
import { summarise } from '../../decoders/cf-railgun-tally.js';
import { stopOf } from '../../io/deadline.js';
import { type Input, openInput } from '../../io/input.js';
import type { StreamRecord } from '../../model/record.js';
import type { MeasureContext } from '../command.js';
import type { DecodeAsked, LogFacts, UnreadFacts } from './facts.js';
import { recordOf } from './record.js';
import { type Scanned, scanFile } from './scan-file.js';

/** What was seen of a log: its values summed up, and streamed one by one where `asked.each` wants that. */
export async function measureLog(
  path: string,
  asked: DecodeAsked,
  context: MeasureContext,
): Promise<LogFacts | UnreadFacts> {
  const opened = await openInput(path);
  if (!opened.ok) return { kind: 'unread', asked, failure: opened.failure };
  const input = opened.value;
  try {
    return logFacts(asked, await scan(input, path, asked, context));
  } finally {
    input.close();
  }
}

function scan(input: Input, path: string, asked: DecodeAsked, context: MeasureContext): Promise<Scanned> {
  const { file } = input;
  if (file === undefined || asked.each) return scanStream(input, path, asked, context);
  const progress = (bytes: number) =>
    context.progress(`${path}: ${Math.min(100, Math.round((bytes / file.size) * 100))} % of ${megabytes(file.size)}`);
  return scanFile(file, { signal: context.signal, threads: context.concurrency, progress });
}

async function scanStream(input: Input, path: string, asked: DecodeAsked, context: MeasureContext): Promise<Scanned> {
  let batch: StreamRecord[] = [];
  const onValue = (value: string, line: number) => {
    const decoded = cfRailgun.decode(value);
    if (decoded.ok) batch.push(recordOf(path, line, value, decoded.facts));
  };
  const reader = createRailgunLogReader(asked.each ? { onValue } : {});
  const flush = async () => {
    if (batch.length === 0) return;
    const full = batch;
    batch = [];
    await context.records(full);
  };
  let bytes = 0;
  const failure = await input.read(async (chunk) => {
    reader.push(chunk);
    bytes += chunk.length;
    context.progress(`${path}: ${megabytes(bytes)} read`);
    await flush();
  }, context.signal);
  const { block, tally } = reader.finish();
  await flush();
  const stopped = stopOf(context.signal);
  return { block, tally, ...(failure && { failure }), ...(stopped && { stopped }) };
}

function logFacts(asked: DecodeAsked, { block, tally, failure, stopped }: Scanned): LogFacts {
  const { lines, malformed, malformedSamples, directRuns } = block;
  return {
    kind: 'log',
    asked,
    lines,
    malformed,
    malformedSamples,
    directRuns: { longest: directRuns.longest, last: directRuns.last },
    ...summarise(tally),
    ...(failure && { failure }),
    ...(stopped && { stopped }),
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
