import { listenerTags } from '../../decoders/listener-log-prefix.js';
import { readJournal } from '../../io/journal.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import type { JournalSource } from './facts.js';
import type { Reading } from './reading.js';

/** Milliseconds since the epoch. */
export interface Span {
  readonly since?: number;
  readonly until?: number;
}

/**
 * Reads what rg-listener logged in the journal; returns why some of it is missing. Where it logged nothing, the last entry of
 * another program is read: with that it is known that something was written, though not by rg-listener.
 */
export async function readFromJournal(
  { name, directory }: JournalSource,
  span: Span,
  asOf: number,
  reading: Reading,
  { signal, progress }: MeasureContext,
): Promise<Failure | undefined> {
  const reader = reading.reader(name, asOf);
  const query = { ...span, ...(directory !== undefined && { directory }) };
  let bytes = 0;
  const take = (chunk: Uint8Array) => {
    reader.push(chunk);
    bytes += chunk.length;
    progress(`${name}: ${(bytes / 1e6).toFixed(0)} MB read`);
  };
  try {
    const failure = await readJournal({ ...query, tags: listenerTags }, take, signal);
    if (failure !== undefined || bytes > 0 || signal.aborted) return failure;
    return await readJournal({ ...query, last: 1 }, take, signal);
  } finally {
    reader.finish();
  }
}
