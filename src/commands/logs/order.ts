import { listenerLogEntry, textOf } from '../../decoders/listener-log-entry.js';
import { createLogClock } from '../../decoders/log-time.js';
import { lookAtFile } from '../../io/file-look.js';
import { openInput } from '../../io/input.js';

/** A file of the log, before it is read. */
export interface LogFile {
  readonly path: string;
  /** When its last line was written at the latest, milliseconds since the epoch: what gives a syslog its years. */
  readonly asOf: number;
  /** Can be read again, and has an end. */
  readonly regular: boolean;
  readonly compressed: boolean;
}

/** Bytes at the beginning of a file in which a line with a time is looked for. */
const headBytes = 1 << 16;

/** Puts files in the order of their first times; those without one come last, as they were given. */
export async function inOrder(paths: readonly string[], now: number, signal: AbortSignal): Promise<LogFile[]> {
  const files: { readonly file: LogFile; readonly first: number }[] = [];
  for (const path of paths) {
    const file = lookedAt(path, now);
    const first = paths.length > 1 && file.regular && !signal.aborted ? await firstInstant(file, signal) : undefined;
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

async function firstInstant({ path, asOf }: LogFile, signal: AbortSignal): Promise<number | undefined> {
  const opened = await openInput(path);
  if (!opened.ok) return undefined;
  const enough = new AbortController();
  let head = Buffer.alloc(0);
  await opened.value.read(
    (chunk) => {
      head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      if (head.length >= headBytes) enough.abort();
    },
    AbortSignal.any([signal, enough.signal]),
  );
  opened.value.close();
  const clock = createLogClock(asOf);
  for (const line of textOf(head).split('\n')) {
    const { at } = listenerLogEntry(line, clock);
    if (at !== undefined) return at;
  }
  return undefined;
}
