import { readdirSync, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import type { StopReason } from './deadline.js';
import { whenAborted } from './endings.js';
import { createGunzipper } from './gunzip.js';
import { gzipMagic, isGzip } from './gzip-magic.js';
import { withRegularFile } from './regular-file.js';

/** The end of a source. */
export interface FileEnd {
  readonly bytes: Buffer;
  /** Bytes of the whole, inflated. */
  readonly size: number;
  /** There is more before it. */
  readonly cut: boolean;
  /** Milliseconds since the epoch: when it was written to last. */
  readonly modifiedAt: number;
  /** The compressed data is damaged or cut off: `bytes` are the last before that. */
  readonly damaged?: Failure;
}

/** What can be said of a source before it is read. */
export interface SourceLook {
  /** As it lies on the disk: of a compressed file, not inflated. */
  readonly bytes: number;
  readonly compressed: boolean;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

const chunkBytes = 1 << 18;

/**
 * The last `most` bytes of a file, from the beginning of a line on; gzip is inflated piece by piece, so memory is bounded by `most`.
 * Only a regular file is read: a symbolic link, a folder, a FIFO, a socket and a device are failures (`not-a-file`), and none of them
 * is opened. When `signal` is aborted, its reason is the failure.
 */
export async function readFileEnd(path: string, most: number, signal: AbortSignal): Promise<Outcome<FileEnd>> {
  return unlessAborted(signal, () =>
    withFile(path, async (file, stats) => {
      const end = (await isCompressed(file))
        ? await inflatedEnd(file, most, signal)
        : await plainEnd(file, stats.size, most, signal);
      if (signal.aborted) return signal.reason as Failure;
      return { ...end, modifiedAt: stats.mtimeMs };
    }),
  );
}

/** What `readFileEnd` would read, or why it would not; a FIFO or a device is not opened. */
export async function lookAtSource(path: string): Promise<Outcome<SourceLook>> {
  return timed(() =>
    withFile(path, async (file, { size, mtimeMs }) => {
      return { bytes: size, compressed: await isCompressed(file), modifiedAt: mtimeMs };
    }),
  );
}

/** What logrotate puts behind the name of a log: a number, or a date; both with `.gz` where it is compressed. */
const rotation = /^(?:\.(\d{1,5})|-(\d{8}(?:[-_.]?\d{1,10}){0,2}))(?:\.gz)?$/;

/** A log and those that logrotate made of it, newest first: `syslog`, `syslog.1`, `syslog.2.gz`, `syslog-20261120.gz`. */
export function rotatedFiles(path: string): readonly string[] {
  const folder = dirname(path);
  const name = basename(path);
  const found = namesIn(folder).flatMap((entry) => {
    const [all, number, date] = entry.startsWith(name) ? (rotation.exec(entry.slice(name.length)) ?? []) : [];
    return all === undefined ? [] : [{ entry, number: Number(number ?? Number.POSITIVE_INFINITY), date: date ?? '' }];
  });
  found.sort(
    (a, b) => (a.number === b.number ? compare(b.date, a.date) : a.number - b.number) || compare(a.entry, b.entry),
  );
  return [path, ...found.map(({ entry }) => join(folder, entry))];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing is known of others then; what is wrong with the folder, reading the log itself says.
    return [];
  }
}

async function withFile<T extends object>(
  path: string,
  work: (file: FileHandle, stats: Stats) => Promise<T | Failure>,
): Promise<T | Failure> {
  return withRegularFile(path, ({ file, stats }) => work(file, stats)).catch((error: unknown) =>
    classify(error, 'input'),
  );
}

async function isCompressed(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(gzipMagic.length), 0, gzipMagic.length, 0);
  return isGzip(buffer.subarray(0, bytesRead));
}

type End = Omit<FileEnd, 'modifiedAt'>;

/** What the kernel makes up when it is read (/proc) has no size: it is read from its beginning on. */
async function plainEnd(file: FileHandle, size: number, most: number, signal: AbortSignal): Promise<End> {
  // One byte more shows whether a line begins behind it.
  const from = Math.max(0, size - most - 1);
  const kept = createLastBytes(most + 1);
  for (let at = from; !signal.aborted; ) {
    const length = size === 0 ? chunkBytes : Math.min(chunkBytes, size - at);
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
    if (bytesRead === 0) break;
    kept.take(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return kept.end(most, from);
}

async function inflatedEnd(file: FileHandle, most: number, signal: AbortSignal): Promise<End> {
  const kept = createLastBytes(most + 1);
  const gunzipper = createGunzipper(kept.take, signal);
  let damaged: Failure | undefined;
  for (let at = 0; !signal.aborted && damaged === undefined; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at);
    if (bytesRead === 0) break;
    damaged = await gunzipper.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  damaged ??= await gunzipper.end();
  return { ...kept.end(most, 0), ...(damaged !== undefined && { damaged }) };
}

/** Keeps the last bytes of what goes by. */
function createLastBytes(most: number) {
  const chunks: Uint8Array[] = [];
  let held = 0;
  let seen = 0;
  return {
    take(chunk: Uint8Array): void {
      chunks.push(chunk);
      held += chunk.length;
      seen += chunk.length;
      for (let first = chunks[0]; first !== undefined && held - first.length >= most; first = chunks[0]) {
        held -= first.length;
        chunks.shift();
      }
    },
    /** `before`: bytes of the file that did not go by. */
    end(shown: number, before: number): End {
      const all = Buffer.concat(chunks);
      const size = before + seen;
      if (size <= shown) return { bytes: all, size, cut: false };
      const from = all.indexOf(10, all.length - shown - 1);
      return { bytes: from < 0 ? Buffer.alloc(0) : all.subarray(from + 1), size, cut: true };
    },
  };
}

async function timed<T extends object>(work: () => Promise<T | Failure>): Promise<Outcome<T>> {
  const started = performance.now();
  const value = await work();
  const ms = performance.now() - started;
  return 'code' in value ? { ok: false, failure: value, ms } : { ok: true, value, ms };
}

/** A disk that hangs (a network file system, say) is left behind: what became of reading does not matter then. */
async function unlessAborted<T extends object>(
  signal: AbortSignal,
  work: () => Promise<T | Failure>,
): Promise<Outcome<T>> {
  if (signal.aborted) return { ok: false, failure: signal.reason as StopReason, ms: 0 };
  return timed(
    () =>
      new Promise<T | Failure>((resolve, reject) => {
        const leave = whenAborted(signal, () => resolve(signal.reason as StopReason));
        work().then(resolve, reject).finally(leave);
      }),
  );
}
