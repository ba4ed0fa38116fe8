import { listenerLogEntry, textOf } from '../../decoders/listener-log-entry.js';
import { listenerTags } from '../../decoders/listener-log-prefix.js';
import { createLogClock } from '../../decoders/log-time.js';
import { lookAtFile } from '../../io/file-look.js';
import { openInput } from '../../io/input.js';
import { readJournal } from '../../io/journal.js';
import type { JournalSource } from './facts.js';
import type { Span } from './read-journal.js';

/** A file of the log, before it is read. */
export interface LogFile {
  readonly path: string;
  /** When its last line was written at the latest, milliseconds since the epoch: what gives a syslog its years. */
  readonly asOf: number;
  /** Can be read again, and has an end. */
  readonly regular: boolean;
  readonly compressed: boolean;
  /** It is no file, but the journal. */
  readonly journal?: JournalSource;
}

/** Bytes at the beginning of a file in which a line with a time is looked for. */
const headBytes = 1 << 16;

/** Puts files and the journal in the order of their first times; those without one come last, as they were given. */
export async function inOrder(
  paths: readonly string[],
  journal: JournalSource | undefined,
  span: Span,
  now: number,
  signal: AbortSignal,
): Promise<LogFile[]> {
  const all = paths.map((path) => lookedAt(path, now));
  if (journal !== undefined) {
    all.push({ path: journal.name, asOf: now, regular: false, compressed: false, journal });
  }
  const files: { readonly file: LogFile; readonly first: number }[] = [];
  for (const file of all) {
    const first = all.length > 1 && !signal.aborted ? await firstInstant(file, span, signal) : undefined;
    files.push({ file, first: first ?? Number.POSITIVE_INFINITY });
  }
  const before = (a: number, b: number) => (a === b ? 0 : a - b);
  return files.toSorted((a, b) => before(a.first, b.first)).map(({ file }) => file);
}

function lookedAt(path: string, now: number): LogFile {
  const look = path === '-' ? undefined : lookAtFile(path);
  // What cannot be looked at cannot be read either: reading says why.
  if (look === undefined || !look.ok) return { path, asOf: now, regular: false, compressed: false };
  const { regular, compressed, modifiedAt } = look.value;
  return { path, asOf: regular ? Math.min(modifiedAt, now) : now, regular, compressed };
}

async function firstInstant(file: LogFile, span: Span, signal: AbortSignal): Promise<number | undefined> {
  if (!file.regular && file.journal === undefined) return undefined;
  const head = await headOf(file, span, signal);
  const clock = createLogClock(file.asOf);
  for (const line of textOf(head).split('\n')) {
    const { at } = listenerLogEntry(line, clock);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** The first bytes of it; none where it cannot be read: reading says why. */
async function headOf({ path, journal }: LogFile, span: Span, signal: AbortSignal): Promise<Buffer> {
  const enough = new AbortController();
  let head = Buffer.alloc(0);
  const take = (chunk: Uint8Array) => {
    head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
    // Of the journal each line has its time.
    if (head.length >= headBytes || (journal !== undefined && head.includes('\n'))) enough.abort();
  };
  const either = AbortSignal.any([signal, enough.signal]);
  if (journal !== undefined) {
    const { directory } = journal;
    await readJournal({ ...span, ...(directory !== undefined && { directory }), tags: listenerTags }, take, either);
    return head;
  }
  const opened = await openInput(path);
  if (!opened.ok) return head;
  await opened.value.read(take, either);
  opened.value.close();
  return head;
}
